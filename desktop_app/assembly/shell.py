"""The window before anything works in it: a frame that is painted at once, then its areas."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSettings
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.places import Places
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.resources import resource
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.translations import install

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from desktop_app.services.settings import SettingsService
    from desktop_app.ui.conversation.view import ConversationView
    from desktop_app.ui.gallery.view import GalleryView
    from desktop_app.ui.picture.view import PictureView
    from desktop_app.ui.servers.switcher import ServerSwitcher
    from desktop_app.ui.widgets.scope_badge import ScopeBadge


_NO_FILE = "none"
_NO_FILES = f"{_NO_FILE}; {_NO_FILE}"


class Frame(NamedTuple):
    """What can be painted without reading the settings.

    Attributes:
        layout: where size, splits and the look of last time are kept.
        language: code of the language in use.
    """

    places: Places
    layout: QSettings
    language: str
    theme: Theme
    window: MainWindow


class Shell(NamedTuple):
    """The whole window and its parts.

    Attributes:
        saver: thread that saves the settings; whoever ends the program shuts it down.
    """

    frame: Frame
    settings: SettingsService
    gallery: GalleryView
    picture: PictureView
    conversation: ConversationView
    switcher: ServerSwitcher
    badge: ScopeBadge
    saver: Executor

    @property
    def places(self) -> Places:
        return self.frame.places

    @property
    def theme(self) -> Theme:
        return self.frame.theme

    @property
    def window(self) -> MainWindow:
        return self.frame.window


def new_application() -> QApplication:
    """Qt's application object; one for the life of the process."""
    application = QApplication(["lightdesk"])
    application.setApplicationName("Lightdesk")
    application.setApplicationDisplayName("Lightdesk")
    application.setDesktopFileName("lightdesk")
    # The main coroutine ends the program; Qt must not do it first.
    application.setQuitOnLastWindowClosed(False)
    return application


def build_frame(application: QApplication, places: Places) -> Frame:
    """Make the window's frame in the look it had when it was last closed."""
    layout = QSettings(str(places.settings.with_name("window.ini")), QSettings.Format.IniFormat)
    choice, language = _look(layout, places)
    language = install(application, language)
    theme = Theme(application, choice)
    application.setWindowIcon(QIcon(str(resource("icons", "lightdesk.svg"))))
    window = MainWindow(theme)
    window.restore_layout(layout)
    return Frame(places, layout, language, theme, window)


def fill_frame(frame: Frame) -> Shell:
    """Load the settings, make the areas and put them into the frame."""
    from concurrent.futures import ThreadPoolExecutor

    from desktop_app.composition.settings import load_settings
    from desktop_app.ui.conversation.prompts import load_prompts
    from desktop_app.ui.conversation.view import ConversationView
    from desktop_app.ui.gallery.view import GalleryView
    from desktop_app.ui.picture.view import PictureView
    from desktop_app.ui.servers.switcher import ServerSwitcher
    from desktop_app.ui.widgets.scope_badge import ScopeBadge

    saver = ThreadPoolExecutor(1, thread_name_prefix="settings")
    settings = load_settings(frame.places, saver, frame.window.trouble.emit)
    theme = frame.theme
    theme.choose(settings.current.window.theme)
    shell = Shell(
        frame,
        settings,
        GalleryView(theme),
        PictureView(theme),
        ConversationView(theme, load_prompts(resource("prompts.toml"), frame.language)),
        ServerSwitcher(theme),
        ScopeBadge(theme),
        saver,
    )
    frame.window.fill(shell.gallery, shell.picture, shell.conversation, shell.switcher, shell.badge)
    return shell


def keep_look(frame: Frame) -> None:
    """Remember theme and language for the next start's first paint, once the settings are saved."""
    from desktop_app.composition.settings import window_settings

    files = _state_of_files(frame.places)  # before they are read: what is written meanwhile is read again
    window = window_settings(frame.places)
    frame.layout.setValue("look/theme", window.theme.value)
    frame.layout.setValue("look/language", window.language)
    frame.layout.setValue("look/files", files)


def _look(layout: QSettings, places: Places) -> tuple[ThemeChoice, str]:
    """Theme and language as they were kept; from the settings files, which costs more, when these were
    changed since by whomever.
    """
    files = _state_of_files(places)
    if files == _NO_FILES:
        return ThemeChoice.SYSTEM, ""
    if files == layout.value("look/files"):
        with suppress(ValueError):
            return ThemeChoice(str(layout.value("look/theme"))), str(layout.value("look/language", ""))
    from desktop_app.composition.settings import window_settings

    window = window_settings(places)
    return window.theme, window.language


def _state_of_files(places: Places) -> str:
    """Another text after each change of the settings files."""
    return "; ".join(map(_state_of, (places.settings, places.defaults)))


def _state_of(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return _NO_FILE
    return f"{facts.st_mtime_ns} {facts.st_size}"

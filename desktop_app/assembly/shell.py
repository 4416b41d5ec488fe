"""The window before anything works in it: made, translated, themed and painted as early as possible."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.places import Places
from desktop_app.composition import load_settings
from desktop_app.services.settings import SettingsService
from desktop_app.ui.conversation.prompts import load_prompts
from desktop_app.ui.conversation.view import ConversationView
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.gallery.view import GalleryView
from desktop_app.ui.picture.view import PictureView
from desktop_app.ui.resources import resource
from desktop_app.ui.servers.switcher import ServerSwitcher
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.translations import install
from desktop_app.ui.widgets.scope_badge import ScopeBadge


@dataclass(frozen=True, slots=True)
class Shell:
    """The window and its parts.

    Attributes:
        layout: where the window's size and splits are kept.
    """

    places: Places
    settings: SettingsService
    theme: Theme
    window: MainWindow
    gallery: GalleryView
    picture: PictureView
    conversation: ConversationView
    switcher: ServerSwitcher
    badge: ScopeBadge
    layout: QSettings


def new_application() -> QApplication:
    """Qt's application object; one for the life of the process."""
    application = QApplication(["lightdesk"])
    application.setApplicationName("Lightdesk")
    application.setApplicationDisplayName("Lightdesk")
    application.setDesktopFileName("lightdesk")
    # The main coroutine ends the program; Qt must not do it first.
    application.setQuitOnLastWindowClosed(False)
    return application


def build_shell(application: QApplication, places: Places) -> Shell:
    """Make the window; nothing heavy is imported and no file but the settings is read."""
    settings = load_settings(places)
    language = install(application, settings.current.window.language)
    theme = Theme(application, settings.current.window.theme)
    application.setWindowIcon(QIcon(str(resource("icons", "lightdesk.svg"))))
    gallery = GalleryView(theme)
    picture = PictureView(theme)
    conversation = ConversationView(theme, load_prompts(resource("prompts.toml"), language))
    switcher = ServerSwitcher(theme)
    badge = ScopeBadge(theme)
    window = MainWindow(theme, gallery, picture, conversation, switcher, badge)
    layout = QSettings(str(places.settings.with_name("window.ini")), QSettings.Format.IniFormat)
    window.restore_layout(layout)
    return Shell(places, settings, theme, window, gallery, picture, conversation, switcher, badge, layout)

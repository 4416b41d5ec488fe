"""The theme of the running window: palette, style sheet, tinted icons; follows the system's light or dark."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.resources import resource
from desktop_app.ui.theme.style_sheet import style_sheet
from desktop_app.ui.theme.tokens import DARK, LIGHT, SIZES, Colours, Sizes

_HALF_LIGHT = 128


class Theme(QObject):
    """Handed to every widget that paints or shows an icon; no widget carries a colour of its own."""

    changed = Signal()
    """Colours are different now: repaint and ask for icons again."""

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__()
        self._application = application
        self._choice = choice
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        """By name, colour and the room behind them."""
        self.sizes: Sizes = SIZES
        # Each icon is drawn for every screen there is: one that is scaled afterwards is blurred.
        self._scales = sorted({1.0, 2.0, *(screen.devicePixelRatio() for screen in application.screens())})
        # The palette tells as well as the colour scheme at this point, and at once: using one of `Qt`'s own
        # enumerations makes PySide build all of them, which takes 40 ms. `choose` asks for the scheme.
        dark = application.palette().color(QPalette.ColorRole.Window).lightness() < _HALF_LIGHT
        self.colours: Colours = self._chosen(dark)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        application.setStyle("Fusion")
        self._apply()

    @property
    def is_dark(self) -> bool:
        return self.colours is DARK

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self._refresh()

    def colour(self, role: str) -> QColor:
        """The colour of a role of `Colours`, for painting."""
        return QColor(str(getattr(self.colours, role)))

    def icon(self, name: str, role: str = "text_soft") -> QIcon:
        """A line icon from `resources/icons`, tinted with the colour of a role."""
        return self._icon(name, role, 0)

    def put_beside(self, button: QAbstractButton, name: str, role: str = "text_soft") -> None:
        """Give a button with words an icon, and room between the two: Qt itself leaves two pixels."""
        side, room = self.sizes.icon, self.sizes.unit
        button.setIconSize(QSize(side + room, side))
        button.setIcon(self._icon(name, role, room))

    def font(self, pixels: int, *, bold: bool = False, tabular: bool = False) -> QFont:
        """The system font at one of the design's sizes; `tabular`: with digits of equal width."""
        font = QFont(self._application.font())
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _icon(self, name: str, role: str, room: int) -> QIcon:
        key = (name, str(getattr(self.colours, role)), room)
        if key not in self._icons:
            self._icons[key] = self._tinted(name, role, room)
        return self._icons[key]

    def _wanted(self) -> Colours:
        from PySide6.QtCore import Qt

        return self._chosen(QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)

    def _chosen(self, system_is_dark: bool) -> Colours:
        match self._choice:
            case ThemeChoice.DARK:
                return DARK
            case ThemeChoice.LIGHT:
                return LIGHT
            case _:
                return DARK if system_is_dark else LIGHT

    def _system_changed(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is self.colours:
            return
        self.colours = wanted
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self._application.setPalette(_palette(self.colours))
        self._application.setFont(self.font(self.sizes.body))
        self._application.setStyleSheet(style_sheet(self.colours, self.sizes))

    def _tinted(self, name: str, role: str, room: int) -> QIcon:
        svg = resource("icons", f"{name}.svg").read_bytes()
        icon = QIcon()
        tints = (
            (QIcon.Mode.Normal, role),
            (QIcon.Mode.Disabled, "line"),
        )
        for mode, tint in tints:
            colour = str(getattr(self.colours, tint)).encode()
            renderer = QSvgRenderer(QByteArray(svg.replace(b"currentColor", colour)))
            for side in (self.sizes.icon, self.sizes.icon_large):
                for scale in self._scales:
                    behind = round(room * side * scale / self.sizes.icon)
                    icon.addPixmap(_rendered(renderer, round(side * scale), behind), mode)
        return icon


def _rendered(renderer: QSvgRenderer, side: int, behind: int) -> QPixmap:
    """A square drawing; `behind`: so many pixels stay empty to its right."""
    pixmap = QPixmap(QSize(side + behind, side))
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, colours.surface),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.raised),
        (role.Text, colours.text),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.text),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.text_faint),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Accent, colours.accent),
        (role.Light, colours.raised),
        (role.Midlight, colours.raised),
        (role.Mid, colours.line),
        (role.Dark, colours.line),
        (role.Shadow, colours.ground),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.text_faint))
    return palette

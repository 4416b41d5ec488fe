"""The window's style sheet, made from the tokens. Widgets are addressed by class, object name or property."""

from __future__ import annotations

from desktop_app.ui.resources import resource
from desktop_app.ui.theme.tokens import DARK, Colours, Sizes


def style_sheet(c: Colours, s: Sizes) -> str:
    """Dynamic properties understood: `role` = "heading" | "strong" | "secondary" | "caption" | "faint" on
    labels, `look` = "primary" | "quiet" on buttons, `area` = "pane" | "ground" | "bar" | "foot" | "float" on
    frames.
    """
    controls = resource("controls").as_posix()
    tick = "dark" if c is DARK else "light"
    return "".join(
        (
            _labels(c, s),
            _areas(c, s),
            _buttons(c, s),
            _scroll_bars(c, s),
            _lists_and_menus(c, s),
            _tabs(c, s),
            _fields(c, s, controls),
            _checks_and_progress(c, s, controls, tick),
        )
    )


def _labels(c: Colours, s: Sizes) -> str:
    """Words."""
    return f"""
QToolTip {{
    background: {c.raised};
    color: {c.text};
    border: {s.hairline}px solid {c.line};
    padding: {s.unit}px;
}}
QLabel[role="heading"] {{ font-size: {s.heading}px; font-weight: 600; }}
QLabel[role="secondary"] {{ font-size: {s.secondary}px; color: {c.text_soft}; }}
QLabel[role="caption"] {{ font-size: {s.caption}px; color: {c.text_faint}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="faint"] {{ color: {c.text_faint}; }}
QLabel[role="bad"] {{ color: {c.bad}; }}
QLabel[role="warn"] {{ color: {c.warn}; }}
QLabel[role="good"] {{ color: {c.good}; }}
QLabel[role="key"] {{
    background: {c.raised};
    border: {s.hairline}px solid {c.line};
    border-radius: {s.unit}px;
    padding: 1px {s.unit + 2}px;
    font-size: {s.secondary}px;
}}
"""


def _areas(c: Colours, s: Sizes) -> str:
    """Grounds and the lines between them."""
    return f"""
QMainWindow, QWidget[area="ground"] {{ background: {c.ground}; }}
QWidget[area="pane"] {{ background: {c.surface}; }}
QWidget[area="bar"] {{ background: {c.surface}; border-bottom: {s.hairline}px solid {c.line}; }}
QWidget[area="foot"] {{ background: {c.surface}; border-top: {s.hairline}px solid {c.line}; }}
QFrame[area="float"] {{
    background: {c.surface};
    border: {s.hairline}px solid {c.line};
    border-radius: {s.corner}px;
}}
QSplitter::handle {{ background: {c.line}; }}
QSplitter::handle:hover {{ background: {c.accent}; }}
QFrame[area="question"] {{ background: {c.raised}; border-radius: {s.corner}px; }}
QFrame[area="run"] {{
    background: {c.surface};
    border: {s.hairline}px solid {c.line};
    border-radius: {s.corner}px;
}}
QFrame[area="popover"] {{
    background: {c.surface};
    border: {s.hairline}px solid {c.line};
    border-radius: {s.corner}px;
}}
QStatusBar {{
    background: {c.surface};
    border-top: {s.hairline}px solid {c.line};
    font-size: {s.secondary}px;
}}
QStatusBar::item {{ border: none; }}
QStatusBar > QLabel {{ padding-right: {s.gap}px; }}
"""


def _buttons(c: Colours, s: Sizes) -> str:
    """What is pressed."""
    return f"""
QPushButton, QToolButton {{
    background: {c.raised};
    color: {c.text};
    border: {s.hairline}px solid {c.line};
    border-radius: {s.corner}px;
    padding: {s.unit}px {s.gap}px;
    min-height: {s.control_height - 2 * s.unit - 2}px;
}}
QPushButton:hover, QToolButton:hover {{ border-color: {c.text_faint}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.line}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {c.accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.text_faint}; }}
QPushButton[look="primary"] {{
    background: {c.accent};
    color: {c.on_accent};
    border-color: {c.accent};
    font-weight: 600;
}}
QPushButton[look="primary"]:focus {{ border-color: {c.text}; }}
QPushButton[look="primary"]:disabled {{
    background: {c.raised};
    color: {c.text_faint};
    border-color: {c.line};
}}
QToolButton[look="quiet"], QPushButton[look="quiet"] {{
    background: transparent;
    border-color: transparent;
}}
QToolButton[look="quiet"]:hover, QPushButton[look="quiet"]:hover {{ background: {c.raised}; }}
QToolButton[look="quiet"]:focus, QPushButton[look="quiet"]:focus {{ border-color: {c.accent}; }}
QToolButton:checked {{ background: {c.selection}; border-color: {c.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton[look="mark"] {{
    background: transparent;
    border-color: transparent;
    min-height: 0;
    padding: 1px {s.unit}px 1px 0;
    text-align: left;
    font-size: {s.secondary}px;
}}
QPushButton[look="mark"]:hover, QPushButton[look="mark"][pointed="true"] {{ background: {c.selection}; }}
QPushButton[look="mark"]:focus {{ border-color: {c.accent}; }}
QPushButton[look="example"] {{ text-align: left; padding: {s.gap}px {s.margin}px; }}
QLineEdit > QToolButton {{ min-height: 0; padding: 0; border: none; background: transparent; }}
"""


def _scroll_bars(c: Colours, s: Sizes) -> str:
    """Thin bars without arrows."""
    return f"""
QScrollBar:vertical {{ background: transparent; width: {s.margin}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {s.margin}px; margin: 0; }}
QScrollBar::handle {{
    background: {c.line};
    border-radius: {s.unit}px;
    margin: 2px;
    min-height: 28px;
    min-width: 28px;
}}
QScrollBar::handle:hover {{ background: {c.text_faint}; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _lists_and_menus(c: Colours, s: Sizes) -> str:
    """Lists and menus."""
    return f"""
QComboBox QAbstractItemView, QMenu {{
    background: {c.raised};
    color: {c.text};
    border: {s.hairline}px solid {c.line};
}}
QMenu::item {{ padding: {s.unit + 2}px {s.margin * 2}px; }}
QMenu::item:selected {{ background: {c.selection}; }}
QMenu::icon {{ left: {s.unit}px; padding: {s.hairline + 1}px; border: {s.hairline}px solid transparent; }}
QMenu::icon:checked {{
    background: {c.selection};
    border-color: {c.accent};
    border-radius: {s.unit}px;
}}
QMenu::separator {{ height: {s.hairline}px; background: {c.line}; margin: {s.unit}px 0; }}
QListView, QTreeView, QTableView, QScrollArea {{ background: {c.surface}; border: none; outline: none; }}
QListView[look="side"] {{ background: transparent; border: {s.hairline}px solid transparent; }}
QListView[look="side"]:focus {{ border-color: {c.accent}; }}
QListView[look="side"]::item {{ border-radius: {s.corner}px; padding: 0 {s.unit}px; color: {c.text}; }}
QListView[look="side"]::item:hover {{ background: {c.raised}; }}
QListView[look="side"]::item:selected {{ background: {c.selection}; color: {c.text}; }}
"""


def _tabs(c: Colours, s: Sizes) -> str:
    """Pages one behind the other."""
    return f"""
QTabWidget::pane {{ border: none; border-top: {s.hairline}px solid {c.line}; }}
QTabBar {{ qproperty-drawBase: 0; background: {c.surface}; }}
QTabBar::tab {{
    background: transparent;
    color: {c.text_soft};
    border: {s.hairline}px solid transparent;
    border-bottom: {s.hairline * 2}px solid transparent;
    padding: {s.gap}px {s.margin}px;
}}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
QTabBar::tab:focus {{ border-color: {c.accent}; border-radius: {s.unit}px; }}
"""


def _fields(c: Colours, s: Sizes, controls: str) -> str:
    """What is typed or chosen in."""
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {{
    background: {c.raised};
    color: {c.text};
    border: {s.hairline}px solid {c.line};
    border-radius: {s.corner}px;
    padding: {s.unit}px {s.unit + 2}px;
    selection-background-color: {c.selection};
    selection-color: {c.text};
}}
QTextEdit[role="reasoning"] {{
    background: transparent;
    border: none;
    border-left: {s.hairline * 2}px solid {c.line};
    border-radius: 0;
    padding: 0 0 0 {s.gap}px;
    color: {c.text_soft};
    font-size: {s.secondary}px;
}}
QTextEdit[role="answer"] {{ background: transparent; border: none; border-radius: 0; padding: 0; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDoubleSpinBox:focus {{
    border-color: {c.accent};
}}
QLineEdit[look="cell"], QComboBox[look="cell"], QPlainTextEdit[look="cell"], QListWidget[look="cell"] {{
    background: {c.raised};
    border: {s.hairline * 2}px solid {c.accent};
    border-radius: 0;
    padding: 0 {s.unit + 2}px;
}}
QListWidget[look="cell"], QPlainTextEdit[look="cell"] {{ padding: {s.unit}px; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QListWidget[invalid="true"] {{
    border-color: {c.bad};
}}
QComboBox::drop-down {{ border: none; width: {s.icon_large}px; }}
QComboBox::down-arrow {{
    image: url("{controls}/chevron-down.svg");
    width: {s.margin}px;
    height: {s.margin}px;
}}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    border: none;
    background: transparent;
    width: {s.icon_large}px;
    subcontrol-origin: border;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.line}; }}
QAbstractSpinBox::up-arrow {{
    image: url("{controls}/chevron-up.svg");
    width: {s.margin - 2}px;
    height: {s.margin - 2}px;
}}
QAbstractSpinBox::down-arrow {{
    image: url("{controls}/chevron-down.svg");
    width: {s.margin - 2}px;
    height: {s.margin - 2}px;
}}
"""


def _checks_and_progress(c: Colours, s: Sizes, controls: str, tick: str) -> str:
    """Check boxes and progress."""
    return f"""
QCheckBox {{ spacing: {s.gap}px; }}
QCheckBox::indicator {{
    width: {s.icon - 2}px;
    height: {s.icon - 2}px;
    border: {s.hairline}px solid {c.text_faint};
    border-radius: {s.unit - 1}px;
    background: {c.raised};
}}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
QCheckBox::indicator:checked {{
    background: {c.accent};
    border-color: {c.accent};
    image: url("{controls}/check-{tick}.svg");
}}
QCheckBox::indicator:checked:focus {{ border-color: {c.text}; }}
QCheckBox::indicator:disabled {{ border-color: {c.line}; }}
QCheckBox:disabled {{ color: {c.text_faint}; }}
QRadioButton {{ spacing: {s.gap}px; }}
QRadioButton::indicator {{
    width: {s.icon - 2}px;
    height: {s.icon - 2}px;
    border: {s.hairline}px solid {c.text_faint};
    border-radius: {s.icon // 2}px;
    background: {c.raised};
}}
QRadioButton::indicator:hover, QRadioButton::indicator:focus {{ border-color: {c.accent}; }}
QRadioButton::indicator:checked {{
    width: {s.icon - 2 * s.unit}px;
    height: {s.icon - 2 * s.unit}px;
    border: {s.unit}px solid {c.accent};
    background: {c.on_accent};
}}
QRadioButton::indicator:checked:focus {{ border-color: {c.text}; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
"""

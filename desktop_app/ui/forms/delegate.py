"""Draws the entries of the dialog's lists: a sign, a name, and below it what else is to be known."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.theme.theme import Theme

_DETAIL = Qt.ItemDataRole.UserRole + 1
_SIGN = Qt.ItemDataRole.UserRole + 2


def set_entry(item: QListWidgetItem, name: str, detail: str, sign: tuple[str, str]) -> None:
    """What an item shows; `sign` is an icon and the role of its colour."""
    item.setText(name)
    item.setData(_DETAIL, detail)
    item.setData(_SIGN, sign)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {detail}" if detail else name)


class EntryDelegate(QStyledItemDelegate):
    """Colours, sizes and fonts come from the theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        sizes = self._theme.sizes
        return QSize(sizes.margin * 10, sizes.body + sizes.caption + sizes.unit * 6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        option.text = ""
        style: QStyle = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        sizes = self._theme.sizes
        area: QRect = option.rect.adjusted(sizes.gap, sizes.unit, -sizes.gap, -sizes.unit)
        sign = index.data(_SIGN) or ("", "")
        line = area.height() // 2
        left = area.left() + sizes.icon + sizes.gap
        if sign[0]:
            place = QRect(area.left(), area.top() + (line - sizes.icon) // 2, sizes.icon, sizes.icon)
            self._theme.icon(sign[0], sign[1]).paint(painter, place)
        width = area.right() - left
        name, detail = str(index.data(Qt.ItemDataRole.DisplayRole)), str(index.data(_DETAIL) or "")
        self._line(painter, QRect(left, area.top(), width, line), name, sizes.body, "text")
        second = QRect(left, area.top() + line, width, area.height() - line)
        self._line(painter, second, detail, sizes.caption, "text_soft")
        painter.restore()

    def _line(self, painter: QPainter, place: QRect, text: str, pixels: int, role: str) -> None:
        painter.setFont(self._theme.font(pixels))
        painter.setPen(self._theme.colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

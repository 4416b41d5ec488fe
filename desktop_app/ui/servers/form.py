"""The form of one server in the servers dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.servers import ModelCard, NetworkScope
from desktop_app.ui.servers.draft import Draft
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.scope_badge import SCOPE_MARKS
from desktop_app.ui.widgets.spoken import spoken


class ServerForm(QWidget):
    """Name, address, key, model and consent. Tells every change as a whole draft."""

    edited = Signal(Draft)
    models_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key_known = True
        self._filling = False
        self._scope: NetworkScope | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.sizes.unit)
        self._make_address()
        self._make_name()
        self._make_key()
        self._make_model()
        self._make_consent()
        theme.changed.connect(self._tint)
        self._tint()

    def draft(self) -> Draft:
        """The fields as they stand."""
        index = self.model.currentIndex()
        chosen = index == 0 and self.model.currentText() == self.model.itemText(0)
        return Draft(
            name=self.name.text(),
            address=self.address.text(),
            key=self.key.text() if self._key_known else None,
            model="" if chosen else self.model.currentText().strip(),
            allow_outside=self.consent.isChecked(),
        )

    def show_draft(self, draft: Draft) -> None:
        """Fill the fields without telling it as a change; the cursor stays where text is the same."""
        self._filling = True
        try:
            for field, text in (
                (self.name, draft.name),
                (self.address, draft.address),
                (self.key, draft.key or ""),
            ):
                if field.text() != text:
                    field.setText(text)
            self._key_known = draft.key is not None
            self._select_model(draft.model)
            self.consent.setChecked(draft.allow_outside)
        finally:
            self._filling = False

    def show_address(self, base_url: str, scope: NetworkScope | None) -> None:
        """Say what the address means and show the consent box where it is needed."""
        self._scope = scope
        self.meaning.setVisible(bool(self.address.text().strip()))
        self.meaning_mark.setVisible(self.meaning.isVisibleTo(self))
        self.consent_area.setVisible(scope is NetworkScope.OUTSIDE)
        if scope is None:
            self.meaning.setText(self.tr("An address looks like http://gpu-box:8000"))
        else:
            self.meaning.setText(f"{base_url}  ·  {self._place(scope)}")
        self.name.setPlaceholderText(base_url.partition("://")[2].partition("/")[0])
        self._tint()

    def show_models(self, models: Sequence[ModelCard]) -> None:
        """Offer the server's models; what is chosen stays chosen."""
        chosen = self.draft().model
        self._filling = True
        try:
            while self.model.count() > 1:
                self.model.removeItem(1)
            self.model.addItems([card.id for card in models])
            first = self.tr("First model of the server")
            if models:
                first = self.tr("First model of the server: {model}").format(model=models[0].id)
            self.model.setItemText(0, first)
            self._select_model(chosen)
        finally:
            self._filling = False

    def show_listing(self, running: bool) -> None:
        self.refresh.setEnabled(not running)
        self.refresh.setToolTip(
            self.tr("Asking the server…") if running else self.tr("Ask the server for its models")
        )

    def show_consent(self, *, may_be_given: bool) -> None:
        self.consent.setEnabled(may_be_given)
        if may_be_given:
            text = self.tr(
                "This server is outside your local network. Every picture you ask about, and your questions, "
                "will be sent to it. Lightdesk refuses to do so until you agree here."
            )
        else:
            text = self.tr(
                "This server is outside your local network, and the settings of this computer forbid "
                "sending pictures there."
            )
        self.consent_text.setText(text)

    def show_key_place(self, *, protected: bool) -> None:
        self.key_place.setProperty("role", "secondary" if protected else "warn")
        self.key_place.style().polish(self.key_place)
        if protected:
            text = self.tr("Kept in the keyring of this computer. Leave empty if the server needs none.")
        else:
            text = self.tr(
                "This computer has no keyring. The key is kept in a file that only your user account can "
                "read."
            )
        self.key_place.setText(text)

    def show_name_taken(self, taken: bool) -> None:
        self.name_problem.setVisible(taken)

    # Making

    def _make_address(self) -> None:
        self.address = QLineEdit()
        self.address.setPlaceholderText("http://gpu-box:8000")
        self.address.setToolTip(self.tr("Address of the server; http:// and /v1 may be left out"))
        self.address.textChanged.connect(self._changed)
        self._row(self.tr("&Address"), self.address)
        line = QHBoxLayout()
        line.setSpacing(self._theme.sizes.unit)
        self.meaning_mark = QLabel()
        self.meaning = plain_label("secondary")
        self.meaning.setAccessibleName(self.tr("What the address means"))
        line.addWidget(self.meaning_mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.meaning, 1)
        self._layout.addLayout(line)

    def _make_name(self) -> None:
        self.name = QLineEdit()
        self.name.setToolTip(self.tr("A name of your own; the address is used when this is empty"))
        self.name.textChanged.connect(self._changed)
        self._row(self.tr("&Name"), self.name)
        self.name_problem = plain_label("bad")
        self.name_problem.setText(self.tr("Another server has this name already."))
        self.name_problem.hide()
        self._layout.addWidget(self.name_problem)

    def _make_key(self) -> None:
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setToolTip(self.tr("The API key that the server asks for, if any"))
        self.key.textEdited.connect(self._key_edited)
        self._reveal = QAction(self)
        self._reveal.setCheckable(True)
        self._reveal.setText(self.tr("Show the key"))
        self._reveal.setToolTip(self.tr("Show the key"))
        self._reveal.toggled.connect(self._reveal_key)
        self.key.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self._row(self.tr("&Key"), self.key)
        self.key_place = plain_label("secondary")
        self._layout.addWidget(self.key_place)

    def _make_model(self) -> None:
        self.model = QComboBox()
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model.addItem(self.tr("First model of the server"))
        self.model.setToolTip(self.tr("The vision-language model to ask; choose or type its name"))
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model.editTextChanged.connect(self._changed)
        self.refresh = QToolButton()
        self.refresh.setAccessibleName(self.tr("Ask the server for its models"))
        self.refresh.clicked.connect(self.models_requested)
        self.show_listing(False)
        line = QHBoxLayout()
        line.setSpacing(self._theme.sizes.unit)
        line.addWidget(self.model, 1)
        line.addWidget(self.refresh)
        self._label(self.tr("&Model"), self.model)
        self._layout.addLayout(line)

    def _make_consent(self) -> None:
        self.consent_area = QWidget()
        column = QVBoxLayout(self.consent_area)
        column.setContentsMargins(0, self._theme.sizes.gap, 0, 0)
        column.setSpacing(self._theme.sizes.unit)
        self.consent = QCheckBox(self.tr("Pictures may leave my network &for this server"))
        self.consent.setAccessibleName(self.tr("Pictures may leave my network for this server"))
        self.consent.toggled.connect(self._changed)
        self.consent_text = plain_label("secondary")
        column.addWidget(self.consent)
        column.addWidget(self.consent_text)
        self.consent_area.hide()
        self._layout.addWidget(self.consent_area)
        self.show_consent(may_be_given=True)

    def _row(self, text: str, field: QWidget) -> None:
        self._label(text, field)
        self._layout.addWidget(field)

    def _label(self, text: str, field: QWidget) -> None:
        if self._layout.count():
            self._layout.addSpacing(self._theme.sizes.gap)
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(spoken(text))
        self._layout.addWidget(label)

    # Changes

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit(self.draft())

    def _key_edited(self) -> None:
        self._key_known = True
        self._changed()

    def _reveal_key(self, shown: bool) -> None:
        self.key.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._tint()

    def hideEvent(self, event: QHideEvent) -> None:
        self._reveal.setChecked(False)
        super().hideEvent(event)

    def _select_model(self, model: str) -> None:
        index = self.model.findText(model, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        if not model or index >= 0:
            self.model.setCurrentIndex(max(index, 0) if model else 0)
            self.model.setEditText(self.model.itemText(self.model.currentIndex()))
        else:
            self.model.setCurrentIndex(-1)
            self.model.setEditText(model)

    def _place(self, scope: NetworkScope) -> str:
        match scope:
            case NetworkScope.THIS_COMPUTER:
                return self.tr("on this computer")
            case NetworkScope.LAN:
                return self.tr("on your local network")
            case _:
                return self.tr("outside your local network")

    def _tint(self) -> None:
        side = self._theme.sizes.icon
        icon, role = SCOPE_MARKS[self._scope] if self._scope else ("info", "text_soft")
        self.meaning_mark.setPixmap(self._theme.icon(icon, role).pixmap(side, side))
        self.refresh.setIcon(self._theme.icon("refresh-cw"))
        self._reveal.setIcon(self._theme.icon("eye-off" if self._reveal.isChecked() else "eye"))

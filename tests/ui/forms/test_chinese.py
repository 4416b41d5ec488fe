"""The forms dialog in Chinese: every button and label has room for its words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.services.forms import Forms
from desktop_app.ui.forms.draft import Kind
from desktop_app.ui.forms.presenter import FormsPresenter
from desktop_app.ui.forms.trying import TrialPresenter
from desktop_app.ui.forms.view import FormsDialog
from desktop_app.ui.forms.wiring import join_forms
from desktop_app.ui.resources import resource
from desktop_app.ui.theme.theme import Theme
from tests.fakes.form_trials import QuietDesk, ToldTrial
from tests.fakes.languages import speaking
from tests.fakes.memory_forms import MemoryForms
from tests.ui.event_loop import settled
from tests.ui.room import cut_off


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    with speaking(qapp, "zh_CN"):
        yield Theme(qapp, ThemeChoice.LIGHT)


async def earlier() -> Sequence[EarlierRun]:
    return ()


async def test_the_forms_dialog_has_room(theme: Theme, qtbot: QtBot) -> None:
    dialog = FormsDialog(theme)
    qtbot.addWidget(dialog)
    trial = TrialPresenter(dialog.trial, ToldTrial(), QuietDesk(reached=None), asyncio.ensure_future)
    forms = Forms(MemoryForms(), TomlFormFiles(), resource("forms"), "zh_CN")
    presenter = FormsPresenter(dialog, forms, trial, lambda: "qwen2-vl", earlier)
    join_forms(dialog, presenter, trial, asyncio.ensure_future)
    await presenter.open()
    dialog.show()
    await settled()
    assert dialog.forms.names[0] == "描述图片"
    assert cut_off(dialog) == []
    entry = presenter.shown.entry
    assert entry is not None
    for kind in Kind:
        draft = replace(entry.draft.fields[0], kind=kind, key="", options="", minimum="x")
        presenter.shown.edit_field(draft)
        await settled()
        assert cut_off(dialog) == [], kind
    trial.ask()
    await settled()
    assert dialog.trial.notice.isVisible()
    assert cut_off(dialog) == []
    presenter.close()

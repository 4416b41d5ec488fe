"""Joins the forms dialog's signals to its presenters."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.forms.files import ask_for_form_file, ask_where_to_save
from desktop_app.ui.forms.presenter import FormsPresenter
from desktop_app.ui.forms.trying import TrialPresenter
from desktop_app.ui.forms.view import FormsDialog
from desktop_app.ui.widgets.keeping_dialog import join_leaving


def join_forms(
    dialog: FormsDialog,
    presenter: FormsPresenter,
    trial: TrialPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the dialog; `start` runs a coroutine on the loop."""
    _join_list(dialog, presenter, start)
    _join_fields(dialog, presenter)
    join_leaving(dialog, presenter, start)
    dialog.trial.ask_requested.connect(trial.ask)
    dialog.trial.stop_requested.connect(trial.stop)
    dialog.trial.step_requested.connect(trial.step)
    dialog.activated.connect(trial.look_around)


def _join_list(
    dialog: FormsDialog, presenter: FormsPresenter, start: Callable[[Coroutine[Any, Any, Any]], object]
) -> None:
    async def import_file() -> None:
        path = await ask_for_form_file(dialog)
        if path is not None:
            await presenter.import_file(path)

    async def save_file() -> None:
        path = await ask_where_to_save(dialog, presenter.file_name)
        if path is not None:
            await presenter.save_file(path)

    forms = dialog.forms
    forms.selected.connect(presenter.select)
    forms.new_requested.connect(presenter.new)
    forms.duplicate_requested.connect(lambda: presenter.duplicate(dialog.numbered))
    forms.remove_requested.connect(lambda: start(presenter.remove()))
    forms.restore_requested.connect(lambda: start(presenter.restore()))
    forms.import_requested.connect(lambda: start(import_file()))
    forms.save_file_requested.connect(lambda: start(save_file()))
    dialog.save_requested.connect(lambda: start(presenter.save()))


def _join_fields(dialog: FormsDialog, presenter: FormsPresenter) -> None:
    fields, shown = dialog.fields, presenter.shown
    dialog.head.edited.connect(shown.edit)
    fields.selected.connect(shown.select_field)
    fields.add_requested.connect(shown.add_field)
    fields.moved.connect(shown.move_field)
    fields.step_requested.connect(shown.move_selected_field)
    fields.duplicate_requested.connect(shown.duplicate_field)
    fields.remove_requested.connect(shown.remove_field)
    dialog.editor.edited.connect(shown.edit_field)
    dialog.undo_requested.connect(shown.undo)
    dialog.redo_requested.connect(shown.redo)

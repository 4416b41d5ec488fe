"""The forms dialog's decisions, with a recording view and forms kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Choice, Form, FormField, Number, YesNo, plain_form
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.services.forms import Forms
from desktop_app.ui.forms.checks import Mistake
from desktop_app.ui.forms.draft import Kind
from desktop_app.ui.forms.presenter import FormsPresenter
from desktop_app.ui.forms.trying import TrialPresenter
from desktop_app.ui.resources import resource
from tests.fakes.form_trials import QuietDesk, ToldTrial
from tests.fakes.memory_forms import MemoryForms
from tests.fakes.shown_forms import ShownForms, ShownTrial

BRIDGE = Form(
    "Bridge",
    (
        FormField("rust", "Rust", Choice(("none", "light", "heavy"))),
        FormField("bolts", "Missing bolts", Number(whole=True, minimum=0)),
    ),
    "Look at the bridge.",
)
CRANE = Form("Crane", (FormField("hook", "Hook closed", YesNo()),))


@dataclass
class Lab:
    presenter: FormsPresenter
    view: ShownForms
    store: MemoryForms
    forms: Forms

    def type_name(self, name: str) -> None:
        self.presenter.shown.edit(name, self.view.draft.instructions, self.view.draft.describe)

    def select(self, name: str) -> None:
        self.presenter.select(self.view.id_of(name))


async def opened(*own: Form) -> Lab:
    view, store = ShownForms(), MemoryForms(*own)
    forms = Forms(store, TomlFormFiles(), resource("forms"))
    trial = TrialPresenter(ShownTrial(), ToldTrial(), QuietDesk(picture=None), lambda work: work.close())

    async def earlier() -> Sequence[EarlierRun]:
        return (EarlierRun("corrosion", (("rust", "Rust"),)),)

    presenter = FormsPresenter(view, forms, trial, lambda: "qwen2-vl", earlier)
    await presenter.open()
    return Lab(presenter, view, store, forms)


async def test_own_forms_come_first_and_the_first_is_shown() -> None:
    lab = await opened(CRANE, BRIDGE)
    assert lab.view.names[:3] == ["Bridge", "Crane", "Describe"]
    assert [line.is_shipped for line in lab.view.forms[:3]] == [False, False, True]
    assert lab.view.line.name == "Bridge"
    assert lab.view.labels == ["Rust", "Missing bolts"]
    assert not lab.presenter.has_unsaved
    assert not lab.view.can_save
    assert lab.view.earlier[0].name == "corrosion"


async def test_a_form_is_made_field_by_field_and_saved() -> None:
    lab = await opened()
    shown = lab.presenter.shown
    lab.presenter.new()
    assert (lab.view.problems, lab.view.can_save, lab.view.preview) == ((), False, None)
    lab.type_name("Signs")
    assert [told.mistake for told in lab.view.problems] == [Mistake.NO_FIELDS]
    shown.add_field(Kind.CHOICE)
    shown.edit_field(replace(lab.view.field, label="Colour", options="red\nblue"))
    assert lab.view.can_save
    assert await lab.presenter.save()
    kept = await lab.forms.find("Signs")
    assert kept.fields == (FormField("colour", "Colour", Choice(("red", "blue"))),)
    assert (lab.view.saved, lab.view.can_save, lab.presenter.has_unsaved) == ("Signs", False, False)
    assert lab.view.facts is not None
    assert lab.view.facts.version == kept.version


async def test_saving_makes_the_next_version_and_renaming_leaves_no_second_form() -> None:
    lab = await opened(BRIDGE)
    lab.presenter.shown.edit("Bridge", "Look closer.", True)
    await lab.presenter.save()
    assert lab.view.facts is not None
    assert lab.view.facts.version == 2
    lab.type_name("Bridges")
    await lab.presenter.save()
    assert [form.name for form in await lab.store.all()] == ["Bridges"]
    assert lab.view.line.name == "Bridges"


async def test_a_shipped_form_that_is_changed_becomes_the_users_own() -> None:
    lab = await opened()
    lab.select("Receipt")
    lab.presenter.shown.edit("Receipt", "Read this bill.", True)
    shipped = lab.view.line
    await lab.presenter.save()
    own = lab.view.line
    assert lab.view.names.count("Receipt") == 1
    await lab.presenter.remove()
    assert (shipped.is_shipped, own.is_shipped) == (True, False)
    assert lab.view.line.is_shipped, "the shipped one is back in its place"
    assert lab.view.draft.instructions != "Read this bill."
    await lab.presenter.restore()
    assert lab.view.draft.instructions == "Read this bill."
    assert lab.view.names.count("Receipt") == 1


async def test_what_was_typed_in_the_shipped_form_is_not_lost_when_the_own_one_comes_back() -> None:
    lab = await opened(replace(BRIDGE, name="Receipt"))
    await lab.presenter.remove()
    assert lab.view.line.is_shipped
    lab.presenter.shown.edit("Receipt", "Typed here.", True)
    await lab.presenter.restore()
    assert lab.view.labels == ["Rust", "Missing bolts"]
    begun = [line for line in lab.view.forms if line.is_unsaved]
    assert [line.name for line in begun] == ["Receipt"]
    lab.presenter.select(begun[0].id)
    assert lab.view.draft.instructions == "Typed here."
    assert [told.mistake for told in lab.view.problems] == [Mistake.NAME_TAKEN]


async def test_a_shipped_form_saved_under_another_name_stays_in_the_list() -> None:
    lab = await opened()
    lab.select("Receipt")
    lab.type_name("Our receipts")
    await lab.presenter.save()
    assert lab.view.names[0] == "Our receipts"
    assert "Receipt" in lab.view.names
    assert lab.view.line.name == "Our receipts"


async def test_a_form_with_mistakes_is_not_saved() -> None:
    lab = await opened(BRIDGE, CRANE)
    lab.type_name("Crane")
    assert [told.mistake for told in lab.view.problems] == [Mistake.NAME_TAKEN]
    assert not lab.view.can_save
    assert not await lab.presenter.save()
    lab.type_name("Bridge")
    lab.presenter.shown.edit_field(replace(lab.view.field, options=""))
    assert [told.mistake for told in lab.view.problems] == [Mistake.OPTIONS_MISSING]
    assert not await lab.presenter.save()
    assert await lab.store.all() == [BRIDGE, CRANE]


async def test_the_preview_leaves_fields_with_mistakes_out() -> None:
    lab = await opened(BRIDGE)
    assert lab.view.preview is not None
    assert (list(lab.view.preview.schema or {}), lab.view.preview.left_out) == (
        ["type", "properties", "required", "additionalProperties"],
        0,
    )
    assert '"rust" (one of "none", "light", "heavy"): Rust.' in lab.view.preview.prompt
    lab.presenter.shown.edit_field(replace(lab.view.field, options=""))
    assert lab.view.preview.left_out == 1
    assert lab.view.preview.schema is not None
    assert lab.view.preview.schema["required"] == ["bolts"]


async def test_a_plain_question_has_no_schema() -> None:
    lab = await opened(plain_form("What is it?", "Plain"))
    assert lab.view.preview is not None
    assert (lab.view.preview.prompt, lab.view.preview.schema) == ("What is it?", None)


async def test_unsaved_changes_are_kept_while_another_form_is_looked_at() -> None:
    lab = await opened(BRIDGE, CRANE)
    lab.presenter.shown.edit_field(replace(lab.view.field, label="Corrosion"))
    lab.select("Crane")
    assert lab.presenter.has_unsaved
    assert [line.name for line in lab.view.forms if line.is_unsaved] == ["Bridge"]
    lab.select("Bridge")
    assert lab.view.labels == ["Corrosion", "Missing bolts"]
    lab.presenter.shown.edit_field(replace(lab.view.field, label="Rust"))
    assert not lab.presenter.has_unsaved


async def test_save_all_stops_at_the_form_with_a_mistake() -> None:
    lab = await opened(BRIDGE, CRANE)
    lab.type_name("")
    lab.select("Crane")
    lab.type_name("Cranes")
    assert not await lab.presenter.save_all()
    assert lab.view.line.name == "Bridge"
    lab.type_name("Bridge 2")
    assert await lab.presenter.save_all()
    assert [form.name for form in await lab.store.all()] == ["Bridge 2", "Cranes"]


async def test_fields_are_reordered_removed_and_everything_is_undone() -> None:
    lab = await opened(BRIDGE)
    shown = lab.presenter.shown
    shown.move_selected_field(1)
    assert lab.view.labels == ["Missing bolts", "Rust"]
    shown.duplicate_field()
    shown.remove_field()
    shown.remove_field()
    assert lab.view.labels == ["Missing bolts"]
    for _ in range(3):
        shown.undo()
    assert lab.view.labels == ["Missing bolts", "Rust"]
    shown.undo()
    assert lab.view.labels == ["Rust", "Missing bolts"]
    assert not lab.view.can_undo
    assert not lab.presenter.has_unsaved
    shown.redo()
    assert lab.view.labels == ["Missing bolts", "Rust"]


async def test_a_removed_field_that_comes_back_is_selected() -> None:
    lab = await opened(BRIDGE)
    lab.presenter.shown.remove_field()
    assert lab.view.field.label == "Missing bolts"
    lab.presenter.shown.undo()
    assert lab.view.field.label == "Rust"


async def test_a_removed_form_comes_back_with_what_was_typed_in_it() -> None:
    lab = await opened(BRIDGE, CRANE)
    lab.type_name("Bridge of steel")
    await lab.presenter.remove()
    assert (lab.view.removed, lab.view.names[0], lab.view.line.name) == ("Bridge", "Crane", "Crane")
    assert [form.name for form in await lab.store.all()] == ["Crane"]
    assert not lab.presenter.has_unsaved
    await lab.presenter.restore()
    assert (lab.view.removed, lab.view.line.name) == ("", "Bridge")
    assert lab.view.draft.name == "Bridge of steel"
    assert [form.name for form in await lab.store.all()] == ["Bridge", "Crane"]


async def test_a_new_form_that_is_thrown_away_can_come_back_too() -> None:
    lab = await opened()
    lab.presenter.new()
    lab.type_name("Signs")
    lab.presenter.shown.add_field(Kind.DATE)
    await lab.presenter.remove()
    assert "Signs" not in lab.view.names
    await lab.presenter.restore()
    assert (lab.view.line.name, [one.kind for one in lab.view.fields]) == ("Signs", [Kind.DATE])


async def test_shipped_forms_are_not_removed() -> None:
    lab = await opened()
    before = lab.view.names
    await lab.presenter.remove()
    assert (lab.view.names, lab.view.removed) == (before, "")


async def test_an_empty_new_form_is_begun_once_and_asked_about_never() -> None:
    lab = await opened(BRIDGE)
    lab.presenter.new()
    assert lab.view.names[:3] == ["Bridge", "", "Describe"]
    count = len(lab.view.forms)
    lab.select("Describe")
    lab.presenter.new()
    assert len(lab.view.forms) == count
    assert not lab.presenter.has_unsaved


async def test_a_duplicate_has_a_free_name_and_is_not_saved_yet() -> None:
    lab = await opened(BRIDGE)
    lab.presenter.duplicate("{name} {number}")
    assert (lab.view.draft.name, lab.view.line.is_unsaved) == ("Bridge 2", True)
    lab.select("Bridge")
    lab.presenter.duplicate("{name} {number}")
    assert lab.view.draft.name == "Bridge 3"


async def test_a_form_goes_to_a_file_as_typed_and_comes_back(tmp_path: Path) -> None:
    lab = await opened(BRIDGE)
    lab.type_name("Bridge of steel")
    await lab.presenter.save_file(tmp_path / "steel")
    assert lab.view.saved == "steel.form.toml"
    assert [form.name for form in await lab.store.all()] == ["Bridge"], "nothing was saved in the library"
    other = await opened()
    await other.presenter.import_file(tmp_path / "steel.form.toml")
    assert (other.view.draft.name, other.view.labels) == ("Bridge of steel", ["Rust", "Missing bolts"])
    assert other.view.can_save


async def test_a_colleagues_version_of_a_form_is_a_change_that_can_be_undone(tmp_path: Path) -> None:
    TomlFormFiles().save(tmp_path / "theirs.form.toml", replace(BRIDGE, instructions="Look up."))
    lab = await opened(BRIDGE)
    await lab.presenter.import_file(tmp_path / "theirs.form.toml")
    assert (lab.view.line.name, lab.view.draft.instructions) == ("Bridge", "Look up.")
    assert lab.view.can_save
    lab.presenter.shown.undo()
    assert lab.view.draft.instructions == "Look at the bridge."


async def test_a_broken_file_is_told_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.form.toml"
    path.write_text("lightdesk_form = 1\n")
    lab = await opened(BRIDGE)
    before = lab.view.names
    await lab.presenter.import_file(path)
    assert lab.view.error is not None
    assert lab.view.error.code is ErrorCode.FORM_BROKEN
    assert lab.view.names == before


async def test_a_full_disk_is_told_and_the_changes_stay() -> None:
    lab = await opened(BRIDGE)
    lab.type_name("Bridges")
    lab.store.trouble = AppError(ErrorCode.DISK_FULL)
    assert not await lab.presenter.save()
    assert lab.view.error is lab.store.trouble
    assert lab.presenter.has_unsaved
    await lab.presenter.remove()
    assert lab.view.line.name == "Bridge"


async def test_closing_forgets_what_was_not_saved_and_comes_back_to_the_same_form() -> None:
    lab = await opened(BRIDGE, CRANE)
    lab.select("Crane")
    lab.type_name("Cranes")
    lab.presenter.close()
    assert not lab.presenter.has_unsaved
    await lab.presenter.open()
    assert (lab.view.line.name, lab.view.draft.name) == ("Crane", "Crane")


@pytest.mark.parametrize(("name", "file"), [("a/b: c?", "a-b- c"), ("锈 ", "锈"), ("..", "")])
async def test_a_files_name_is_one_that_every_system_takes(name: str, file: str) -> None:
    lab = await opened(replace(BRIDGE, name=name))
    lab.select(name)
    assert lab.presenter.file_name == file

"""What every FormRepository promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.forms import SqliteForms
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.forms.form import Form, FormField, YesNo
from desktop_app.services.ports import FormRepository
from tests.fakes.forms import every_kind
from tests.fakes.memory_forms import MemoryForms


@pytest.fixture(params=["sqlite", "memory"])
async def repository(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FormRepository]:
    if request.param == "memory":
        yield MemoryForms()
        return
    library = Library(tmp_path / "data" / "l.sqlite")
    yield SqliteForms(library)
    await library.close()


def form(name: str, label: str = "Rust") -> Form:
    return Form(name, (FormField("rust", label, YesNo()),))


async def test_a_form_comes_back_as_it_was_saved(repository: FormRepository) -> None:
    wanted = every_kind("Every kind 你好")
    assert await repository.save(wanted) == wanted
    assert await repository.all() == [wanted]


async def test_forms_are_in_natural_order_of_their_names(repository: FormRepository) -> None:
    for name in ("Form 10", "form 9", "A"):
        await repository.save(form(name))
    assert [one.name for one in await repository.all()] == ["A", "form 9", "Form 10"]


async def test_a_change_makes_the_next_version(repository: FormRepository) -> None:
    await repository.save(form("Bridge"))
    changed = await repository.save(form("Bridge", "Corrosion"))
    assert changed == replace(form("Bridge", "Corrosion"), version=2)
    assert await repository.all() == [changed]


async def test_the_version_counts_here_whatever_the_form_says(repository: FormRepository) -> None:
    kept = await repository.save(replace(form("Bridge"), version=7))
    assert kept.version == 1
    assert (await repository.save(replace(form("Bridge", "x"), version=7))).version == 2


async def test_a_form_that_changed_nothing_stays_as_it_is(repository: FormRepository) -> None:
    await repository.save(form("Bridge"))
    await repository.save(form("Bridge", "Corrosion"))
    again = await repository.save(replace(form("Bridge", "Corrosion"), version=1))
    assert again.version == 2
    assert [one.version for one in await repository.all()] == [2]


async def test_going_back_to_an_earlier_form_is_a_change(repository: FormRepository) -> None:
    for label in ("Rust", "Corrosion", "Rust"):
        kept = await repository.save(form("Bridge", label))
    assert (kept.version, await repository.all()) == (3, [kept])


async def test_a_removed_form_comes_back(repository: FormRepository) -> None:
    kept = await repository.save(form("Bridge"))
    other = await repository.save(form("Tunnel"))
    await repository.remove("Bridge")
    assert await repository.all() == [other]
    await repository.restore("Bridge")
    assert await repository.all() == [kept, other]


async def test_saving_a_removed_form_brings_its_name_back(repository: FormRepository) -> None:
    await repository.save(form("Bridge"))
    await repository.remove("Bridge")
    same = await repository.save(form("Bridge"))
    assert await repository.all() == [same]
    await repository.remove("Bridge")
    changed = await repository.save(form("Bridge", "Corrosion"))
    assert await repository.all() == [changed]
    assert changed.version == 2


async def test_removing_what_is_not_there_does_nothing(repository: FormRepository) -> None:
    await repository.remove("Bridge")
    await repository.restore("Bridge")
    assert await repository.all() == []

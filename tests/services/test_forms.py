"""The forms a user has, and those that come with the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Choice, Choices, Form, FormField, YesNo
from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.forms.schema import schema_of
from desktop_app.domain.forms.variables import check_variables
from desktop_app.services.forms import LANGUAGES, SHIPPED, Forms
from tests.fakes.memory_forms import MemoryForms

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "forms"
OWN = Form("Bridge", (FormField("rust", "Rust", YesNo()),))


def make(*own: Form, language: str = "en") -> Forms:
    return Forms(MemoryForms(*own), TomlFormFiles(), FOLDER, language)


async def names(forms: Forms) -> list[tuple[str, bool]]:
    return [(one.form.name, one.is_shipped) for one in await forms.all()]


async def test_own_forms_come_first_then_those_of_the_program() -> None:
    assert await names(make(OWN)) == [
        ("Bridge", False),
        ("Describe", True),
        ("Read the document", True),
        ("Count and condition", True),
        ("Safety check", True),
        ("Receipt", True),
        ("Sign and plate", True),
    ]


async def test_shipped_forms_speak_the_users_language() -> None:
    chinese = [one.form.name for one in await make(language="zh_CN").all()]
    assert chinese == ["描述图片", "读取文件", "清点与状况", "安全检查", "收据", "标牌与车牌"]
    assert (await names(make(language="fr")))[0] == ("Describe", True)


async def test_an_own_form_hides_the_shipped_one_of_its_name_until_it_is_removed() -> None:
    forms = make()
    shipped = await forms.find("Receipt")
    kept = await forms.save(replace(shipped, instructions="Read this bill."))
    assert await forms.find("receipt") == kept
    assert (await names(forms)).count(("Receipt", True)) == 0
    await forms.remove("Receipt")
    assert await forms.find("Receipt") == shipped
    await forms.restore("Receipt")
    assert await forms.find("Receipt") == kept


@pytest.mark.parametrize("name", ["Receipt", "receipt", " RECEIPT "])
async def test_a_form_is_found_whatever_the_case_of_its_name(name: str) -> None:
    assert (await make().find(name)).name == "Receipt"


async def test_a_shipped_form_is_found_by_file_name_and_in_any_language() -> None:
    assert (await make().find("count")).name == "Count and condition"
    assert (await make(language="zh_CN").find("count")).name == "清点与状况"
    assert (await make().find("收据")).name == "收据"
    assert (await make(language="zh_CN").find("Receipt")).name == "收据", "the file of this name comes first"
    assert (await make(language="zh_CN").find("Safety check")).name == "Safety check"


async def test_of_two_own_forms_the_exact_name_counts() -> None:
    lower = replace(OWN, name="bridge")
    forms = make(OWN, lower)
    assert (await forms.find("Bridge"), await forms.find("bridge")) == (OWN, lower)


async def test_a_form_nobody_knows_is_told() -> None:
    with pytest.raises(AppError) as caught:
        await make().find("no such form")
    assert caught.value.code is ErrorCode.FORM_UNKNOWN
    assert caught.value.values == {"name": "no such form"}


async def test_changes_are_told_and_failed_ones_are_not() -> None:
    repository = MemoryForms()
    forms = Forms(repository, TomlFormFiles(), FOLDER)
    heard: list[str] = []
    stop = forms.watch(lambda: heard.append("changed"))
    await forms.save(OWN)
    await forms.remove(OWN.name)
    await forms.restore(OWN.name)
    assert len(heard) == 3
    repository.trouble = AppError(ErrorCode.DISK_FULL)
    with pytest.raises(AppError):
        await forms.save(OWN)
    stop()
    repository.trouble = None
    await forms.save(replace(OWN, instructions="x"))
    assert len(heard) == 3


async def test_a_form_goes_to_a_colleague_as_a_file(tmp_path: Path) -> None:
    forms = make()
    assert await forms.save_file(tmp_path / "bridge", OWN) == tmp_path / "bridge.form.toml"
    assert await forms.save_file(tmp_path / "b.toml", OWN) == tmp_path / "b.toml"
    assert await forms.load_file(tmp_path / "bridge.form.toml") == OWN
    assert ("Bridge", False) not in await names(forms), "opening a file keeps nothing yet"


def shipped(name: str, language: str) -> Form:
    code = "" if language == "en" else f".{language}"
    return TomlFormFiles().load(FOLDER / f"{name}{code}.form.toml")


def test_every_form_file_is_offered() -> None:
    codes = ("", *(f".{language}" for language in LANGUAGES[1:]))
    expected = {f"{name}{code}.form.toml" for name in SHIPPED for code in codes}
    assert {path.name for path in FOLDER.glob("*.toml")} == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_forms_can_be_asked(name: str, language: str) -> None:
    form = shipped(name, language)
    check_variables(form.instructions)
    assert list(schema_of(form)["properties"]) == list(form.keys)
    prompt = form_prompt(form, form.instructions, "qwen2-vl")
    assert all(one.label in prompt and one.hint.rstrip(".") in prompt for one in form.fields)
    assert len(prompt) < 4000, "it must leave room for the picture in a small context"


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", SHIPPED)
def test_translated_forms_have_the_same_fields(name: str, language: str) -> None:
    english, other = shipped(name, "en"), shipped(name, language)
    assert other.name != english.name
    assert [_shape(one) for one in other.fields] == [_shape(one) for one in english.fields]
    assert [bool(one.hint) for one in other.fields] == [bool(one.hint) for one in english.fields]


@pytest.mark.parametrize(("language", "cannot_be_told"), [("en", "cannot be told"), ("zh_CN", "无法判断")])
def test_nothing_has_to_be_made_up_where_a_picture_does_not_show_it(
    language: str, cannot_be_told: str
) -> None:
    safety, sign = shipped("safety", language), shipped("sign", language)
    for key in ("helmets", "vests"):
        field = safety.field_named(key)
        assert field is not None
        assert isinstance(field.kind, Choice)
        assert cannot_be_told in field.kind.options
    assert cannot_be_told in safety.instructions
    condition = sign.field_named("condition")
    assert condition is not None
    assert not condition.required, "there may be no sign"


def _shape(field: FormField) -> object:
    match field.kind:
        case Choice(options=options) | Choices(options=options):
            return field.key, field.required, type(field.kind), len(options)
        case _:
            return field.key, field.required, field.kind

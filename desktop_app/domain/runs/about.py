"""What a run was asked and of whom, for the page of a document that lets somebody repeat it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    FieldKind,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.runs.run import AskingMethod, Run
from desktop_app.domain.runs.table import ExportValue, Translate, writable
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

METHOD_WORDS: dict[AskingMethod, str] = {
    AskingMethod.PLAIN: QT_TRANSLATE_NOOP("run_table", "as a question"),
    AskingMethod.SCHEMA: QT_TRANSLATE_NOOP("run_table", "the server enforces the form"),
    AskingMethod.PROMPTED: QT_TRANSLATE_NOOP("run_table", "the prompt alone asks for the form"),
}


def about(run: Run, translate: Translate = str) -> Iterator[tuple[str, ExportValue]]:
    """Lines of a name and a value, in order; the form's fields come last."""
    plan, counts, options = run.plan, run.counts, run.plan.options
    yield translate(QT_TRANSLATE_NOOP("run_table", "Run")), writable(plan.name)
    yield translate(QT_TRANSLATE_NOOP("run_table", "Made")), f"{run.created:%Y-%m-%d %H:%M %Z}".strip()
    yield translate(QT_TRANSLATE_NOOP("run_table", "Folder")), writable(str(plan.scope.folder))
    yield translate(QT_TRANSLATE_NOOP("run_table", "Pictures")), counts.total
    yield translate(QT_TRANSLATE_NOOP("run_table", "Answered")), counts.answered
    yield translate(QT_TRANSLATE_NOOP("run_table", "Failed")), counts.failed
    yield translate(QT_TRANSLATE_NOOP("run_table", "Not asked yet")), counts.left
    yield translate(QT_TRANSLATE_NOOP("run_table", "Prompt")), writable(plan.form.instructions)
    yield translate(QT_TRANSLATE_NOOP("run_table", "System prompt")), writable(options.system) or None
    yield translate(QT_TRANSLATE_NOOP("run_table", "Temperature")), options.temperature
    yield translate(QT_TRANSLATE_NOOP("run_table", "Longest answer in tokens")), options.max_tokens
    yield translate(QT_TRANSLATE_NOOP("run_table", "Image tokens for a picture")), options.image_tokens
    for server in plan.servers:
        yield translate(QT_TRANSLATE_NOOP("run_table", "Model")), writable(server.model)
        yield (
            translate(QT_TRANSLATE_NOOP("run_table", "Server")),
            writable(f"{server.name} {server.base_url}"),
        )
    if run.method is not None:
        yield (
            translate(QT_TRANSLATE_NOOP("run_table", "How it was asked")),
            translate(METHOD_WORDS[run.method]),
        )
    yield translate(QT_TRANSLATE_NOOP("run_table", "Lightdesk")), plan.program_version
    if plan.form.is_plain:
        return
    form_name = writable(f"{plan.form.name} ({plan.form.version})")
    yield translate(QT_TRANSLATE_NOOP("run_table", "Form")), form_name
    for one in plan.form.fields:
        yield writable(one.label), writable(f"{one.key}: {told_field(one, translate)}")


def told_field(field: FormField, translate: Translate = str) -> str:
    """What counts as an answer to a field, and its hint."""
    told = _told_kind(field.kind, translate)
    if not field.required:
        told += ", " + translate(QT_TRANSLATE_NOOP("run_table", "may be empty"))
    return f"{told}. {field.hint.strip()}" if field.hint.strip() else told


def _told_kind(kind: FieldKind, translate: Translate) -> str:
    match kind:
        case YesNo():
            return translate(QT_TRANSLATE_NOOP("run_table", "yes or no"))
        case Number():
            return _told_number(kind, translate)
        case Text():
            return translate(QT_TRANSLATE_NOOP("run_table", "text"))
        case Choice(options=options):
            return translate(QT_TRANSLATE_NOOP("run_table", "one of")) + " " + ", ".join(options)
        case Choices(options=options):
            return translate(QT_TRANSLATE_NOOP("run_table", "any of")) + " " + ", ".join(options)
        case Date():
            return translate(QT_TRANSLATE_NOOP("run_table", "date"))
        case Items():
            return translate(QT_TRANSLATE_NOOP("run_table", "list of texts"))
        case Places():
            return translate(QT_TRANSLATE_NOOP("run_table", "boxes: left, top, right, bottom in pixels"))


def _told_number(kind: Number, translate: Translate) -> str:
    whole, any_number = (
        QT_TRANSLATE_NOOP("run_table", "whole number"),
        QT_TRANSLATE_NOOP("run_table", "number"),
    )
    words = [translate(whole if kind.whole else any_number)]
    if kind.unit:
        words.append(kind.unit)
    if kind.minimum is not None:
        words.append(f"≥ {kind.minimum:g}")
    if kind.maximum is not None:
        words.append(f"≤ {kind.maximum:g}")
    return " ".join(words)

"""What a run was asked and of whom, for the page of a document that lets somebody repeat it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

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
from desktop_app.domain.runs.asked import prompts_of, schema_text, system_text
from desktop_app.domain.runs.run import AskingMethod, Run
from desktop_app.domain.runs.table import ExportValue, RunTable, Translate, export_value, writable
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP

METHOD_WORDS: dict[AskingMethod, str] = {
    AskingMethod.PLAIN: QT_TRANSLATE_NOOP("run_table", "as a question"),
    AskingMethod.SCHEMA: QT_TRANSLATE_NOOP("run_table", "the server enforces the form"),
    AskingMethod.PROMPTED: QT_TRANSLATE_NOOP("run_table", "the prompt alone asks for the form"),
}

CHANGES = QT_TRANSLATE_NOOP("run_table", "Changed by hand")
CHANGE_HEADINGS = (
    QT_TRANSLATE_NOOP("run_table", "Picture"),
    QT_TRANSLATE_NOOP("run_table", "Field"),
    QT_TRANSLATE_NOOP("run_table", "The answer said"),
    QT_TRANSLATE_NOOP("run_table", "Changed to"),
)


def about(table: RunTable, translate: Translate = str) -> Iterator[tuple[str, ExportValue]]:
    """Lines of a name and a value, in order; the form's fields come last."""
    yield from _what_is_here(table, translate)
    yield from _how_it_was_asked(table.run, translate)
    form = table.run.plan.form
    if form.is_plain:
        return
    yield (
        translate(QT_TRANSLATE_NOOP("run_table", "Form")),
        translate(QT_TRANSLATE_NOOP("run_table", "{name}, version {version}")).format(
            name=writable(form.name), version=form.version
        ),
    )
    for one in form.fields:
        yield writable(one.label), writable(f"{one.key}: {told_field(one, translate)}")


def changes(
    table: RunTable, translate: Translate = str
) -> Iterator[tuple[str, str, ExportValue, ExportValue]]:
    """What was changed by hand: the picture, the field, what the answer said and what counts instead."""
    for item in table.items:
        for one in table.run.plan.form.fields:
            if one.key in item.edited:
                said = None if item.answer is None else item.answer.values.get(one.key)
                yield (
                    writable(item.name),
                    writable(one.label),
                    export_value(one, said, translate),
                    export_value(one, item.edited[one.key], translate),
                )


def _what_is_here(table: RunTable, translate: Translate) -> Iterator[tuple[str, ExportValue]]:
    run, items = table.run, table.items
    counts = run.counts
    yield translate(QT_TRANSLATE_NOOP("run_table", "Run")), writable(run.plan.name)
    yield translate(QT_TRANSLATE_NOOP("run_table", "Made")), _moment(run.created)
    yield translate(QT_TRANSLATE_NOOP("run_table", "Exported")), _moment(table.read)
    yield translate(QT_TRANSLATE_NOOP("run_table", "Folder")), writable(str(run.plan.scope.folder))
    yield translate(QT_TRANSLATE_NOOP("run_table", "Pictures")), counts.total
    yield translate(QT_TRANSLATE_NOOP("run_table", "Answered")), counts.answered
    yield translate(QT_TRANSLATE_NOOP("run_table", "Failed")), counts.failed
    yield translate(QT_TRANSLATE_NOOP("run_table", "Not asked yet")), counts.left
    yield translate(QT_TRANSLATE_NOOP("run_table", "Left out")), counts.skipped
    yield translate(QT_TRANSLATE_NOOP("run_table", "Rows in this table")), len(items)
    changed = sum(1 for item in items if item.edited)
    shared = sum(1 for item in items if item.shared_from is not None)
    yield translate(QT_TRANSLATE_NOOP("run_table", "Rows changed by hand")), changed
    yield (
        translate(QT_TRANSLATE_NOOP("run_table", "Rows that share the answer of an identical picture")),
        shared,
    )


def _how_it_was_asked(run: Run, translate: Translate) -> Iterator[tuple[str, ExportValue]]:
    plan, options = run.plan, run.plan.options
    yield translate(QT_TRANSLATE_NOOP("run_table", "System prompt")), writable(system_text(run)) or None
    for prompt in prompts_of(run):
        yield translate(QT_TRANSLATE_NOOP("run_table", "Prompt")), writable(prompt)
    yield translate(QT_TRANSLATE_NOOP("run_table", "JSON schema")), writable(schema_text(run)) or None
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


def _moment(moment: datetime) -> str:
    """In the time of this computer, with its distance from UTC: whoever gets the table may live elsewhere."""
    here = moment.astimezone()
    return f"{here:%Y-%m-%d %H:%M} (UTC{here:%z})"


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

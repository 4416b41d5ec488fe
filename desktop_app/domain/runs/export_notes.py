"""What the user should know after an export or an import: codes, and their English sentences."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.domain.pictures import Note
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP


class ExportNoteCode(StrEnum):
    """Codes of `Note`; the values each one carries are the placeholders of its sentence."""

    CAPTIONS_KEPT = "captions-kept"
    NAMES_SHARED = "names-shared"
    NO_CAPTION = "no-caption"
    PICTURES_LEFT_OUT = "pictures-left-out"
    TEXTS_CUT = "texts-cut"
    NO_BOXES_KNOWN = "no-boxes-known"
    WITHOUT_BOXES = "without-boxes"
    NOT_COPIED = "not-copied"
    NOT_IN_BATCH = "not-in-batch"
    ASKED_WITH_TWIN = "asked-with-twin"
    SHARED_WITH_TWIN = "shared-with-twin"
    ANSWERS_UNFIT = "answers-unfit"
    RESULTS_UNKNOWN = "results-unknown"
    RESULTS_LEFT = "results-left"
    LINES_BROKEN = "lines-broken"


EXPORT_NOTE_TEXTS: dict[ExportNoteCode, str] = {
    ExportNoteCode.CAPTIONS_KEPT: QT_TRANSLATE_NOOP(
        "export_notes",
        "Caption files that were there before and were left as they are: {count}, for example {name}.",
    ),
    ExportNoteCode.NAMES_SHARED: QT_TRANSLATE_NOOP(
        "export_notes",
        "Pictures that got no file, because another has the same name: {count}, for example {name}.",
    ),
    ExportNoteCode.NO_CAPTION: QT_TRANSLATE_NOOP(
        "export_notes", "Pictures without an answer, and so without a caption: {count}, for example {name}."
    ),
    ExportNoteCode.PICTURES_LEFT_OUT: QT_TRANSLATE_NOOP(
        "export_notes",
        "Rows without their small picture, because it cannot be opened: {count}, for example {name}.",
    ),
    ExportNoteCode.TEXTS_CUT: QT_TRANSLATE_NOOP(
        "export_notes",
        "Texts that were cut, because a cell cannot hold more: {count}, for example in {name}.",
    ),
    ExportNoteCode.NO_BOXES_KNOWN: QT_TRANSLATE_NOOP(
        "export_notes", "Pictures left out, because they have no valid answer: {count}, for example {name}."
    ),
    ExportNoteCode.WITHOUT_BOXES: QT_TRANSLATE_NOOP(
        "export_notes",
        "Pictures in which nothing is marked; they are written as pictures without boxes: {count},"
        " for example {name}.",
    ),
    ExportNoteCode.NOT_COPIED: QT_TRANSLATE_NOOP(
        "export_notes", "Pictures that cannot be read and were not copied: {count}, for example {name}."
    ),
    ExportNoteCode.NOT_IN_BATCH: QT_TRANSLATE_NOOP(
        "export_notes",
        "Pictures that cannot be opened and are not in the files: {count}, for example {name}.",
    ),
    ExportNoteCode.ASKED_WITH_TWIN: QT_TRANSLATE_NOOP(
        "export_notes",
        "Pictures with the same bytes as another one, which get its answer when the results are taken in:"
        " {count}, for example {name}.",
    ),
    ExportNoteCode.SHARED_WITH_TWIN: QT_TRANSLATE_NOOP(
        "export_notes",
        "Pictures that got the answer of another one with the same bytes: {count}, for example {name}.",
    ),
    ExportNoteCode.ANSWERS_UNFIT: QT_TRANSLATE_NOOP(
        "export_notes",
        "Answers that do not fit the form; they are kept, and asking again about those that failed may mend"
        " them: {count}, for example {name}.",
    ),
    ExportNoteCode.RESULTS_UNKNOWN: QT_TRANSLATE_NOOP(
        "export_notes", "Results that belong to no picture of this run: {count}, for example {name}."
    ),
    ExportNoteCode.RESULTS_LEFT: QT_TRANSLATE_NOOP(
        "export_notes", "Pictures that had an answer before and kept it: {count}, for example {name}."
    ),
    ExportNoteCode.LINES_BROKEN: QT_TRANSLATE_NOOP(
        "export_notes", "Lines that cannot be read: {count}, for example in {name}."
    ),
}


class NoteCounter:
    """Gathers what happened to many pictures into one note of each kind; an example is named."""

    def __init__(self) -> None:
        self._found: dict[ExportNoteCode, tuple[int, str]] = {}

    def add(self, code: ExportNoteCode, name: str) -> None:
        count, first = self._found.get(code, (0, name))
        self._found[code] = (count + 1, first)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(
            Note(code.value, (("count", count), ("name", name)))
            for code, (count, name) in self._found.items()
        )


def english(note: Note) -> str:
    """The note's sentence in English, values filled in; the bare code for one that is not known here."""
    return note.worded(EXPORT_NOTE_TEXTS)

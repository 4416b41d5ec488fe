"""What may have to be done to a picture before it is shown or sent: codes, and their English sentences."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.domain.pictures import Note
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP


class NoteCode(StrEnum):
    """Codes of `Note`; the values each one carries are the placeholders of its sentence."""

    WRONG_SUFFIX = "wrong-suffix"
    FIRST_FRAME = "first-frame"
    MAIN_PICTURE = "main-picture"
    PROFILE_CONVERTED = "profile-converted"
    PROFILE_IGNORED = "profile-ignored"
    CMYK_WITHOUT_PROFILE = "cmyk-without-profile"
    LAB_CONVERTED = "lab-converted"
    TRANSPARENCY = "transparency"
    DEEP_SCALED = "deep-scaled"
    NUMBERS_SCALED = "numbers-scaled"


NOTE_TEXTS: dict[NoteCode, str] = {
    NoteCode.WRONG_SUFFIX: QT_TRANSLATE_NOOP(
        "notes", "The name ends in {suffix}, but this is a {format} file."
    ),
    NoteCode.FIRST_FRAME: QT_TRANSLATE_NOOP("notes", "Only the first of {count} frames or pages is used."),
    NoteCode.MAIN_PICTURE: QT_TRANSLATE_NOOP(
        "notes", "The file holds {count} pictures; the main one is used."
    ),
    NoteCode.PROFILE_CONVERTED: QT_TRANSLATE_NOOP("notes", "Colours were converted from {profile} to sRGB."),
    NoteCode.PROFILE_IGNORED: QT_TRANSLATE_NOOP(
        "notes", "The colour profile in the file is damaged or does not fit and was ignored."
    ),
    NoteCode.CMYK_WITHOUT_PROFILE: QT_TRANSLATE_NOOP(
        "notes", "The file has printing colours without a profile; the colours shown are an estimate."
    ),
    NoteCode.LAB_CONVERTED: QT_TRANSLATE_NOOP("notes", "Colours were converted from Lab to sRGB."),
    NoteCode.TRANSPARENCY: QT_TRANSLATE_NOOP("notes", "Transparent parts are shown on white."),
    NoteCode.DEEP_SCALED: QT_TRANSLATE_NOOP("notes", "Brightness was scaled from {bits} to 8 bits."),
    NoteCode.NUMBERS_SCALED: QT_TRANSLATE_NOOP(
        "notes", "The values from {low} to {high} in the file are shown from black to white."
    ),
}


def english(note: Note) -> str:
    """The note's sentence in English, values filled in; the bare code for one that is not known here."""
    return note.worded(NOTE_TEXTS)

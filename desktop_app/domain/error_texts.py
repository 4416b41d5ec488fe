"""One plain sentence and one piece of advice for every error code, in English with named placeholders."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class ErrorText:
    """Templates for `str.format`; the placeholders are the error's values."""

    sentence: str
    advice: str


def _text(sentence: str, advice: str = "") -> ErrorText:
    return ErrorText(sentence, advice)


ERROR_TEXTS: dict[ErrorCode, ErrorText] = {
    ErrorCode.PICTURE_MISSING: _text(
        QT_TRANSLATE_NOOP("errors", "The picture {name} is no longer there."),
        QT_TRANSLATE_NOOP("errors", "It may have been moved or renamed, or its drive is not connected."),
    ),
    ErrorCode.PICTURE_UNREADABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The picture {name} cannot be read."),
        QT_TRANSLATE_NOOP("errors", "Check that you may open this file."),
    ),
    ErrorCode.PICTURE_EMPTY: _text(
        QT_TRANSLATE_NOOP("errors", "The file {name} is empty."),
        QT_TRANSLATE_NOOP("errors", "Copy it again from where it came from."),
    ),
    ErrorCode.PICTURE_BROKEN: _text(
        QT_TRANSLATE_NOOP("errors", "The picture {name} is damaged."),
        QT_TRANSLATE_NOOP("errors", "Copy it again from where it came from."),
    ),
    ErrorCode.PICTURE_UNKNOWN_FORMAT: _text(
        QT_TRANSLATE_NOOP("errors", "{name} is not a picture that Lightdesk can open."),
        QT_TRANSLATE_NOOP("errors", "Use JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC."),
    ),
    ErrorCode.PICTURE_TOO_LARGE: _text(
        QT_TRANSLATE_NOOP("errors", "{name} has {megapixels} megapixels, more than the limit of {limit}."),
        QT_TRANSLATE_NOOP("errors", "Raise the limit in the settings if you trust this file."),
    ),
    ErrorCode.PICTURE_TOO_LONG: _text(
        QT_TRANSLATE_NOOP("errors", "{name} is too long and thin for the vision model."),
        QT_TRANSLATE_NOOP("errors", "Ask about a part of it instead."),
    ),
    ErrorCode.PICTURE_TIMEOUT: _text(
        QT_TRANSLATE_NOOP("errors", "{name} takes too long to open."),
        QT_TRANSLATE_NOOP(
            "errors", "The drive or network share may have stopped answering. Lightdesk goes on without it."
        ),
    ),
    ErrorCode.PICTURE_MEMORY: _text(
        QT_TRANSLATE_NOOP("errors", "There is not enough memory to open {name}."),
        QT_TRANSLATE_NOOP("errors", "Close other programs, or use a smaller copy of the picture."),
    ),
    ErrorCode.FOLDER_MISSING: _text(
        QT_TRANSLATE_NOOP("errors", "The folder {name} is not there."),
        QT_TRANSLATE_NOOP("errors", "Check that its drive or network share is connected."),
    ),
    ErrorCode.FOLDER_UNREADABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The folder {name} cannot be opened."),
        QT_TRANSLATE_NOOP("errors", "Check that you may open this folder."),
    ),
    ErrorCode.FETCH_FAILED: _text(
        QT_TRANSLATE_NOOP("errors", "The picture at {address} could not be fetched."),
        QT_TRANSLATE_NOOP("errors", "Check the address, and whether this computer may reach it."),
    ),
    ErrorCode.FETCH_TOO_LARGE: _text(
        QT_TRANSLATE_NOOP("errors", "The file at {address} is larger than {limit} MB."),
        QT_TRANSLATE_NOOP("errors", "Save it to this computer and open it from there."),
    ),
    ErrorCode.FETCH_NOT_A_PICTURE: _text(
        QT_TRANSLATE_NOOP("errors", "There is no picture at {address}."),
        QT_TRANSLATE_NOOP("errors", "Use the address of the picture itself, not of the page that shows it."),
    ),
    ErrorCode.FETCH_TIMEOUT: _text(
        QT_TRANSLATE_NOOP("errors", "Fetching {address} took too long."),
        QT_TRANSLATE_NOOP("errors", "Try again, or save the picture to this computer first."),
    ),
    ErrorCode.SERVER_ADDRESS: _text(
        QT_TRANSLATE_NOOP("errors", "{address} is not a server address."),
        QT_TRANSLATE_NOOP("errors", "It should look like http://gpu-box:8000."),
    ),
    ErrorCode.SERVER_UNREACHABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} cannot be found."),
        QT_TRANSLATE_NOOP("errors", "Check the address and whether this computer is on the right network."),
    ),
    ErrorCode.SERVER_REFUSED: _text(
        QT_TRANSLATE_NOOP("errors", "The server at {server} does not answer."),
        QT_TRANSLATE_NOOP("errors", "Is it switched on, and has the model finished starting?"),
    ),
    ErrorCode.SERVER_TIMEOUT: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} took too long to answer."),
        QT_TRANSLATE_NOOP("errors", "It may be busy. Try again in a moment."),
    ),
    ErrorCode.SERVER_TLS: _text(
        QT_TRANSLATE_NOOP("errors", "The connection to {server} is not trusted."),
        QT_TRANSLATE_NOOP(
            "errors", "Its certificate is not known to this computer; ask whoever runs the server."
        ),
    ),
    ErrorCode.SERVER_KEY: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} did not accept the key."),
        QT_TRANSLATE_NOOP("errors", "Enter the key again in the server's settings."),
    ),
    ErrorCode.SERVER_KEY_MISSING: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} wants a key."),
        QT_TRANSLATE_NOOP("errors", "Enter it in the server's settings; whoever runs the server has it."),
    ),
    ErrorCode.SERVER_MODEL_UNKNOWN: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} has no model named {model}."),
        QT_TRANSLATE_NOOP("errors", "Choose one of its models in the server's settings."),
    ),
    ErrorCode.SERVER_NO_MODELS: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} offers no model."),
        QT_TRANSLATE_NOOP("errors", "Load a vision-language model on the server."),
    ),
    ErrorCode.SERVER_NO_VISION: _text(
        QT_TRANSLATE_NOOP("errors", "The model {model} cannot see pictures."),
        QT_TRANSLATE_NOOP("errors", "Choose a vision-language model such as Qwen2-VL."),
    ),
    ErrorCode.SERVER_TOO_MANY_PICTURES: _text(
        QT_TRANSLATE_NOOP("errors", "The server takes at most {limit} pictures in one question."),
        QT_TRANSLATE_NOOP("errors", "Take some pictures out, or ask about them in smaller groups."),
    ),
    ErrorCode.SERVER_CONTEXT_TOO_LONG: _text(
        QT_TRANSLATE_NOOP("errors", "This is more than the model can take in at once ({limit} tokens)."),
        QT_TRANSLATE_NOOP(
            "errors", "Use fewer pictures, a smaller picture size, or start a new conversation."
        ),
    ),
    ErrorCode.SERVER_PICTURE_REFUSED: _text(
        QT_TRANSLATE_NOOP("errors", "The server could not use a picture."),
        QT_TRANSLATE_NOOP("errors", "Try a smaller picture size; the details hold the server's words."),
    ),
    ErrorCode.SERVER_REQUEST_REFUSED: _text(
        QT_TRANSLATE_NOOP("errors", "The server did not accept the question."),
        QT_TRANSLATE_NOOP("errors", "The details hold the server's words."),
    ),
    ErrorCode.SERVER_BODY_TOO_LARGE: _text(
        QT_TRANSLATE_NOOP("errors", "The question is too large for a gateway before the server."),
        QT_TRANSLATE_NOOP("errors", "Use fewer pictures or a smaller picture size."),
    ),
    ErrorCode.SERVER_BUSY: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} is too busy."),
        QT_TRANSLATE_NOOP("errors", "Try again in a moment."),
    ),
    ErrorCode.SERVER_GATEWAY: _text(
        QT_TRANSLATE_NOOP("errors", "A gateway before the server {server} gave up."),
        QT_TRANSLATE_NOOP("errors", "The model server behind it may be down or slow. Try again in a moment."),
    ),
    ErrorCode.SERVER_ENGINE_DEAD: _text(
        QT_TRANSLATE_NOOP("errors", "The model on {server} has crashed."),
        QT_TRANSLATE_NOOP("errors", "Restart the server, or ask whoever runs it to do so."),
    ),
    ErrorCode.SERVER_FAILED: _text(
        QT_TRANSLATE_NOOP("errors", "The server {server} had a problem of its own."),
        QT_TRANSLATE_NOOP("errors", "Try again; the details hold the server's words."),
    ),
    ErrorCode.SERVER_BROKE_OFF: _text(
        QT_TRANSLATE_NOOP("errors", "The connection to {server} was lost in the middle of the answer."),
        QT_TRANSLATE_NOOP("errors", "What arrived is kept. Ask again for the whole answer."),
    ),
    ErrorCode.SERVER_NOT_AN_API: _text(
        QT_TRANSLATE_NOOP("errors", "{server} answers, but not as a model server."),
        QT_TRANSLATE_NOOP("errors", "Check the address and the port; the details show what came back."),
    ),
    ErrorCode.SERVER_UNKNOWN: _text(
        QT_TRANSLATE_NOOP("errors", "There is no server named {name}."),
        QT_TRANSLATE_NOOP("errors", "List the servers, or give a full address."),
    ),
    ErrorCode.BLOCKED_HOST: _text(
        QT_TRANSLATE_NOOP("errors", "Lightdesk may not send anything to {host}."),
        QT_TRANSLATE_NOOP(
            "errors", "It is outside your network. Allow it in the server's settings if you mean it."
        ),
    ),
    ErrorCode.BLOCKED_REDIRECT: _text(
        QT_TRANSLATE_NOOP("errors", "The address leads on to {host}, which was not allowed."),
        QT_TRANSLATE_NOOP("errors", "Use that address itself if you trust it."),
    ),
    ErrorCode.READER_FAILED: _text(
        QT_TRANSLATE_NOOP("errors", "The built-in reader could not read {name}."),
        QT_TRANSLATE_NOOP("errors", "The details say why; other pictures are not affected."),
    ),
    ErrorCode.STORE_UNAVAILABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The library of conversations cannot be written."),
        QT_TRANSLATE_NOOP("errors", "Close other copies of Lightdesk and check the disk."),
    ),
    ErrorCode.STORE_NEWER: _text(
        QT_TRANSLATE_NOOP("errors", "The library was written by a newer Lightdesk."),
        QT_TRANSLATE_NOOP("errors", "Install the newer version; nothing was changed."),
    ),
    ErrorCode.STORE_BROKEN: _text(
        QT_TRANSLATE_NOOP("errors", "The library {path} is damaged, or no library of Lightdesk."),
        QT_TRANSLATE_NOOP(
            "errors", "Put a copy of it in its place, or move it away: the next start makes an empty one."
        ),
    ),
    ErrorCode.DISK_FULL: _text(
        QT_TRANSLATE_NOOP("errors", "The disk is full."),
        QT_TRANSLATE_NOOP("errors", "Make room; Lightdesk keeps what it has and tries again."),
    ),
    ErrorCode.SETTINGS_BROKEN: _text(
        QT_TRANSLATE_NOOP("errors", "The settings file could not be understood and was set aside as {name}."),
        QT_TRANSLATE_NOOP("errors", "Lightdesk uses its defaults for what it could not read."),
    ),
    ErrorCode.SETTINGS_UNREADABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The settings file {name} cannot be read."),
        QT_TRANSLATE_NOOP("errors", "Check that you may open this file; Lightdesk uses its defaults."),
    ),
    ErrorCode.SETTINGS_UNWRITABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The settings cannot be saved."),
        QT_TRANSLATE_NOOP(
            "errors", "Check that you may write to {name}; they are kept until Lightdesk ends."
        ),
    ),
    ErrorCode.DEFAULTS_BROKEN: _text(
        QT_TRANSLATE_NOOP("errors", "The administrator's settings in {name} could not be understood."),
        QT_TRANSLATE_NOOP(
            "errors", "Until that file is put right, nothing is sent outside the local network."
        ),
    ),
    ErrorCode.KEYRING_UNAVAILABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The keyring of this computer does not open."),
        QT_TRANSLATE_NOOP("errors", "Unlock it, or log in again, and then repeat the step."),
    ),
    ErrorCode.PASTE_NOT_SAVED: _text(
        QT_TRANSLATE_NOOP("errors", "The pasted picture could not be saved."),
        QT_TRANSLATE_NOOP("errors", "Check that you may write to {name}."),
    ),
    ErrorCode.SYSTEM_LIBRARY_MISSING: _text(
        QT_TRANSLATE_NOOP("errors", "The system library {library} is missing."),
        QT_TRANSLATE_NOOP("errors", "Install it with: {command}"),
    ),
    ErrorCode.NO_SCREEN: _text(
        QT_TRANSLATE_NOOP("errors", "There is no screen to open a window on."),
        QT_TRANSLATE_NOOP("errors", "Start it from a desktop session; `lightdesk ask` works without one."),
    ),
    ErrorCode.FORM_BROKEN: _text(
        QT_TRANSLATE_NOOP("errors", "This is not a form that Lightdesk can use."),
        QT_TRANSLATE_NOOP("errors", "{reason}"),
    ),
    ErrorCode.FORM_NEWER: _text(
        QT_TRANSLATE_NOOP("errors", "The form was made by a newer version of Lightdesk."),
        QT_TRANSLATE_NOOP("errors", "Update Lightdesk, or ask for the form in the older way of writing it."),
    ),
    ErrorCode.FORM_UNWRITABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The form cannot be saved as {name}."),
        QT_TRANSLATE_NOOP("errors", "Choose another folder, or check that you may write there."),
    ),
    ErrorCode.FORM_UNKNOWN: _text(
        QT_TRANSLATE_NOOP("errors", "There is no form named {name}."),
        QT_TRANSLATE_NOOP("errors", "Look at the list of forms for its name, or choose a form file."),
    ),
    ErrorCode.PROMPT_VARIABLE: _text(
        QT_TRANSLATE_NOOP(
            "errors", "The prompt names {name}, which is nothing Lightdesk knows of a picture."
        ),
        QT_TRANSLATE_NOOP("errors", "Use file, folder, taken or size, or a field of an earlier run."),
    ),
    ErrorCode.RUN_UNKNOWN: _text(
        QT_TRANSLATE_NOOP("errors", "There is no run named {name}."),
        QT_TRANSLATE_NOOP("errors", "Look at the list of runs for its name."),
    ),
    ErrorCode.RUN_FIELD_UNKNOWN: _text(
        QT_TRANSLATE_NOOP("errors", "The run {name} has no field named {field}."),
        QT_TRANSLATE_NOOP("errors", "Its fields are: {fields}."),
    ),
    ErrorCode.RUN_NAME_TAKEN: _text(
        QT_TRANSLATE_NOOP("errors", "There is a run named {name} already."),
        QT_TRANSLATE_NOOP("errors", "Choose another name, or go on with that run."),
    ),
    ErrorCode.RUN_IN_USE: _text(
        QT_TRANSLATE_NOOP("errors", "The run {name} is going on in another window or command."),
        QT_TRANSLATE_NOOP("errors", "Wait until it is done, or pause it."),
    ),
    ErrorCode.RUN_UNHEARD: _text(
        QT_TRANSLATE_NOOP("errors", "The window or command that works on the run {name} does not react."),
        QT_TRANSLATE_NOOP("errors", "It may be very busy, or hang: if it does, end that program."),
    ),
    ErrorCode.RUN_EMPTY: _text(
        QT_TRANSLATE_NOOP("errors", "There is no picture to ask about."),
        QT_TRANSLATE_NOOP("errors", "Choose another folder, or a wider filter."),
    ),
    ErrorCode.LIST_UNREADABLE: _text(
        QT_TRANSLATE_NOOP("errors", "The list {name} cannot be read."),
        QT_TRANSLATE_NOOP("errors", "Choose a text file with the path of one picture in each line."),
    ),
    ErrorCode.RUN_NEEDS_SERVER: _text(
        QT_TRANSLATE_NOOP("errors", "A run needs a server with a vision model."),
        QT_TRANSLATE_NOOP("errors", "Connect to one; the built-in reader only finds text in pictures."),
    ),
    ErrorCode.ANSWER_NOT_A_FORM: _text(
        QT_TRANSLATE_NOOP("errors", "The answer does not fit the form."),
        QT_TRANSLATE_NOOP(
            "errors", "What the vision model answered is kept; ask again, or fill it in by hand."
        ),
    ),
    ErrorCode.EXPORT_FAILED: _text(
        QT_TRANSLATE_NOOP("errors", "{name} cannot be written."),
        QT_TRANSLATE_NOOP("errors", "Close it in other programs, or choose another name or folder."),
    ),
    ErrorCode.EXPORT_DENIED: _text(
        QT_TRANSLATE_NOOP("errors", "Nothing can be written into the folder {name}."),
        QT_TRANSLATE_NOOP(
            "errors", "Choose another folder, or ask whoever looks after it to let you write there."
        ),
    ),
    ErrorCode.EXPORT_TOO_LONG: _text(
        QT_TRANSLATE_NOOP("errors", "{name} would have more rows than a sheet can hold: {most}."),
        QT_TRANSLATE_NOOP("errors", "Choose csv, or fewer rows."),
    ),
    ErrorCode.EXPORT_NO_ROOM: _text(
        QT_TRANSLATE_NOOP("errors", "There is no room for {name} on its disk."),
        QT_TRANSLATE_NOOP("errors", "Make room or choose another disk; what was there before is as it was."),
    ),
    ErrorCode.EXPORT_FORMAT: _text(
        QT_TRANSLATE_NOOP("errors", "Lightdesk cannot tell from {name} what kind of file is wanted."),
        QT_TRANSLATE_NOOP("errors", "Choose csv, xlsx, jsonl, html, coco, yolo or captions."),
    ),
    ErrorCode.EXPORT_FOLDER: _text(
        QT_TRANSLATE_NOOP("errors", "There is something in {name} already."),
        QT_TRANSLATE_NOOP("errors", "Choose a new or an empty folder."),
    ),
    ErrorCode.EXPORT_NO_BOXES: _text(
        QT_TRANSLATE_NOOP("errors", "The form {name} has no field for boxes on the picture."),
        QT_TRANSLATE_NOOP("errors", "Choose a format for tables, such as xlsx or csv."),
    ),
    ErrorCode.IMPORT_FAILED: _text(
        QT_TRANSLATE_NOOP("errors", "{name} cannot be read."),
        QT_TRANSLATE_NOOP("errors", "Check that it is there and that you may open it."),
    ),
    ErrorCode.IMPORT_OTHER_RUN: _text(
        QT_TRANSLATE_NOOP("errors", "{name} holds the results of another run."),
        QT_TRANSLATE_NOOP("errors", "Choose that run first, or the file of this one."),
    ),
    ErrorCode.IMPORT_QUESTIONS: _text(
        QT_TRANSLATE_NOOP("errors", "{name} holds questions for a batch service, not its answers."),
        QT_TRANSLATE_NOOP("errors", "Let a batch service answer it, and choose the file that it writes."),
    ),
    ErrorCode.IMPORT_NO_RESULTS: _text(
        QT_TRANSLATE_NOOP("errors", "{name} is no file of batch results."),
        QT_TRANSLATE_NOOP("errors", "Choose the JSON Lines file that the batch service wrote for this run."),
    ),
    ErrorCode.WRONG_USE: _text(QT_TRANSLATE_NOOP("errors", "{reason}")),
    ErrorCode.UNEXPECTED: _text(
        QT_TRANSLATE_NOOP("errors", "Something unexpected went wrong."),
        QT_TRANSLATE_NOOP("errors", "Your work is saved. The details help whoever looks after Lightdesk."),
    ),
}


class _Shown(dict[str, str | int]):
    """Shows a question mark for a value the error did not carry; a report must never fail itself."""

    def __missing__(self, key: str) -> str:
        return "?"


def fill(template: str, error: AppError) -> str:
    """Put the error's values into a (possibly translated) template."""
    return template.format_map(_Shown(error.values))


def english(error: AppError) -> ErrorText:
    """The sentence and the advice in English, values filled in."""
    text = ERROR_TEXTS[error.code]
    return ErrorText(fill(text.sentence, error), fill(text.advice, error))

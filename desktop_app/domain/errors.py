"""Errors that are meant for the user: a code, the values in its sentence, and technical detail on demand.

The English sentence and the advice for each code are in `error_texts`; a window translates them, the
command line prints them as they are.
"""

from __future__ import annotations

import errno
import traceback
from enum import StrEnum


class ErrorCode(StrEnum):
    """What went wrong, in terms of the user's world."""

    # Pictures
    PICTURE_MISSING = "picture-missing"
    PICTURE_UNREADABLE = "picture-unreadable"
    PICTURE_EMPTY = "picture-empty"
    PICTURE_BROKEN = "picture-broken"
    PICTURE_UNKNOWN_FORMAT = "picture-unknown-format"
    PICTURE_TOO_LARGE = "picture-too-large"
    PICTURE_TOO_LONG = "picture-too-long"
    PICTURE_TIMEOUT = "picture-timeout"
    PICTURE_MEMORY = "picture-memory"
    FOLDER_MISSING = "folder-missing"
    FOLDER_UNREADABLE = "folder-unreadable"
    # Pictures from web addresses
    FETCH_FAILED = "fetch-failed"
    FETCH_TOO_LARGE = "fetch-too-large"
    FETCH_NOT_A_PICTURE = "fetch-not-a-picture"
    FETCH_TIMEOUT = "fetch-timeout"
    # Servers
    SERVER_ADDRESS = "server-address"
    SERVER_UNREACHABLE = "server-unreachable"
    SERVER_REFUSED = "server-refused"
    SERVER_TIMEOUT = "server-timeout"
    SERVER_TLS = "server-tls"
    SERVER_KEY = "server-key"
    SERVER_KEY_MISSING = "server-key-missing"
    SERVER_MODEL_UNKNOWN = "server-model-unknown"
    SERVER_NO_MODELS = "server-no-models"
    SERVER_NO_VISION = "server-no-vision"
    SERVER_TOO_MANY_PICTURES = "server-too-many-pictures"
    SERVER_CONTEXT_TOO_LONG = "server-context-too-long"
    SERVER_PICTURE_REFUSED = "server-picture-refused"
    SERVER_REQUEST_REFUSED = "server-request-refused"
    SERVER_BODY_TOO_LARGE = "server-body-too-large"
    SERVER_BUSY = "server-busy"
    SERVER_GATEWAY = "server-gateway"
    SERVER_ENGINE_DEAD = "server-engine-dead"
    SERVER_FAILED = "server-failed"
    SERVER_BROKE_OFF = "server-broke-off"
    SERVER_NOT_AN_API = "server-not-an-api"
    SERVER_UNKNOWN = "server-unknown"
    # Privacy
    BLOCKED_HOST = "blocked-host"
    BLOCKED_REDIRECT = "blocked-redirect"
    # Forms and runs
    FORM_BROKEN = "form-broken"
    FORM_NEWER = "form-newer"
    FORM_UNWRITABLE = "form-unwritable"
    FORM_UNKNOWN = "form-unknown"
    PROMPT_VARIABLE = "prompt-variable"
    RUN_UNKNOWN = "run-unknown"
    RUN_FIELD_UNKNOWN = "run-field-unknown"
    RUN_NAME_TAKEN = "run-name-taken"
    RUN_IN_USE = "run-in-use"
    RUN_UNHEARD = "run-unheard"
    RUN_EMPTY = "run-empty"
    LIST_UNREADABLE = "list-unreadable"
    RUN_NEEDS_SERVER = "run-needs-server"
    ANSWER_NOT_A_FORM = "answer-not-a-form"
    EXPORT_FAILED = "export-failed"
    EXPORT_DENIED = "export-denied"
    EXPORT_NO_ROOM = "export-no-room"
    EXPORT_TOO_LONG = "export-too-long"
    EXPORT_FORMAT = "export-format"
    EXPORT_FOLDER = "export-folder"
    EXPORT_NO_BOXES = "export-no-boxes"
    IMPORT_FAILED = "import-failed"
    IMPORT_OTHER_RUN = "import-other-run"
    IMPORT_QUESTIONS = "import-questions"
    IMPORT_NO_RESULTS = "import-no-results"
    # This computer
    READER_FAILED = "reader-failed"
    STORE_UNAVAILABLE = "store-unavailable"
    STORE_NEWER = "store-newer"
    STORE_BROKEN = "store-broken"
    DISK_FULL = "disk-full"
    SETTINGS_BROKEN = "settings-broken"
    SETTINGS_UNREADABLE = "settings-unreadable"
    SETTINGS_UNWRITABLE = "settings-unwritable"
    DEFAULTS_BROKEN = "defaults-broken"
    KEYRING_UNAVAILABLE = "keyring-unavailable"
    PASTE_NOT_SAVED = "paste-not-saved"
    SYSTEM_LIBRARY_MISSING = "system-library-missing"
    NO_SCREEN = "no-screen"
    WRONG_USE = "wrong-use"
    UNEXPECTED = "unexpected"


class AppError(Exception):
    """An error with a sentence for the user.

    Attributes:
        code: selects the sentence and the advice.
        values: what the sentence's placeholders are filled with.
        detail: technical text shown on demand; may be empty. Never holds a key or a picture.
    """

    def __init__(self, code: ErrorCode, *, detail: str = "", **values: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.values = values
        self.detail = detail

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code.value}({shown})" + (f": {self.detail}" if self.detail else "")


def as_app_error(problem: BaseException) -> AppError:
    """The error itself; for a mistake of the program UNEXPECTED, with the trace as its detail."""
    if isinstance(problem, AppError):
        return problem
    return AppError(ErrorCode.UNEXPECTED, detail="".join(traceback.format_exception(problem)).rstrip())


def is_disk_full(problem: OSError) -> bool:
    """Whether writing failed for want of room: on the disk, in the quota, or in the largest allowed file."""
    return problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

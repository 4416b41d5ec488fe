"""Settings in a TOML file that holds only what differs from the defaults.

Below the user's file lies an administrator's file of the same form. tomllib and msgspec are imported only
when there is a file to read: together they cost 50 ms at start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from desktop_app.adapters.atomic_file import replace_file
from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full
from desktop_app.domain.settings import SETTINGS_VERSION, Settings

Document: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Document], Document]

STEPS: Mapping[int, Step] = {}
"""One function per version, from that version's document to the next one's; there is one version so far."""


class SettingsFile:
    """Fulfils `SettingsRepository`.

    Saving changes only what the program changed since it loaded, in the file as it is by then: two windows
    do not undo each other, and keys this version does not know survive.
    """

    def __init__(
        self,
        path: Path,
        defaults: Path | None = None,
        steps: Mapping[int, Step] = STEPS,
        version: int = SETTINGS_VERSION,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """`steps` and `version` are the program's own except in tests; `now` names files set aside."""
        self._path = path
        self._defaults_path = defaults
        self._steps = steps
        self._version = version
        self._now = now
        self._defaults = Settings()
        self._last = Settings()
        self._never_outside = False

    def load(self) -> tuple[Settings, AppError | None]:
        """The settings, and what was wrong with the files if anything was.

        A value that does not fit costs that entry alone: the file is set aside and the rest goes on.
        DEFAULTS_BROKEN means that the administrator's wishes are unknown: nothing may then go outside.
        """
        self._defaults, defaults_problem = self._load_defaults()
        self._last, problem = self._load_user()
        return self._last, problem or defaults_problem

    def peek(self) -> Settings:
        """What `load` would give; nothing on the disk is put right, and `load` still tells what is wrong."""
        defaults, _ = self._load_defaults()
        try:
            document = self._migrated(_read(self._path)) if self._path.is_file() else {}
        except (ValueError, OSError):
            return defaults
        return self._guarded(_convert(_convertible(_plain(defaults), document)[0]))

    def save(self, settings: Settings) -> None:
        """Write what changed since the last load or save.

        Raises:
            AppError: DISK_FULL or SETTINGS_UNWRITABLE; the file is then as it was.
        """
        import tomli_w

        settings = self._guarded(settings)
        document = self._document_to_change()
        base = self._defaults if document is None else self._last
        document = document or {}
        _apply(document, _plain(base), _plain(settings), _plain(self._defaults))
        document = {"version": max(self._version, _version_of(document)), **document}
        try:
            replace_file(self._path, tomli_w.dumps(document).encode())
        except OSError as problem:
            code = ErrorCode.DISK_FULL if is_disk_full(problem) else ErrorCode.SETTINGS_UNWRITABLE
            raise AppError(code, detail=str(problem), name=str(self._path)) from problem
        self._last = settings

    def _load_defaults(self) -> tuple[Settings, AppError | None]:
        path = self._defaults_path
        if path is None or not path.is_file():
            return Settings(), None
        try:
            settings = _convert(self._migrated(_read(path)))
        except (ValueError, OSError) as problem:
            self._never_outside = True
            error = AppError(ErrorCode.DEFAULTS_BROKEN, detail=str(problem), name=str(path))
            return self._guarded(Settings()), error
        self._never_outside = settings.privacy.never_outside
        return settings, None

    def _load_user(self) -> tuple[Settings, AppError | None]:
        if not self._path.is_file():
            return self._defaults, None
        try:
            document = self._migrated(_read(self._path))
        except ValueError as problem:
            return self._defaults, self._set_aside(str(problem))
        except OSError as problem:
            error = AppError(ErrorCode.SETTINGS_UNREADABLE, detail=str(problem), name=str(self._path))
            return self._defaults, error
        known, complaints = _convertible(_plain(self._defaults), document)
        settings = self._guarded(_convert(known))
        if not complaints:
            return settings, None
        error = self._set_aside("\n".join(complaints))
        self._last = self._defaults
        try:
            self.save(settings)
        except AppError as problem:
            error.detail += f"\n{problem}"
        return settings, error

    def _migrated(self, document: Document) -> Document:
        for version in range(_version_of(document), self._version):
            document = {**self._steps[version](document), "version": version + 1}
        return document

    def _document_to_change(self) -> Document | None:
        """The user's file as it is now, in this version's form; None when there is none that can be read."""
        if not self._path.is_file():
            return None
        try:
            document = _read(self._path)
            version = _version_of(document)
            migrated = self._migrated(document)
        except (ValueError, OSError):
            return None
        if version < self._version:
            self._copy_aside(f"version-{version}")
        return migrated

    def _guarded(self, settings: Settings) -> Settings:
        """An administrator's ban on sending outside cannot be lifted by the user's file."""
        if not self._never_outside or settings.privacy.never_outside:
            return settings
        return replace(settings, privacy=replace(settings.privacy, never_outside=True))

    def _set_aside(self, detail: str) -> AppError:
        aside = self._path.with_name(f"{self._path.stem}.broken-{self._now():%Y%m%d-%H%M%S}.toml")
        try:
            self._path.replace(aside)
        except OSError as problem:
            detail += f"\n{problem}"
        return AppError(ErrorCode.SETTINGS_BROKEN, detail=detail, name=aside.name)

    def _copy_aside(self, label: str) -> None:
        replace_file(self._path.with_name(f"{self._path.stem}.{label}.toml"), self._path.read_bytes())


def _read(path: Path) -> Document:
    """Raises ValueError when the file is no TOML (tomllib's error and bad UTF-8 both are ValueErrors)."""
    import tomllib

    return tomllib.loads(path.read_bytes().decode("utf-8-sig"))


def _version_of(document: Document) -> int:
    version = document.get("version", 1)
    return version if isinstance(version, int) and version > 0 else 1


def _convert(document: Document) -> Settings:
    """Raises ValueError (msgspec's ValidationError is one) when a value has the wrong type."""
    import msgspec

    return msgspec.convert({**document, "version": SETTINGS_VERSION}, Settings)


def _plain(settings: Settings) -> Document:
    import msgspec

    plain: Document = msgspec.to_builtins(settings)
    del plain["version"]
    return plain


def _convertible(defaults: Document, document: Document) -> tuple[Document, list[str]]:
    """The defaults with every entry of `document` that fits laid over them, and complaints about others."""
    result, complaints = dict(defaults), []
    for key, value in document.items():
        is_table = isinstance(value, dict) and isinstance(result.get(key), dict)
        changes = [{name: entry} for name, entry in value.items()] if is_table else [value]
        for change in changes:
            tried = {**result, key: {**result[key], **change} if is_table else change}
            try:
                _convert(tried)
            except ValueError as problem:
                complaints.append(f"{key}: {problem}")
            else:
                result = tried
    return result, complaints


def _apply(document: Document, base: Document, new: Document, defaults: Document) -> None:
    """Carry the difference between `base` and `new` over into `document`; values at default are left out."""
    for key, value in new.items():
        if isinstance(value, dict):
            inner = document.get(key)
            table = dict(inner) if isinstance(inner, dict) else {}
            _apply(table, base[key], value, defaults[key])
            if table:
                document[key] = table
            else:
                document.pop(key, None)
        elif value != base[key]:
            document[key] = value
            if value == defaults[key]:
                del document[key]

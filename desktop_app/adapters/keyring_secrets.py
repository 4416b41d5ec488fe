"""API keys in the operating system's keyring, or in a private file where there is none."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_app.adapters.atomic_file import replace_file
from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_Result = TypeVar("_Result")

_UNPROTECTED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt.file")
"""Modules of backends that keep nothing, or keep it readable."""


_SERVICE = "lightdesk"
"""The name that keys are kept under in the keyring."""


class KeyringSecrets:
    """Fulfils `SecretStore`.

    Everything here may block until the user has unlocked the keyring in a dialog of the system: call it from
    a worker thread. The keyring library (65 ms) is imported at first use.
    """

    def __init__(
        self,
        file: Path,
        backend: KeyringBackend | None = None,
        use_keyring: bool = True,
    ) -> None:
        """Prepare; touches nothing yet.

        Args:
            file: where keys go when there is no keyring that protects them.
            backend: use this instead of the machine's keyring.
            use_keyring: False for the file alone.
        """
        self._file = file
        self._backend = backend
        self._use_keyring = use_keyring
        self._lock = threading.Lock()

    @property
    def is_protected(self) -> bool:
        """False when keys go to the file, which is readable by this user alone but not encrypted."""
        with self._lock:
            return self._keyring() is not None

    def get(self, name: str) -> str:
        """The secret, or "" when there is none.

        Raises:
            AppError: KEYRING_UNAVAILABLE when the keyring is there but does not open.
        """
        with self._lock:
            keyring = self._keyring()
            if keyring is not None:
                secret = _ask(lambda: keyring.get_password(_SERVICE, name))
                if secret:
                    return secret
            return self._read_file().get(name, "")

    def set(self, name: str, secret: str) -> None:
        """Store; an empty secret removes it.

        Raises:
            AppError: KEYRING_UNAVAILABLE, or for the file DISK_FULL or SETTINGS_UNWRITABLE. A key never goes
                to the file because a keyring that is there did not open.
        """
        with self._lock:
            keyring = self._keyring()
            if keyring is None:
                self._write_file(name, secret)
                return
            if secret:
                _ask(lambda: keyring.set_password(_SERVICE, name, secret))
            elif _ask(lambda: keyring.get_password(_SERVICE, name)) is not None:
                _ask(lambda: keyring.delete_password(_SERVICE, name))
            if name in self._read_file():
                self._write_file(name, "")

    def _keyring(self) -> KeyringBackend | None:
        if not self._use_keyring:
            return None
        if self._backend is None:
            import keyring

            self._backend = keyring.get_keyring()
        return self._backend if _protects(self._backend) else None

    def _read_file(self) -> dict[str, str]:
        try:
            kept = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as problem:
            raise AppError(
                ErrorCode.SETTINGS_UNREADABLE, detail=str(problem), name=str(self._file)
            ) from problem
        return {str(name): str(secret) for name, secret in kept.items()} if isinstance(kept, dict) else {}

    def _write_file(self, name: str, secret: str) -> None:
        kept = {**self._read_file(), name: secret}
        if not secret:
            del kept[name]
        with _file_errors(self._file):
            replace_file(self._file, json.dumps(kept, ensure_ascii=False, indent=1).encode())


@contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        code = ErrorCode.DISK_FULL if is_disk_full(problem) else ErrorCode.SETTINGS_UNWRITABLE
        raise AppError(code, detail=str(problem), name=str(path)) from problem


def _protects(backend: KeyringBackend) -> bool:
    if type(backend).__module__.startswith(_UNPROTECTED):
        return False
    chained = getattr(backend, "backends", None)
    return True if chained is None else any(_protects(inner) for inner in chained)


def _ask(call: Callable[[], _Result]) -> _Result:
    """Backends raise KeyringError, and errors of their own when the session bus is gone."""
    try:
        return call()
    except Exception as problem:
        detail = f"{type(problem).__name__}: {problem}"
        raise AppError(ErrorCode.KEYRING_UNAVAILABLE, detail=detail) from problem

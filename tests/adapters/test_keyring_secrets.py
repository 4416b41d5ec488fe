from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop_app.adapters.keyring_secrets import KeyringSecrets
from desktop_app.domain.errors import AppError, ErrorCode


class OpenKeyring(KeyringBackend):
    """A keyring that works, as the system's would."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


class LockedKeyring(OpenKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the user pressed Cancel")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("the user pressed Cancel")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "keys.json"


def test_keys_go_to_the_keyring_and_to_no_file(file: Path) -> None:
    backend = OpenKeyring()
    store = KeyringSecrets(file, backend=backend)
    store.set("box", "s3cret")

    assert store.is_protected
    assert store.get("box") == "s3cret"
    assert store.get("other") == ""
    assert backend.kept == {("lightdesk", "box"): "s3cret"}
    assert not file.exists()


def test_an_empty_secret_removes_also_what_is_not_there(file: Path) -> None:
    backend = OpenKeyring()
    store = KeyringSecrets(file, backend=backend)
    store.set("box", "s3cret")
    store.set("box", "")
    store.set("never", "")

    assert backend.kept == {}
    assert store.get("box") == ""


@pytest.mark.parametrize("backend", [NoKeyring(), NullKeyring()])
def test_without_a_keyring_a_private_file_serves(file: Path, backend: KeyringBackend) -> None:
    store = KeyringSecrets(file, backend=backend)
    store.set("box", "s3crét")
    store.set("other", "x")
    store.set("other", "")

    assert not store.is_protected
    assert KeyringSecrets(file, backend=backend).get("box") == "s3crét"
    assert "other" not in file.read_text("utf-8")
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_chain_of_nothing_protects_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChainerBackend, "backends", [NullKeyring()])

    assert not KeyringSecrets(file, backend=ChainerBackend()).is_protected


def test_a_key_moves_from_the_file_into_a_keyring_that_came_later(file: Path) -> None:
    KeyringSecrets(file, backend=NoKeyring()).set("box", "old")
    store = KeyringSecrets(file, backend=OpenKeyring())
    assert store.get("box") == "old"

    store.set("box", "new")
    assert store.get("box") == "new"
    assert "box" not in file.read_text("utf-8")


def test_a_locked_keyring_is_told_and_nothing_falls_into_the_file(file: Path) -> None:
    store = KeyringSecrets(file, backend=LockedKeyring())
    with pytest.raises(AppError) as setting:
        store.set("box", "s3cret")
    with pytest.raises(AppError) as getting:
        store.get("box")

    assert setting.value.code is getting.value.code is ErrorCode.KEYRING_UNAVAILABLE
    assert "s3cret" not in str(setting.value)
    assert not file.exists()


def test_a_damaged_key_file_is_told_and_not_overwritten(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{")
    store = KeyringSecrets(file, backend=NoKeyring())
    with pytest.raises(AppError) as caught:
        store.set("box", "s3cret")

    assert caught.value.code is ErrorCode.SETTINGS_UNREADABLE
    assert file.read_text() == "{"


def test_the_keyring_library_waits_for_the_first_use() -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from desktop_app.adapters.keyring_secrets import KeyringSecrets;"
        "KeyringSecrets(Path('nowhere')); print('keyring' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"


def test_a_keyring_that_is_not_to_be_used_is_not_even_loaded(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from desktop_app.adapters.keyring_secrets import KeyringSecrets\n"
        "store = KeyringSecrets(Path(sys.argv[1]), use_keyring=False)\n"
        "store.set('box', 'secret')\n"
        "assert store.get('box') == 'secret' and not store.is_protected\n"
        "assert 'keyring' not in sys.modules\n"
    )
    file = tmp_path / "keys.json"
    subprocess.run([sys.executable, "-c", program, str(file)], check=True, cwd=Path(__file__).parents[2])
    assert "secret" in file.read_text()

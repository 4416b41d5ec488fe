from __future__ import annotations

import errno
import io
import re
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import Resolve, system_resolve
from desktop_app.adapters.imaging.formats import picture_format, registry
from desktop_app.adapters.picture_fetcher import HEAD_BYTES, HttpPictureFetcher, file_name
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.settings import PictureSettings
from tests.fakes.fake_server import Exchange, FakeServer, closed_port, cut, hang, status

LIMITS = PictureSettings(fetch_limit_mb=1, fetch_timeout_s=2)


def _encoded(kind: str) -> bytes:
    target, picture = io.BytesIO(), Image.new("RGB", (40, 30), "orange")
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(target)
    else:
        picture.save(target, kind)
    return target.getvalue()


PNG = _encoded("PNG")


def _fetcher(resolve: Resolve = system_resolve, settings: PictureSettings = LIMITS) -> HttpPictureFetcher:
    return HttpPictureFetcher(GuardedClients(resolve).for_fetch, lambda: settings, registry.suffixes_of)


async def _refused(address: str, into: Path, resolve: Resolve = system_resolve) -> AppError:
    with pytest.raises(AppError) as caught:
        await _fetcher(resolve).fetch(address, into)
    assert _files(into) == []
    return caught.value


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def _at(server: FakeServer, path: str) -> str:
    return f"http://127.0.0.1:{server.port}{path}"


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("PNG", ".png"),
        ("JPEG", ".jpg"),
        ("GIF", ".gif"),
        ("WEBP", ".webp"),
        ("BMP", ".bmp"),
        ("TIFF", ".tif"),
        ("AVIF", ".avif"),
        ("HEIF", ".heic"),
    ],
)
async def test_a_picture_gets_the_suffix_of_its_content(
    server: FakeServer, tmp_path: Path, kind: str, suffix: str
) -> None:
    content = _encoded(kind)
    server.pages["/a%20cat.php"] = (200, content)
    path = await _fetcher().fetch(_at(server, "/a%20cat.php"), tmp_path / "new")
    assert path == tmp_path / "new" / f"a cat.php{suffix}"
    assert path.read_bytes() == content


async def test_names_do_not_collide(server: FakeServer, tmp_path: Path) -> None:
    server.pages["/cat.png"] = (200, PNG)
    paths = [await _fetcher().fetch(_at(server, "/cat.png"), tmp_path) for _ in range(3)]
    assert [path.name for path in paths] == ["cat.png", "cat (2).png", "cat (3).png"]
    assert _files(tmp_path) == sorted(paths)


@pytest.mark.parametrize(
    "page", [b"", b"\x89PN", b"MZ\x90\0", "<html><img src=cat.png></html>", b"<svg/>" * 99]
)
async def test_what_is_no_picture_is_refused(server: FakeServer, tmp_path: Path, page: object) -> None:
    server.pages["/cat.png"] = status(200, page, {"Content-Type": "image/png"})
    error = await _refused(_at(server, "/cat.png"), tmp_path)
    assert error.code is ErrorCode.FETCH_NOT_A_PICTURE
    assert error.values == {"address": _at(server, "/cat.png")}


async def test_too_large_by_its_own_words(server: FakeServer, tmp_path: Path) -> None:
    server.pages["/cat.png"] = (200, PNG + bytes(1_000_000))
    error = await _refused(_at(server, "/cat.png"), tmp_path)
    assert error.code is ErrorCode.FETCH_TOO_LARGE
    assert error.values["limit"] == 1


async def test_too_large_without_saying_so(server: FakeServer, tmp_path: Path) -> None:
    async def endless(exchange: Exchange) -> None:
        await exchange.begin_stream()
        await exchange.piece(PNG)
        while True:
            await exchange.piece(bytes(100_000))

    server.pages["/cat.png"] = endless
    assert (await _refused(_at(server, "/cat.png"), tmp_path)).code is ErrorCode.FETCH_TOO_LARGE


async def test_too_slow(server: FakeServer, tmp_path: Path) -> None:
    server.pages["/cat.png"] = hang
    settings = PictureSettings(fetch_timeout_s=0)
    with pytest.raises(AppError) as caught:
        await _fetcher(settings=settings).fetch(_at(server, "/cat.png"), tmp_path)
    assert caught.value.code is ErrorCode.FETCH_TIMEOUT


async def test_cut_off(server: FakeServer, tmp_path: Path) -> None:
    async def half(exchange: Exchange) -> None:
        await exchange.head(200, {"Content-Length": str(len(PNG))})
        await exchange.raw(PNG[:50])
        await cut(exchange)

    server.pages["/cat.png"] = half
    assert (await _refused(_at(server, "/cat.png"), tmp_path)).code is ErrorCode.FETCH_FAILED


@pytest.mark.parametrize(
    "address", ["ftp://box/cat.png", "file:///etc/passwd", "cat.png", "http://", "http://[x/"]
)
async def test_not_a_web_address(tmp_path: Path, address: str) -> None:
    assert (await _refused(address, tmp_path)).code is ErrorCode.FETCH_FAILED


async def test_a_full_disk_is_said_and_leaves_nothing(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    server.pages["/cat.png"] = (200, PNG)
    monkeypatch.setattr(Path, "write_bytes", half)
    assert (await _refused(_at(server, "/cat.png"), tmp_path)).code is ErrorCode.DISK_FULL


async def test_nobody_there_and_nothing_there(server: FakeServer, tmp_path: Path) -> None:
    closed = await _refused(f"http://127.0.0.1:{closed_port()}/cat.png", tmp_path)
    missing = await _refused(_at(server, "/cat.png"), tmp_path)
    assert closed.code is missing.code is ErrorCode.FETCH_FAILED
    assert "404" in missing.detail


async def test_passwords_and_queries_are_not_shown(server: FakeServer, tmp_path: Path) -> None:
    error = await _refused(f"http://me:pass@127.0.0.1:{server.port}/cat.png?token=secret", tmp_path)
    assert error.values == {"address": _at(server, "/cat.png")}
    assert "secret" not in str(error)


async def test_a_redirect_on_the_same_host_is_followed(server: FakeServer, tmp_path: Path) -> None:
    server.pages["/cat"] = status(302, b"", {"Location": "/pictures/tom.png"})
    server.pages["/pictures/tom.png"] = (200, PNG)
    assert (await _fetcher().fetch(_at(server, "/cat"), tmp_path)).name == "tom.png"


async def test_a_redirect_elsewhere_is_refused(server: FakeServer, tmp_path: Path) -> None:
    with FakeServer() as inside:
        inside.pages["/cat.png"] = (200, PNG)
        server.pages["/cat"] = status(302, b"", {"Location": f"http://localhost:{inside.port}/cat.png"})
        error = await _refused(_at(server, "/cat"), tmp_path)
        assert inside.requests == []
    assert error.code is ErrorCode.BLOCKED_REDIRECT
    assert error.values == {"host": "localhost"}


async def test_a_host_that_changes_its_address_gains_nothing(server: FakeServer, tmp_path: Path) -> None:
    answers = [("127.0.0.1",), ("8.8.8.8",)]

    async def turning(host: str) -> tuple[str, ...]:
        return answers.pop(0)

    server.pages["/cat"] = status(302, b"", {"Location": "/tom.png"})
    server.pages["/tom.png"] = (200, PNG)
    path = await _fetcher(turning).fetch(f"http://far.test:{server.port}/cat", tmp_path)
    assert path.name == "tom.png"
    assert len(answers) == 1


async def test_endless_redirects_end(server: FakeServer, tmp_path: Path) -> None:
    server.pages["/cat"] = status(302, b"", {"Location": "/cat"})
    assert (await _refused(_at(server, "/cat"), tmp_path)).code is ErrorCode.FETCH_FAILED


@pytest.mark.parametrize(
    ("address", "disposition", "name"),
    [
        ("http://x/a/b.jpeg?c=d", "", "b.jpeg"),
        ("http://x/b.JPG", "", "b.JPG"),
        ("http://x/b.png", "", "b.png.jpg"),
        ("http://x/", "", "picture.jpg"),
        ("http://x/%2e%2e%2fetc%2fpasswd", "", "passwd.jpg"),
        ("http://x/con", "", "picture con.jpg"),
        ("http://x/p", 'attachment; filename="über.jpg"', "über.jpg"),
        ("http://x/p", "attachment; filename*=UTF-8''%E5%9B%BE.jpg; filename=x.jpg", "图.jpg"),
        ("http://x/p", "attachment; filename=..\\..\\evil.jpg", "evil.jpg"),
        ("http://x/p", 'attachment; filename=""', "p.jpg"),
        ("http://x/p", "attachment; filename*=nonsense''%41", "p.jpg"),
    ],
)
def test_names(address: str, disposition: str, name: str) -> None:
    assert file_name(address, disposition, (".jpg", ".jpeg")) == name


@given(path=st.text(max_size=300), disposition=st.text(max_size=100))
def test_any_name_is_safe(path: str, disposition: str) -> None:
    name = file_name(f"http://x/{path}", f"attachment; filename={disposition}", (".png", ".apng"))
    assert re.fullmatch(r'[^\x00-\x1f/\\<>:"|?*]{1,95}', name)
    assert name.lower().endswith((".png", ".apng"))
    assert not name.startswith(".")


def test_enough_is_read_to_tell_every_format() -> None:
    assert HEAD_BYTES >= picture_format.HEAD_BYTES


@given(head=st.binary(max_size=32))
def test_any_bytes_are_judged(head: bytes) -> None:
    assert set(registry.suffixes_of(head)) <= registry.all_suffixes()

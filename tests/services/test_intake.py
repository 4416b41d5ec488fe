from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.intake import Incoming, Taken
from desktop_app.domain.pictures import Picture
from desktop_app.services.intake import IntakeService
from desktop_app.services.picture_workers import PictureWorkers


class CopyFetcher:
    """Has one picture, at one address."""

    async def fetch(self, address: str, into: Path) -> Path:
        if address != "https://example.org/cat.png":
            raise AppError(ErrorCode.FETCH_FAILED, address=address)
        into.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
        (into / "cat.png").write_bytes(png())
        return into / "cat.png"


def png(colour: str = "red") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture
def pasted(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pasted"


@pytest.fixture
def intake(pasted: Path) -> Iterator[IntakeService]:
    workers = PictureWorkers()
    yield IntakeService(
        PillowPictureFiles(100), workers, CopyFetcher(), pasted, lambda: datetime(2026, 8, 14, 15, 30, 12)
    )
    workers.close()


def codes(taken: Taken) -> list[ErrorCode]:
    return [problem.code for problem in taken.refused]


async def test_folders_pictures_and_others_are_sorted_in_the_order_given(
    intake: IntakeService, tmp_path: Path
) -> None:
    folder, one, two = tmp_path / "folder", tmp_path / "b.png", tmp_path / "a.png"
    text, empty, missing = tmp_path / "notes.txt", tmp_path / "empty.png", tmp_path / "missing.png"
    folder.mkdir()
    one.write_bytes(png())
    two.write_bytes(png("blue"))
    text.write_text("not a picture")
    empty.write_bytes(b"")

    taken = await intake.take(Incoming(paths=(one, text, folder, two, empty, missing, one)))

    assert taken.folders == (folder,)
    assert taken.pictures == (Picture(one), Picture(two))
    assert codes(taken) == [
        ErrorCode.PICTURE_UNKNOWN_FORMAT,
        ErrorCode.PICTURE_EMPTY,
        ErrorCode.PICTURE_MISSING,
    ]
    assert [problem.values["name"] for problem in taken.refused] == ["notes.txt", "empty.png", "missing.png"]


async def test_paths_become_absolute(
    intake: IntakeService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(png())
    monkeypatch.chdir(tmp_path)

    assert (await intake.take(Incoming(paths=(Path("a.png"),)))).pictures == (Picture(tmp_path / "a.png"),)


async def test_pixels_become_files_with_dated_names(intake: IntakeService, pasted: Path) -> None:
    first = await intake.take(Incoming(image=png(), addresses=("https://example.org/cat.png",)))
    second = await intake.take(Incoming(image=png("blue")))

    assert first.pictures == (Picture(pasted / "pasted 2026-08-14 15.30.12.png"),)
    assert second.pictures == (Picture(pasted / "pasted 2026-08-14 15.30.12 (2).png"),)
    assert first.pictures[0].path.read_bytes() == png()


async def test_files_count_before_their_pixels(intake: IntakeService, tmp_path: Path, pasted: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    taken = await intake.take(Incoming(paths=(tmp_path / "a.png",), image=png("blue")))

    assert taken.pictures == (Picture(tmp_path / "a.png"),)
    assert not pasted.exists()  # noqa: ASYNC240


async def test_pixels_that_are_none_leave_no_file(intake: IntakeService, pasted: Path) -> None:
    taken = await intake.take(Incoming(image=b"<html>"))

    assert codes(taken) == [ErrorCode.PICTURE_UNKNOWN_FORMAT]
    assert list(pasted.iterdir()) == []  # noqa: ASYNC240


async def test_where_nothing_can_be_saved_says_so(intake: IntakeService, pasted: Path) -> None:
    pasted.parent.write_text("a file where the folder should be")

    assert codes(await intake.take(Incoming(image=png()))) == [ErrorCode.PASTE_NOT_SAVED]


async def test_addresses_alone_are_left_for_the_user_to_agree(intake: IntakeService) -> None:
    assert await intake.take(Incoming(addresses=("https://example.org/cat.png",))) == Taken()


async def test_a_fetched_picture_knows_where_it_came_from(intake: IntakeService, pasted: Path) -> None:
    picture = await intake.fetch("https://example.org/cat.png")

    assert picture == Picture(pasted / "cat.png", origin="https://example.org/cat.png")
    with pytest.raises(AppError):
        await intake.fetch("https://example.org/dog.png")

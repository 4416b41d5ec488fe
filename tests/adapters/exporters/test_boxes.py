"""Boxes for training, read back as trainers read them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.exporters.boxes import box_fields, boxes_of, safe_name
from desktop_app.adapters.exporters.coco_json import CocoExporter
from desktop_app.adapters.exporters.yolo_folder import YoloExporter, normalised
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, Places, plain_form
from desktop_app.domain.runs.export_format import ExportOptions
from tests.fakes.handed_over import VALUES, BrokenOffError, answered, failed, job, run

SEVERAL = {**VALUES, "damage": [[10, 20, 110, 220], [390, 290, 500, 999]], "sign": [[0, 0, 400, 300]]}


def test_coco_holds_pictures_boxes_and_categories(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    CocoExporter().write(job(path, answered(1, SEVERAL), answered(2, {**VALUES, "damage": []})))
    told = json.loads(path.read_text("utf-8"))
    assert [(one["id"], one["name"]) for one in told["categories"]] == [(1, "Damage <1>"), (2, "Sign")]
    assert told["images"] == [
        {"id": 1, "file_name": "span/IMG_0001.jpg", "width": 400, "height": 300},
        {"id": 2, "file_name": "span/IMG_0002.jpg", "width": 400, "height": 300},
    ]
    assert [(one["id"], one["image_id"], one["category_id"], one["bbox"], one["area"])
            for one in told["annotations"]] == [
        (1, 1, 1, [10, 20, 100, 200], 20_000),
        (2, 1, 1, [390, 290, 10, 10], 100),
        (3, 1, 2, [0, 0, 400, 300], 120_000),
    ]  # fmt: skip


def test_a_picture_without_an_answer_is_no_picture_without_boxes(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    unanswered = {key: value for key, value in VALUES.items() if key not in ("damage", "sign")}
    notes = CocoExporter().write(job(path, failed(1), answered(2, unanswered), answered(3)))
    assert [one["id"] for one in json.loads(path.read_text("utf-8"))["images"]] == [3]
    assert [(note.code, dict(note.values)["count"]) for note in notes] == [("no-boxes-known", 2)]


NOTHING_MARKED = [
    answered(1, {**VALUES, "damage": []}),
    answered(2, {**VALUES, "damage": []}, edited={"damage": None}),
    answered(3, {"damage": []}, edited={"sign": []}),
]
"""Pictures whose answers are valid and name no boxes; "sign" may be empty."""

NOT_KNOWN = [answered(4, {"damage": []}), answered(5, {"sign": None}), failed(6)]


def test_a_valid_answer_without_boxes_is_a_picture_without_annotations(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    notes = CocoExporter().write(job(path, *NOTHING_MARKED, *NOT_KNOWN))
    told = json.loads(path.read_text("utf-8"))
    assert ([one["id"] for one in told["images"]], told["annotations"]) == ([1, 2, 3], [])
    assert {note.code: dict(note.values)["count"] for note in notes} == {
        "without-boxes": 3,
        "no-boxes-known": 3,
    }


def test_a_field_that_may_be_empty_and_is_makes_no_answer_invalid(tmp_path: Path) -> None:
    form = Form("Signs", (FormField("sign", "Sign", Places(), required=False),))
    notes = YoloExporter().write(job(tmp_path / "boxes", answered(1, {"sign": None}), of=run(form)))
    assert (tmp_path / "boxes" / "labels" / "span" / "IMG_0001.txt").read_bytes() == b""
    assert parts_of(tmp_path / "boxes")[0] == ["./images/span/IMG_0001.jpg"]
    assert [note.code for note in notes] == ["without-boxes"]


def test_boxes_that_are_known_are_kept_where_another_field_has_no_valid_value() -> None:
    marked = boxes_of(answered(1, {"damage": [[1, 2, 3, 5]]}), box_fields(run().plan.form))
    assert marked is not None
    assert [box.sides for box in marked[1]] == [(1, 2, 3, 5)]


def test_a_persons_boxes_count(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    CocoExporter().write(job(path, answered(1, edited={"damage": [[1, 2, 3, 5]]})))
    assert [one["bbox"] for one in json.loads(path.read_text("utf-8"))["annotations"]] == [[1, 2, 2, 3]]


def test_an_empty_run_is_still_coco(tmp_path: Path) -> None:
    CocoExporter().write(job(tmp_path / "a.json"))
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (told["images"], told["annotations"]) == ([], [])


def test_yolo_holds_a_file_for_each_picture(tmp_path: Path) -> None:
    path = tmp_path / "boxes"
    YoloExporter().write(job(path, answered(1, SEVERAL), answered(2, {**VALUES, "damage": []})))
    labels = (path / "labels" / "span" / "IMG_0001.txt").read_text().splitlines()
    assert labels == [
        "0 0.150000 0.400000 0.250000 0.666667",
        "0 0.987500 0.983333 0.025000 0.033333",
        "1 0.500000 0.500000 1.000000 1.000000",
    ]
    assert (path / "labels" / "span" / "IMG_0002.txt").read_text() == ""
    assert (path / "classes.txt").read_text().splitlines() == ["Damage <1>", "Sign"]
    assert '  0: "Damage <1>"\n  1: "Sign"\n' in (path / "data.yaml").read_text()
    assert not (path / "images").exists()


def test_trainers_find_the_pictures_and_can_read_the_names_of_the_classes(tmp_path: Path) -> None:
    sign = FormField("sign", "标牌 🚧", Places())
    survey = run(Form("Survey", (sign,)))
    YoloExporter().write(job(tmp_path / "boxes", of=survey))
    told = (tmp_path / "boxes" / "data.yaml").read_text("utf-8")
    assert "path:" not in told, "a relative one starts at the trainer's folder for data sets"
    assert "\ntrain: train.txt\nval: val.txt\n" in told
    assert '  0: "标牌 🚧"\n' in told


def parts_of(folder: Path) -> tuple[list[str], list[str]]:
    learnt, tried = ((folder / name).read_text("utf-8").splitlines() for name in ("train.txt", "val.txt"))
    return learnt, tried


@given(st.integers(1, 30))
def test_a_model_is_tried_on_pictures_that_it_has_not_learnt_from(count: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "boxes")
        items = [answered(number, {**VALUES, "damage": []}) for number in range(1, count + 1)]
        YoloExporter().write(job(folder, *items))
        learnt, tried = parts_of(folder)
    expected = {f"./images/span/IMG_{number:04}.jpg" for number in range(1, count + 1)}
    assert {*learnt, *tried} == expected
    assert learnt
    assert tried
    if count > 1:
        assert not {*learnt} & {*tried}
        assert len(learnt) >= len(tried)


@given(st.lists(st.integers(-50, 2000), min_size=4, max_size=4))
def test_yolos_parts_lead_back_to_the_box(sides: list[int]) -> None:
    item = answered(1, {**VALUES, "damage": [sides]})
    marked = boxes_of(item, box_fields(run().plan.form))
    assert marked is not None
    size, boxes = marked
    for box in boxes:
        left, top, right, bottom = box.sides
        assert 0 <= left < right <= 400
        assert 0 <= top < bottom <= 300
        x, y, width, height = map(float, normalised(box, size).split())
        assert (x - width / 2) * 400 == pytest.approx(left, abs=0.01)
        assert (y + height / 2) * 300 == pytest.approx(bottom, abs=0.01)


def test_pictures_are_copied_when_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"picture")
    items = [
        answered(1, name="x/a.jpg", path=str(tmp_path / "a.jpg")),
        answered(2, name="x/b.jpg", path=str(tmp_path / "gone.jpg")),
    ]
    told = job(tmp_path / "boxes", *items, options=ExportOptions(copy_pictures=True))
    notes = YoloExporter().write(told)
    assert (tmp_path / "boxes" / "images" / "x" / "a.jpg").read_bytes() == b"picture"
    assert [(note.code, dict(note.values)["name"]) for note in notes] == [("not-copied", "x/b.jpg")]
    assert parts_of(tmp_path / "boxes") == (["./images/x/a.jpg"], ["./images/x/a.jpg"])


def test_two_pictures_of_one_name_do_not_share_a_file(tmp_path: Path) -> None:
    items = [answered(1, name="a.jpg"), answered(2, {**VALUES, "damage": []}, name="A.png")]
    notes = YoloExporter().write(job(tmp_path / "boxes", *items))
    assert (tmp_path / "boxes" / "labels" / "a.txt").read_text().count("\n") == 2
    assert [(note.code, dict(note.values)["name"]) for note in notes] == [("names-shared", "A.png")]


def test_a_folder_in_which_something_is_stays_untouched(tmp_path: Path) -> None:
    (tmp_path / "boxes").mkdir()
    (tmp_path / "boxes" / "mine.txt").write_text("mine")
    with pytest.raises(AppError) as caught:
        YoloExporter().write(job(tmp_path / "boxes", answered()))
    assert caught.value.code is ErrorCode.EXPORT_FOLDER
    assert [path.name for path in tmp_path.rglob("*")] == ["boxes", "mine.txt"]


def test_an_export_that_is_broken_off_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BrokenOffError):
        YoloExporter().write(job(tmp_path / "boxes", answered(1), answered(2), ends_after=1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("exporter", [CocoExporter, YoloExporter])
def test_a_form_without_boxes_is_refused(tmp_path: Path, exporter: type[CocoExporter]) -> None:
    with pytest.raises(AppError) as caught:
        exporter().write(job(tmp_path / "a", answered(), of=run(plain_form("What is it?"))))
    assert caught.value.code is ErrorCode.EXPORT_NO_BOXES
    assert list(tmp_path.iterdir()) == []


@given(st.text())
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    path = safe_name(name)
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert path.name
    assert not set(str(path)) & set('<>:"|?*\\')

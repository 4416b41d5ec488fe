"""Names that lead results back, and addresses of files elsewhere."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.geometry import Size
from desktop_app.domain.runs.batch import BatchName, file_address, name_in
from desktop_app.domain.vision_tokens import FAMILIES

_ids = st.integers(0, 10**15)
_sizes = st.builds(Size, st.integers(1, 99_999), st.integers(1, 99_999))
_names = st.builds(
    BatchName,
    _ids,
    _ids,
    st.sampled_from([family.name for family in FAMILIES]),
    _sizes,
    _sizes,
    st.text("0123456789abcdef", min_size=64, max_size=64),
)


@given(_names)
def test_a_name_is_read_back_as_it_was(name: BatchName) -> None:
    assert name_in(str(name)) == name


@given(_names)
def test_a_name_holds_nothing_that_a_service_might_change(name: BatchName) -> None:
    assert set(str(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_.-")
    assert len(str(name)) < 256


@given(st.text())
def test_no_text_breaks_the_reading_of_names(text: str) -> None:
    name_in(text)


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "request-1",
        "lightdesk_1_2",
        "lightdesk_1_2_qwen2-vl_0x3_28x28_" + "a" * 64,
        "lightdesk_1_2_qwen2-vl_4x3_28x28_" + "A" * 64,
        "lightdesk_1_2_qwen2-vl_4x3_28x28_" + "a" * 63,
        "lightdesk_٣_2_qwen2-vl_4x3_28x28_" + "a" * 64,
        " lightdesk_1_2_qwen2-vl_4x3_28x28_" + "a" * 64,
    ],
)
def test_other_names_are_nobodys(custom_id: str) -> None:
    assert name_in(custom_id) is None


@pytest.mark.parametrize(
    ("path", "local", "server", "address"),
    [
        (PurePosixPath("/data/a b/ü#1.jpg"), None, "", "file:///data/a%20b/%C3%BC%231.jpg"),
        (PurePosixPath("/data/x/a.jpg"), PurePosixPath("/data"), "/mnt/nas/", "file:///mnt/nas/x/a.jpg"),
        (PurePosixPath("/other/a.jpg"), PurePosixPath("/data"), "/mnt", "file:///other/a.jpg"),
        (PurePosixPath("/database/a.jpg"), PurePosixPath("/data"), "/mnt", "file:///database/a.jpg"),
        (PureWindowsPath(r"D:\Bilder\x\a.jpg"), PureWindowsPath(r"d:\bilder"), "/mnt", "file:///mnt/x/a.jpg"),
        (PureWindowsPath(r"D:\a.jpg"), None, "", "file:///D%3A/a.jpg"),
    ],
)
def test_a_file_is_addressed_as_the_service_finds_it(
    path: PurePath, local: PurePath | None, server: str, address: str
) -> None:
    assert file_address(path, local, server) == address

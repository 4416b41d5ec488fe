"""The logs: what is written, and what happens where nothing can be written."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from desktop_app.adapters.log_files import PROGRAM, LogFiles
from desktop_app.domain.servers import NetworkScope


def test_each_log_has_a_file_of_its_own(tmp_path: Path) -> None:
    logs = LogFiles(tmp_path / "log" / "lightdesk.log")
    logs.connection("gpu-box", NetworkScope.LAN, True)
    logs.connection("example.com", NetworkScope.OUTSIDE, False)
    logging.getLogger(PROGRAM).warning("odd")
    logs.close()
    connections = (tmp_path / "log" / "connections.log").read_text("utf-8").splitlines()
    program = (tmp_path / "log" / "lightdesk.log").read_text("utf-8").splitlines()
    assert [line.split(" INFO ")[1] for line in connections] == [
        "allowed lan gpu-box",
        "refused outside example.com",
    ]
    assert len(program) == 1
    assert program[0].endswith("WARNING odd")


def test_a_folder_that_cannot_be_made_costs_the_logs_alone(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    logs = LogFiles(tmp_path / "log" / "lightdesk.log")
    logs.connection("gpu-box", NetworkScope.LAN, True)
    assert logs.problem is not None
    logs.close()


def test_nothing_is_written_after_closing(tmp_path: Path) -> None:
    logs = LogFiles(tmp_path / "lightdesk.log")
    logs.close()
    logs.connection("gpu-box", NetworkScope.LAN, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_costs_the_logs_alone_and_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "connections.log").symlink_to("/dev/full")
    logs = LogFiles(tmp_path / "lightdesk.log")
    for _ in range(1000):
        logs.connection("gpu-box", NetworkScope.LAN, True)
    logs.close()
    assert capsys.readouterr() == ("", "")

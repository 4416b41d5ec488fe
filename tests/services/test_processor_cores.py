from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.processor_cores import (
    FEWEST_THREADS,
    MOST_THREADS,
    threads_for_pictures,
    usable_cores,
)


@given(st.integers(1, 512))
def test_a_core_is_left_to_the_window_where_there_are_enough(cores: int) -> None:
    threads = threads_for_pictures(cores)
    assert FEWEST_THREADS <= threads <= MOST_THREADS
    assert threads < cores or threads == FEWEST_THREADS
    assert threads <= threads_for_pictures(cores + 1)


def test_threads_by_cores() -> None:
    assert [threads_for_pictures(cores) for cores in (1, 2, 3, 4, 5, 8, 64)] == [2, 2, 2, 3, 4, 4, 4]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tie a process to cores this way")
def test_a_process_tied_to_one_core_counts_one() -> None:
    allowed = os.sched_getaffinity(0)
    assert usable_cores() == len(allowed)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)

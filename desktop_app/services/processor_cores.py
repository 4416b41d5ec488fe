"""How many pictures are worth working on at the same time on this computer."""

from __future__ import annotations

import os
import sys

FEWEST_THREADS = 2
"""One decodes while another one waits for the disk, also where there is one core."""

MOST_THREADS = 4
"""Each needs 70 MB for a photograph of 12 megapixels; a run of those took 363 MB with so many."""


def threads_for_pictures(cores: int) -> int:
    """Threads for pictures that nobody looks at: one core is left to the window."""
    return min(MOST_THREADS, max(FEWEST_THREADS, cores - 1))


def usable_cores() -> int:
    """Cores this process may use; fewer than there are where somebody has tied it to some of them."""
    if sys.version_info >= (3, 13):
        cores = os.process_cpu_count()
    elif sys.platform == "linux":
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count()
    return cores or 1

"""The box at the beginning of files built like MP4, which names what is inside."""

from __future__ import annotations


def brands(head: bytes) -> frozenset[bytes]:
    """All brands in the file type box (ISO/IEC 14496-12), empty when there is no such box."""
    if head[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return frozenset(head[at : at + 4] for at in (8, *range(16, end - 3, 4)))

"""How an answer's pictures and places read: in JSON, and in lines for the person."""

from __future__ import annotations

from typing import Any

from desktop_app.cli.output import tell
from desktop_app.domain.answers import SentPicture
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.picture_notes import english


def picture_json(sent: SentPicture) -> dict[str, Any]:
    return {
        "path": sent.picture.origin or str(sent.picture.path),
        "original_size": [sent.original_size.width, sent.original_size.height],
        "sent_size": [sent.sent_size.width, sent.sent_size.height],
        "sent_format": sent.sent_format,
        "sent_bytes": sent.sent_bytes,
        "predicted_tokens": sent.predicted_tokens,
    }


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    place: dict[str, Any] = {"picture": evidence.picture, "label": evidence.label}
    if evidence.box is not None:
        box = evidence.box
        place["box"] = [round(value, 1) for value in (box.left, box.top, box.right, box.bottom)]
    elif evidence.point is not None:
        place["point"] = [round(evidence.point.x, 1), round(evidence.point.y, 1)]
    return place


def tell_pictures(pictures: tuple[SentPicture, ...]) -> None:
    for number, sent in enumerate(pictures, start=1):
        if sent.sent_bytes:
            _tell_sizes(number, sent)
        tell_notes(number, sent)


def _tell_sizes(number: int, sent: SentPicture) -> None:
    was, now = sent.original_size, sent.sent_size
    part = " (part of it)" if sent.region is not None else ""
    tell(
        f"Picture {number}: {sent.picture.name}, {was.width}x{was.height}{part}, sent as "
        f"{now.width}x{now.height} {sent.sent_format}, {-(-sent.sent_bytes // 1000)} kB, "
        f"{sent.predicted_tokens} image tokens"
    )


def tell_notes(number: int, sent: SentPicture) -> None:
    for note in sent.notes:
        tell(f"Picture {number}: {english(note)}")


def evidence_line(evidence: Evidence) -> str:
    name = f"{evidence.label}: " if evidence.label else ""
    if evidence.box is not None:
        box = evidence.box
        place = f"{box.left:.0f},{box.top:.0f} to {box.right:.0f},{box.bottom:.0f}"
    elif evidence.point is not None:
        place = f"{evidence.point.x:.0f},{evidence.point.y:.0f}"
    else:
        place = "somewhere"
    return f"{name}{place} in picture {evidence.picture}"

"""Text recognition with rapidocr (PP-OCR models on onnxruntime), inside the process that loads it.

The models are files in the rapidocr package. They are given by path: without one the package would compare
checksums and, on a mismatch, try to download.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
import rapidocr
from rapidocr.main import RapidOCRError
from rapidocr.utils.process_img import map_boxes_to_original

from desktop_app.adapters.rapid_reader.reading_order import reading_rows
from desktop_app.domain.geometry import Box
from desktop_app.domain.reading import TextLine

_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
_LEAST_CONFIDENCE = 0.5
_LEAST_FOR_ONE_LETTER = 0.9
"""A letter alone on its line is as often an eye, a wheel or a knot in wood."""

_BATCH = 6
_LONGEST_SIDE = 2400
_BAND_SHAPE = 1.5
"""Height of a band of a tall picture in widths."""

_BAND_OVERLAP = 160
_SLIMMEST = 6
"""Detection enlarges the shorter side to 736 pixels, so a thin strip would become enormous: it is given a
margin until it is at most this many times as long as it is wide.
"""


class RapidEngine:
    """Finds and reads lines; loading takes about two seconds and 200 MB."""

    def __init__(self, threads: int) -> None:
        """
        Raises:
            FileNotFoundError: when the package lacks its models.
        """
        folder = Path(rapidocr.__file__).parent / "models"
        models = {name: str(folder / file) for name, file in _MODELS.items()}
        for file in models.values():
            if not Path(file).is_file():
                raise FileNotFoundError(file)
        cv2.setNumThreads(1)
        disable_telemetry = getattr(onnxruntime, "disable_telemetry_events", None)
        if disable_telemetry is not None:
            disable_telemetry()
        self._ocr = rapidocr.RapidOCR(
            params={
                **models,
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": min(threads, os.cpu_count() or 1),
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        logging.getLogger("RapidOCR").handlers.clear()

    def read(self, rgb: Any) -> Iterator[TextLine]:
        """Lines of an array of height x width x 3 bytes, in reading order, as they are recognised."""
        scale = min(1.0, _LONGEST_SIDE / _deciding_side(rgb.shape[1], rgb.shape[0]))
        if scale < 1.0:
            size = (max(round(rgb.shape[1] * scale), 1), max(round(rgb.shape[0] * scale), 1))
            rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        bgr = rgb[:, :, ::-1]
        for top, bottom, core_top, core_bottom in _bands(bgr.shape[1], bgr.shape[0]):
            for line in self._read_band(bgr[top:bottom], core_top - top, core_bottom - top):
                box = line.box.moved(0, top)
                scaled = Box(box.left / scale, box.top / scale, box.right / scale, box.bottom / scale)
                yield TextLine(line.text, scaled, line.confidence)

    def _read_band(self, bgr: Any, core_top: float, core_bottom: float) -> Iterator[TextLine]:
        crops, boxes = self._detect(bgr)
        inside = [i for i, box in enumerate(boxes) if core_top <= (box.top + box.bottom) / 2 < core_bottom]
        crops, boxes = [crops[i] for i in inside], [boxes[i] for i in inside]
        waiting: list[list[int]] = []
        for row in reading_rows(boxes):
            waiting.append(row)
            if sum(map(len, waiting)) >= _BATCH:
                yield from self._recognise(waiting, crops, boxes)
                waiting = []
        yield from self._recognise(waiting, crops, boxes)

    def _detect(self, bgr: Any) -> tuple[list[Any], list[Box]]:
        bgr = _with_margin(bgr)
        height, width = bgr.shape[:2]
        image, record = self._ocr.preprocess_img(bgr)
        try:
            crops, found = self._ocr.detect_and_crop(image, record)
        except RapidOCRError:  # its way to say that there is no text
            return [], []
        if found.boxes is None:
            return [], []
        corners = map_boxes_to_original(found.boxes, record, height, width)
        return crops, [_upright(four) for four in corners]

    def _recognise(self, rows: list[list[int]], crops: list[Any], boxes: list[Box]) -> Iterator[TextLine]:
        members = [index for row in rows for index in row]
        if not members:
            return
        try:
            upright, _ = self._ocr.cls_and_rotate([crops[index] for index in members])
            result = self._ocr.recognize_txt(upright)
        except RapidOCRError:
            return
        read = dict(zip(members, zip(result.txts or (), result.scores, strict=True), strict=True))
        for row in rows:
            good = [i for i in row if read[i][0].strip() and float(read[i][1]) >= _LEAST_CONFIDENCE]
            if good:
                line = _joined([(read[i][0].strip(), boxes[i], float(read[i][1])) for i in good])
                if len(line.text) > 1 or line.confidence >= _LEAST_FOR_ONE_LETTER:
                    yield line


def _joined(pieces: list[tuple[str, Box, float]]) -> TextLine:
    boxes = [box for _, box, _ in pieces]
    around = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    text = pieces[0][0]
    for (_, before, _), (following, box, _) in pairwise(pieces):
        # A wide gap, as before a price, stays visible.
        text += (" " if box.left - before.right < before.height else "  ") + following
    return TextLine(text, around, min(score for *_, score in pieces))


def _upright(corners: Any) -> Box:
    return Box(
        float(corners[:, 0].min()),
        float(corners[:, 1].min()),
        float(corners[:, 0].max()),
        float(corners[:, 1].max()),
    )


def _with_margin(bgr: Any) -> Any:
    """Margins to the right and below, so that places keep their coordinates."""
    height, width = bgr.shape[:2]
    least = max(32, -(-max(width, height) // _SLIMMEST))
    right, below = max(least - width, 0), max(least - height, 0)
    return cv2.copyMakeBorder(np.ascontiguousarray(bgr), 0, below, 0, right, cv2.BORDER_REPLICATE)


def _deciding_side(width: int, height: int) -> int:
    """A tall picture is read in bands, so only its width must be brought down."""
    return width if height > 2 * width else max(width, height)


def _bands(width: int, height: int) -> list[tuple[int, int, float, float]]:
    """Top and bottom of each band, and the part of it whose lines count; neighbours overlap."""
    if height <= 2 * width or height <= 1000:
        return [(0, height, float("-inf"), float("inf"))]
    step = max(round(_BAND_SHAPE * width), 640)
    starts = list(range(0, height, step))
    bands = []
    for start in starts:
        end = min(start + step, height)
        core_bottom = float("inf") if end == height else float(end)
        core_top = float("-inf") if start == 0 else float(start)
        bands.append((max(start - _BAND_OVERLAP, 0), min(end + _BAND_OVERLAP, height), core_top, core_bottom))
    return bands

"""JSON Lines: one object for each picture, with all that is known of it, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop_app.adapters.exporters.writing import OneFile, new_file
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.run import Run
from desktop_app.domain.runs.run_answer import RunAnswer


class JsonLinesExporter(OneFile):
    """Fulfils `RunExporter`."""

    format = ExportFormat.JSONL

    def write(self, job: ExportJob) -> Sequence[Note]:
        with new_file(job.path) as temporary, temporary.open("wb") as file:
            for item in job.items():
                line = json.dumps(record_of(job.table.run, item), ensure_ascii=False)
                file.write(line.encode("utf-8", "replace") + b"\n")
        return ()


def record_of(run: Run, item: RunItem) -> dict[str, Any]:
    """Values as JSON has them: dates "YYYY-MM-DD", boxes [left, top, right, bottom] in pixels as seen."""
    failure = item.failure
    return {
        "name": item.name,
        "path": item.path,
        "state": item.state.value,
        "values": {key: item.value(key) for key in run.plan.form.keys},
        "changed": sorted(item.edited),
        "note": item.note,
        "failure": None if failure is None else {"code": failure.code.value, "detail": failure.detail},
        "answer": None if item.answer is None else _answer(item.answer, RunAnswer.of(run, item).asked),
        "run": run.plan.name,
        "form": run.plan.form.name,
        "form_version": run.plan.form.version,
    }


def _answer(answer: ItemAnswer, asked: str) -> dict[str, Any]:
    usage = answer.usage
    return {
        "asked": asked,
        "raw": answer.raw,
        "values": dict(answer.values),
        "problems": {problem.key: problem.kind.value for problem in answer.problems},
        "confidence": dict(answer.confidence),
        "content_hash": answer.content_hash,
        "original_size": [answer.original_size.width, answer.original_size.height],
        "server": answer.server,
        "model": answer.model,
        "prompt_tokens": None if usage is None else usage.prompt_tokens,
        "completion_tokens": None if usage is None else usage.completion_tokens,
        "seconds": round(answer.seconds, 3),
        "repaired": answer.repaired,
    }

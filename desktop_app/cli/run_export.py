"""Writes runs into files, and brings a batch service's results back."""

from __future__ import annotations

import argparse

from desktop_app.cli.output import DONE, PICTURE_FAILED, tell
from desktop_app.cli.run_words import command, counted, resume_words, retry_words
from desktop_app.composition.core import Core
from desktop_app.domain.error_texts import english as error_english
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.batch import BatchItems, BatchOptions, BatchPictures
from desktop_app.domain.runs.export_format import ExportOptions, PictureSize, format_of
from desktop_app.domain.runs.export_notes import english
from desktop_app.domain.runs.run import Run

_NONE_OF = {
    BatchItems.LEFT: "Nothing of this run is left to ask, and nothing has failed.",
    BatchItems.QUEUED: "Nothing of this run is left to ask.",
    BatchItems.FAILED: "Nothing of this run has failed.",
}


def check_out(options: argparse.Namespace) -> None:
    """Before anything is paid for, make sure that it can be told what kind of file is wanted.

    Raises:
        AppError: EXPORT_FORMAT.
    """
    if options.out is not None:
        format_of(options.out, options.format or "")


async def write_out(core: Core, run: Run, options: argparse.Namespace) -> None:
    """Write the run as a table or another document to `options.out`.

    Raises:
        AppError: as `HandingOver.export`.
    """
    how = ExportOptions(
        for_excel=options.bom,
        pictures=PictureSize(options.picture_size),
        overwrite=options.overwrite,
        caption=_field(run, options.caption),
        copy_pictures=options.copy_pictures,
    )
    notes = await core.handing_over.export(run, options.out, options.format or "", options=how)
    _tell_notes(notes)
    tell(f"Written: {options.out}")


async def write_batch(core: Core, run: Run, options: argparse.Namespace) -> int:
    """Write the requests of a run for a batch service; returns the exit code.

    Raises:
        AppError: as `BatchFiles.export`.
    """
    local, server = options.map or (None, "")
    how = BatchOptions(
        items=BatchItems(options.items),
        pictures=BatchPictures(options.pictures),
        lines=options.lines,
        local_prefix=local,
        server_prefix=server,
        ask_server=not options.offline,
    )
    try:
        written = await core.batch_files.export(run, options.out, how)
    except AppError as problem:
        if problem.code is not ErrorCode.RUN_EMPTY or how.items is BatchItems.ALL:
            raise
        reason = f"{_NONE_OF[how.items]} To write all of its pictures, add: --items all"
        raise AppError(ErrorCode.WRONG_USE, reason=reason) from problem
    _tell_notes(written.notes)
    for file in written.files:
        tell(f"Written: {file}")
    if not written.files:
        tell("Nothing was written: no picture can be opened.")
        return PICTURE_FAILED
    tell(f"{counted(written.count, 'request')}. Bring the results back with: {_import_command(run)}")
    return DONE


async def read_batch(core: Core, run: Run, options: argparse.Namespace) -> int:
    """Take results into the run they were asked for; returns the exit code.

    Raises:
        AppError: IMPORT_FAILED, RUN_IN_USE.
    """
    read = await core.batch_files.import_results(run, options.results, options.replace)
    _tell_notes(read.notes)
    for problem in read.refused:
        tell(error_english(problem).sentence)
    tell(f"{counted(read.answered, 'answer')} taken in, {read.failed:,} failed.")
    if read.failed:
        tell(retry_words(run))
    now = await core.runs.load(run.id)
    if now.counts.left:
        tell(resume_words(now))
    return PICTURE_FAILED if read.failed or read.refused else DONE


def _import_command(run: Run) -> str:
    return f"{command('import-batch', run.plan.name)} RESULTS..."


def _field(run: Run, key: str | None) -> str:
    """The key of a field of the run's form.

    Raises:
        AppError: WRONG_USE when there is no such field.
    """
    if key and run.plan.form.field_named(key) is None:
        reason = f"The form has no field {key}; it has {', '.join(run.plan.form.keys)}."
        raise AppError(ErrorCode.WRONG_USE, reason=reason)
    return key or ""


def _tell_notes(notes: list[Note] | tuple[Note, ...]) -> None:
    for note in notes:
        tell(english(note))

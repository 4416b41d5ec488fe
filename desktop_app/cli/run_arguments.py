"""What can be typed after `lightdesk run` and `lightdesk runs`."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from desktop_app.cli.argument_types import concurrency, folder_pair, known_run, path, positive, run_name
from desktop_app.cli.asking_options import add_asking_options, add_question
from desktop_app.domain.runs.batch import BatchItems, BatchPictures
from desktop_app.domain.runs.export_format import LINES_PER_SHARD, ExportFormat, PictureSize
from desktop_app.domain.runs.run import MOST_CONCURRENT

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_RUN = (
    "Ask one question or form about many pictures. Every answer is in the library the moment it comes: "
    "Ctrl+C pauses, and the run goes on where it was with: lightdesk runs resume NAME"
)


def add_run(commands: Commands, epilog: str) -> None:
    run = commands.add_parser(
        "run", help="ask one question or form about a whole folder", description=_RUN, epilog=epilog
    )
    run.add_argument("folder", nargs="?", metavar="FOLDER", help="the pictures; may be left out with --list")
    add_question(run)
    run.add_argument("--recursive", action="store_true", help="the folders below it too")
    run.add_argument(
        "--match",
        metavar="GLOB",
        help="only pictures whose name fits, such as 'front*.jpg'; with a / the path below FOLDER has to",
    )
    run.add_argument(
        "--list",
        metavar="FILE",
        help="the pictures named in FILE, a path on each line, from FOLDER or here; - for standard input",
    )
    run.set_defaults(listed=b"")
    run.add_argument("--limit", type=positive, metavar="N", help="the first N pictures only")
    run.add_argument(
        "--sample", type=positive, metavar="N", help="ask N pictures now and tell what the rest will take"
    )
    run.add_argument("--name", type=run_name, metavar="NAME", help="what the run is called from now on")
    run.add_argument(
        "--server",
        action="append",
        metavar="NAME|URL",
        help="a server that is set up, or any address; several may serve one run",
    )
    add_asking_options(run)
    run.add_argument(
        "--concurrency",
        type=concurrency,
        default=MOST_CONCURRENT,
        metavar="N",
        help="most requests at once at each server; how many it takes is found out",
    )
    _add_out(run, required=False)
    run.add_argument("--verbose", action="store_true", help="technical details on standard error")


def add_runs(commands: Commands) -> None:
    runs = commands.add_parser("runs", help="list, show, pause, resume, retry, export or delete runs")
    actions = runs.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add(actions, "list", "show all runs, the newest first")
    for action, told in (
        ("show", "what a run asks, how far it is, and what failed"),
        ("pause", "have the window or command that works on a run pause it"),
        ("resume", "ask about the pictures that are left"),
        ("retry", "ask again about the pictures that failed, and those that are left"),
    ):
        _add_named(actions, action, told)
    delete = _add_named(actions, "delete", "remove a run and its answers for good")
    delete.add_argument("--yes", action="store_true", help="do not ask first")
    _add_out(_add_named(actions, "export", "write a run into a file"), required=True)
    _add_batch(actions)


def _add_batch(actions: Commands) -> None:
    export = _add_named(
        actions, "export-batch", "write a run's requests for `vllm run-batch` or another batch service"
    )
    export.add_argument(
        "--out", type=path, required=True, metavar="FILE.jsonl", help="more than one are numbered"
    )
    export.add_argument(
        "--items",
        choices=[one.value for one in BatchItems],
        default=BatchItems.LEFT.value,
        help="which pictures; left (the usual) are those that are queued or failed",
    )
    export.add_argument(
        "--pictures",
        choices=[one.value for one in BatchPictures],
        default=BatchPictures.DATA.value,
        help="inside the file (the usual), as copies in a folder beside it, or the original files by name",
    )
    export.add_argument(
        "--map",
        type=folder_pair,
        metavar="LOCAL=SERVER",
        help="a folder here, and how the batch service names it; for copies and originals",
    )
    export.add_argument(
        "--lines", type=positive, default=LINES_PER_SHARD, metavar="N", help="most requests in one file"
    )
    export.add_argument(
        "--offline", action="store_true", help="do not ask the run's server how it wants to be asked"
    )
    bring = _add_named(actions, "import-batch", "take the results of a batch service into the run")
    bring.add_argument("results", type=path, nargs="+", metavar="FILE", help="what the batch service wrote")
    bring.add_argument("--replace", action="store_true", help="also in place of answers that are there")


def _add_out(parser: argparse.ArgumentParser, required: bool) -> None:
    """Where to write a run, and how."""
    parser.add_argument(
        "--out",
        type=path,
        required=required,
        metavar="FILE",
        help="a table or document: .csv, .xlsx, .jsonl, .html, .json (COCO); a folder with --format yolo "
        "or captions",
    )
    parser.add_argument(
        "--format", choices=[one.value for one in ExportFormat], help="where the file's name does not tell"
    )
    parser.add_argument("--bom", action="store_true", help="begin a CSV file with the mark that Excel wants")
    parser.add_argument(
        "--picture-size",
        choices=[one.value for one in PictureSize],
        default=PictureSize.SMALL.value,
        help="of the pictures in XLSX and HTML: none of them, small (the usual), medium or large",
    )
    parser.add_argument("--caption", metavar="KEY", help="the field that becomes the caption; all by default")
    parser.add_argument(
        "--overwrite", action="store_true", help="replace caption files that Lightdesk did not write"
    )
    parser.add_argument(
        "--copy-pictures", action="store_true", help="put the pictures into a YOLO folder too"
    )


def _add_named(actions: Commands, action: str, told: str) -> argparse.ArgumentParser:
    parser = _add(actions, action, told)
    parser.add_argument("name", type=known_run, metavar="NAME", help="of the run")
    return parser


def _add(actions: Commands, action: str, told: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(action, help=told, description=f"{told[0].upper()}{told[1:]}.")
    parser.add_argument("--verbose", action="store_true", help="technical details on standard error")
    return parser

"""What can be typed after `lightdesk`."""

from __future__ import annotations

import argparse

from desktop_app.cli.argument_types import region
from desktop_app.cli.asking_options import add_asking_options, add_question
from desktop_app.cli.run_arguments import add_run, add_runs
from desktop_app.composition.program_version import program_version

_DESCRIPTION = "Ask a vision-language model on your own network about folders of pictures."
_EPILOG = (
    "Answers go to standard output, everything else to standard error. Exit codes: 0 done, 1 some pictures "
    "failed, 2 wrong usage, 3 the server could not be reached, refused or broke off, 4 blocked by the "
    "privacy guard, 130 interrupted, or paused from another window or command; a run that SIGTERM or SIGHUP "
    "has paused ends with 143 or 129."
)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lightdesk",
        usage="lightdesk [FOLDER]\n       lightdesk COMMAND ...\n       lightdesk --self-test | --version",
        description=_DESCRIPTION + " Without a command the desk opens, with FOLDER if one is given.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"lightdesk {program_version()}")
    parser.add_argument(
        "--self-test", action="store_true", help="start, draw and quit: 0 when the installation works"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="lightdesk")
    _add_ask(commands)
    add_run(commands, _EPILOG)
    add_runs(commands)
    _add_servers(commands)
    return parser


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ask = commands.add_parser(
        "ask",
        help="ask about one or more pictures and stream the answer",
        description="Ask about pictures, in the given order, and stream the answer.",
        epilog=_EPILOG,
    )
    ask.add_argument("pictures", nargs="+", metavar="PICTURE", help="a file, or an http or https address")
    add_question(ask)
    ask.add_argument("--server", metavar="NAME|URL", help="a server that is set up, or any address")
    add_asking_options(ask)
    ask.add_argument(
        "--region", type=region, metavar="X,Y,W,H", help="ask about this part only, in pixels as seen"
    )
    ask.add_argument("--json", action="store_true", help="print one JSON object when the answer is complete")
    _add_verbose(ask)


def _add_servers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    servers = commands.add_parser("servers", help="list, add, remove or check servers")
    actions = servers.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_verbose(actions.add_parser("list", help="show the servers that are set up"))
    add = actions.add_parser("add", help="set up a server")
    add.add_argument("name", metavar="NAME")
    add.add_argument("url", metavar="URL", help="for example http://gpu-box:8000")
    add.add_argument(
        "--model", default="", metavar="ID", help="the model to ask; the server's first by default"
    )
    add.add_argument(
        "--key-stdin", action="store_true", help="read the server's key from standard input, or ask for it"
    )
    add.set_defaults(key="")
    add.add_argument(
        "--allow-outside", action="store_true", help="agree that pictures leave the local network"
    )
    _add_verbose(add)
    remove = actions.add_parser("remove", help="forget a server and its key")
    remove.add_argument("name", metavar="NAME")
    _add_verbose(remove)
    check = actions.add_parser("check", help="try a server and report what it can do")
    check.add_argument("server", metavar="URL", help="an address, or the name of a server that is set up")
    _add_verbose(check)


def _add_verbose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="technical details on standard error")

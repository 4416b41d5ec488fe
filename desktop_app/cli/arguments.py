"""What can be typed after `lightdesk`."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version

from desktop_app.domain.geometry import Box

_DESCRIPTION = "Ask a vision-language model on your own network about folders of pictures."
_EPILOG = (
    "Answers go to standard output, everything else to standard error. Exit codes: 0 done, 1 a picture "
    "failed, 2 wrong usage, 3 the server could not be reached, refused or broke off, 4 blocked by the "
    "privacy guard, 130 interrupted."
)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lightdesk",
        usage="lightdesk [FOLDER]\n       lightdesk COMMAND ...\n       lightdesk --self-test | --version",
        description=_DESCRIPTION + " Without a command the desk opens, with FOLDER if one is given.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"lightdesk {_version()}")
    parser.add_argument(
        "--self-test", action="store_true", help="start, draw and quit: 0 when the installation works"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="lightdesk")
    _add_ask(commands)
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
    ask.add_argument("-p", "--prompt", required=True, metavar="TEXT", help="the question")
    ask.add_argument("--server", metavar="NAME|URL", help="a server that is set up, or any address")
    ask.add_argument("--model", metavar="ID", help="one of the server's models")
    ask.add_argument("--system", metavar="TEXT", help="system prompt")
    ask.add_argument("--max-tokens", type=_positive, metavar="N", help="longest answer, in tokens")
    ask.add_argument(
        "--temperature", type=_temperature, metavar="T", help="0 to 2; 0 is the most predictable"
    )
    ask.add_argument(
        "--image-tokens",
        type=_not_negative,
        metavar="N",
        help="most image tokens for one picture; 0 for the model's own limit",
    )
    ask.add_argument(
        "--region", type=_region, metavar="X,Y,W,H", help="ask about this part only, in pixels as seen"
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


def _version() -> str:
    try:
        return version("lightdesk")
    except PackageNotFoundError:
        return "(not installed)"


def _positive(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _not_negative(text: str) -> int:
    number = _whole(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}") from None


def _temperature(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}") from None
    if not 0 <= number <= 2:
        raise argparse.ArgumentTypeError("must be between 0 and 2")
    return number


def _region(text: str) -> Box:
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("must be four whole numbers: X,Y,W,H") from None
    if x < 0 or y < 0 or width < 1 or height < 1:
        raise argparse.ArgumentTypeError("must lie in the picture and have a width and a height")
    return Box(x, y, x + width, y + height)

"""The options by which questions are asked; the same for one picture and for many."""

from __future__ import annotations

import argparse
from dataclasses import replace

from desktop_app.cli.argument_types import not_negative, positive, temperature
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.room import with_room


def add_question(parser: argparse.ArgumentParser) -> None:
    """What is asked: a prompt or a form, one of the two."""
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("-p", "--prompt", metavar="TEXT", help="the question")
    asked.add_argument(
        "--form",
        metavar="FILE|NAME",
        help="a form file, or the name of a form of yours or a shipped one",
    )


def add_asking_options(parser: argparse.ArgumentParser) -> None:
    """How it is asked."""
    parser.add_argument("--model", metavar="ID", help="one of the server's models")
    parser.add_argument("--system", metavar="TEXT", help="system prompt")
    parser.add_argument("--max-tokens", type=positive, metavar="N", help="longest answer, in tokens")
    parser.add_argument(
        "--temperature", type=temperature, metavar="T", help="0 to 2; 0 is the most predictable"
    )
    parser.add_argument(
        "--image-tokens",
        type=not_negative,
        metavar="N",
        help="most image tokens for one picture; 0 for the model's own limit",
    )


def ask_options(defaults: AskOptions, options: argparse.Namespace, form: Form | None = None) -> AskOptions:
    """The user's settings with what the command line says laid over them.

    A form gets the room that its longest answer takes, unless the command line says how long an answer is.
    """
    if form is not None:
        defaults = with_room(defaults, form)
    given = {
        name: getattr(options, name)
        for name in ("system", "temperature", "max_tokens", "image_tokens")
        if getattr(options, name) is not None
    }
    return replace(defaults, **given)

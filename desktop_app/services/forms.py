"""The forms a user has: those that come with the program, and those of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from desktop_app.services.listeners import Listeners
from desktop_app.services.ports import FormFiles, FormRepository

SHIPPED = ("describe", "document", "count", "safety", "receipt", "sign")
"""Files of the shipped forms, without their ending, in the order they are offered."""

ENDING = ".form.toml"
SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "zh_CN")
"""Languages of the shipped forms; a file in any but the first has the code before its ending."""


@dataclass(frozen=True, slots=True)
class KnownForm:
    """One entry in the list of forms.

    Attributes:
        form: the newest version.
        is_shipped: it came with the program; it cannot be removed, and saving it makes it the user's own.
    """

    form: Form
    is_shipped: bool


class Forms:
    """Lives on one event loop."""

    def __init__(
        self, repository: FormRepository, files: FormFiles, shipped: Path, language: str = SOURCE_LANGUAGE
    ) -> None:
        """
        Args:
            repository: the user's own forms.
            files: opens and writes form files.
            shipped: the folder of the forms that come with the program.
            language: which of `LANGUAGES` the shipped forms are offered in.
        """
        self._repository = repository
        self._files = files
        self._folder = shipped
        self._language = language if language in LANGUAGES else SOURCE_LANGUAGE
        self._shipped: dict[str, dict[str, Form]] = {}
        self._listeners: Listeners[None] = Listeners()

    def watch(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when the user's forms have changed; returns the way to stop."""
        return self._listeners.add(lambda _news: listener())

    async def all(self) -> list[KnownForm]:
        """The user's own forms by name, then the shipped ones; an own form hides a shipped one of its
        name.
        """
        own = await self._repository.all()
        taken = {form.name for form in own}
        shipped = (await self._shipped_in(self._language)).values()
        return [
            *(KnownForm(form, is_shipped=False) for form in own),
            *(KnownForm(form, is_shipped=True) for form in shipped if form.name not in taken),
        ]

    async def find(self, name: str) -> Form:
        """A form by its name, whatever its case; a shipped one also by its file's name, or in any language.

        Raises:
            AppError: FORM_UNKNOWN.
        """
        own = await self._repository.all()
        for form in own:
            if form.name == name:
                return form
        wanted = name.strip().casefold()
        for form in own:
            if form.name.casefold() == wanted:
                return form
        others = [language for language in LANGUAGES if language != self._language]
        for language in (self._language, *others):
            for file, form in (await self._shipped_in(language)).items():
                if wanted in (file, form.name.casefold()):
                    return form
        raise AppError(ErrorCode.FORM_UNKNOWN, name=name)

    async def save(self, form: Form) -> Form:
        """Keep it as the next version of its name; returns it as it is kept.

        Raises:
            AppError: when the library cannot be written.
        """
        kept = await self._repository.save(replace(form, name=form.name.strip()))
        self._listeners.tell(None)
        return kept

    async def remove(self, name: str) -> None:
        """Take one of the user's own forms out of the list; `restore` brings it back. Runs keep a copy."""
        await self._repository.remove(name)
        self._listeners.tell(None)

    async def restore(self, name: str) -> None:
        """Undo `remove`."""
        await self._repository.restore(name)
        self._listeners.tell(None)

    async def load_file(self, path: Path) -> Form:
        """Read a form file; the form is not kept until it is saved.

        Raises:
            AppError: FORM_BROKEN with the reason, FORM_NEWER.
        """
        return await asyncio.to_thread(self._files.load, path)

    async def save_file(self, path: Path, form: Form) -> Path:
        """Write a form file; the path it has, with the usual ending when it had none.

        Raises:
            AppError: FORM_UNWRITABLE, DISK_FULL.
        """
        ended = path if path.name.endswith(".toml") else path.with_name(path.name + ENDING)
        await asyncio.to_thread(self._files.save, ended, form)
        return ended

    async def _shipped_in(self, language: str) -> dict[str, Form]:
        """By file name, in the order they are offered; read once."""
        if language not in self._shipped:
            self._shipped[language] = await asyncio.to_thread(partial(self._read_shipped, language))
        return self._shipped[language]

    def _read_shipped(self, language: str) -> dict[str, Form]:
        code = "" if language == SOURCE_LANGUAGE else f".{language}"
        return {name: self._files.load(self._folder / f"{name}{code}{ENDING}") for name in SHIPPED}

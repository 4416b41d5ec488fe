"""Forms in memory; held to the same contract as the library."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.natural_order import natural_key


class MemoryForms:
    """Fulfils `FormRepository`.

    Attributes:
        trouble: when set, every change raises it, as a full disk would.
    """

    def __init__(self, *forms: Form) -> None:
        self.trouble: AppError | None = None
        self._versions: dict[str, list[Form]] = {form.name: [form] for form in forms}
        self._hidden: set[str] = set()

    async def all(self) -> list[Form]:
        newest = [forms[-1] for name, forms in self._versions.items() if name not in self._hidden]
        return sorted(newest, key=lambda form: natural_key(form.name))

    async def save(self, form: Form) -> Form:
        self._change()
        versions = self._versions.setdefault(form.name, [])
        self._hidden.discard(form.name)
        if not versions or versions[-1] != replace(form, version=versions[-1].version):
            versions.append(replace(form, version=len(versions) + 1))
        return versions[-1]

    async def remove(self, name: str) -> None:
        self._change()
        self._hidden.add(name)

    async def restore(self, name: str) -> None:
        self._change()
        self._hidden.discard(name)

    def _change(self) -> None:
        if self.trouble is not None:
            raise self.trouble

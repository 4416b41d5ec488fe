"""The user's forms in the library, every version of each."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import storable, to_time, utc_now
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.records import form_of, record_of
from desktop_app.domain.natural_order import natural_key


class SqliteForms:
    """Fulfils `FormRepository`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def all(self) -> list[Form]:
        def work(connection: sqlite3.Connection) -> list[Form]:
            rows = connection.execute(
                "SELECT record, max(version) FROM forms WHERE hidden_at IS NULL GROUP BY name"
            )
            return [form_of(json.loads(record)) for record, _version in rows]

        return sorted(await self._library.read(work), key=lambda form: natural_key(form.name))

    async def save(self, form: Form) -> Form:
        name, saved = storable(form.name), to_time(utc_now())

        def work(connection: sqlite3.Connection) -> Form:
            row = connection.execute(
                "SELECT record, version FROM forms WHERE name = ? ORDER BY version DESC LIMIT 1", (name,)
            ).fetchone()
            version = row[1] if row else 0
            if row and row[0] == _record(replace(form, version=version)):
                connection.execute(
                    "UPDATE forms SET hidden_at = NULL WHERE name = ? AND version = ?", (name, version)
                )
                return replace(form, version=version)
            kept = replace(form, version=version + 1)
            connection.execute(
                "INSERT INTO forms (name, version, record, saved) VALUES (?, ?, ?, ?)",
                (name, kept.version, _record(kept), saved),
            )
            return kept

        return await self._library.write(work)

    async def remove(self, name: str) -> None:
        hidden = (to_time(utc_now()), storable(name))
        await self._library.execute(
            "UPDATE forms SET hidden_at = ? WHERE name = ? AND hidden_at IS NULL", *hidden
        )

    async def restore(self, name: str) -> None:
        await self._library.execute("UPDATE forms SET hidden_at = NULL WHERE name = ?", storable(name))


def _record(form: Form) -> str:
    return storable(json.dumps(record_of(form), ensure_ascii=False))

"""Conversations in the library."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from desktop_app.adapters.sqlite_store import picture_rows as rows
from desktop_app.adapters.sqlite_store.answer_rows import load_answer, load_conversation
from desktop_app.adapters.sqlite_store.files import FileLooks, Workers
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.records import path_key, path_of, storable, to_json, to_time, utc_now
from desktop_app.domain.answers import AnswerEnd, EvidenceFound, SentPicture
from desktop_app.domain.conversations import (
    Answer,
    AnswerFailure,
    AnswerState,
    AskOptions,
    Conversation,
    Turn,
)
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture

_PATHS_AT_ONCE = 1000
"""Paths looked up in one job, so that saving a running answer never waits for a large folder."""

_STAMPS_WITHIN_S = 1.0
"""A drive that stopped answering must not hold up the saving of an answer; its files were just read."""


class SqliteConversations:
    """Fulfils `ConversationRepository`."""

    def __init__(self, library: Library, workers: Workers) -> None:
        """`workers`: threads for looking at picture files."""
        self._library = library
        self._looks = FileLooks(workers)

    async def find(self, pictures: Sequence[Picture]) -> Conversation | None:
        """The newest thread about these paths; if there is none, about files with these bytes.

        What is found by its bytes is remembered under the new paths. The result names the pictures as given.
        """
        keys = [path_key(picture.path) for picture in pictures]
        found = await self._library.read(lambda connection: rows.conversation_by_path(connection, keys))
        if found is None:
            found = await self._find_by_content(pictures, keys)
        conversation = None if found is None else await self.load(found)
        return None if conversation is None else replace(conversation, pictures=tuple(pictures))

    async def create(self, pictures: Sequence[Picture]) -> Conversation:
        """A new, empty thread."""

        def work(connection: sqlite3.Connection) -> int:
            query = "INSERT INTO conversations (created) VALUES (?) RETURNING id"
            (conversation_id,) = connection.execute(query, (to_time(utc_now()),)).fetchone()
            connection.executemany(
                "INSERT INTO conversation_pictures (conversation_id, position, picture_id) VALUES (?, ?, ?)",
                [
                    (conversation_id, position, rows.picture_row(connection, picture))
                    for position, picture in enumerate(pictures)
                ],
            )
            return int(conversation_id)

        return Conversation(await self._library.write(work), tuple(pictures))

    async def load(self, conversation_id: int) -> Conversation | None:
        """The thread without its hidden turns."""
        return await self._library.read(lambda connection: load_conversation(connection, conversation_id))

    async def add_turn(
        self,
        conversation_id: int,
        question: str,
        options: AskOptions,
        regions: Sequence[Box | None] = (),
    ) -> Turn:
        values = (conversation_id, to_time(utc_now()), storable(question))

        def work(connection: sqlite3.Connection) -> int:
            row = connection.execute(
                "INSERT INTO turns (conversation_id, created, question, options, regions)"
                " VALUES (?, ?, ?, ?, ?) RETURNING id",
                (*values, to_json(options), to_json(tuple(regions))),
            ).fetchone()
            return int(row[0])

        return Turn(await self._library.write(work), storable(question), options, regions=tuple(regions))

    async def begin_answer(self, turn_id: int, server: str, model: str) -> Answer:
        owner = await self._library.owner()
        values = (turn_id, to_time(utc_now()), AnswerState.STREAMING, owner.id, server, model)

        def work(connection: sqlite3.Connection) -> Answer:
            row = connection.execute(
                "INSERT INTO answers (turn_id, created, state, owner, server, model)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                values,
            ).fetchone()
            return load_answer(connection, row[0])

        return await self._library.write(work)

    async def save_source(self, answer_id: int, server: str, model: str) -> None:
        await self._library.execute(
            "UPDATE answers SET server = ?, model = ? WHERE id = ?", server, model, answer_id
        )

    async def save_pictures(self, answer_id: int, pictures: Sequence[SentPicture]) -> None:
        """Keep the record of what was sent, and learn from it what is in the files."""
        paths = [sent.picture.path for sent in pictures]
        stamps = await self._looks.stamps(paths, _STAMPS_WITHIN_S) if paths else []

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE answers SET pictures = ? WHERE id = ?", (to_json(tuple(pictures)), answer_id)
            )
            for position, (sent, stamp) in enumerate(zip(pictures, stamps, strict=True)):
                rows.remember_content(connection, sent.picture, sent.content_hash, stamp)
                connection.execute(
                    "UPDATE conversation_pictures SET content_hash = ?, size_bytes = ? WHERE position = ?"
                    " AND conversation_id = (SELECT t.conversation_id FROM turns t"
                    " JOIN answers a ON a.turn_id = t.id WHERE a.id = ?)",
                    (sent.content_hash, stamp.size_bytes if stamp else None, position, answer_id),
                )

        await self._library.write(work)

    async def save_progress(self, answer_id: int, text: str, reasoning: str) -> None:
        await self._library.execute(
            "UPDATE answers SET text = ?, reasoning = ? WHERE id = ?",
            storable(text),
            storable(reasoning),
            answer_id,
        )

    async def save_evidence(self, answer_id: int, found: EvidenceFound) -> None:
        await self._library.execute(
            "UPDATE answers SET evidence = ? WHERE id = ?", to_json(found.evidence), answer_id
        )

    async def end_answer(
        self,
        answer_id: int,
        state: AnswerState,
        text: str,
        reasoning: str,
        end: AnswerEnd | None = None,
        failure: AnswerFailure | None = None,
    ) -> Answer:
        usage = end.usage if end else None
        changes: dict[str, str | int | float | None] = {
            "state": state,
            "owner": None,
            "text": storable(text),
            "reasoning": storable(reasoning),
            "failure": to_json(failure) if failure else None,
            "prompt_tokens": usage.prompt_tokens if usage else None,
            "completion_tokens": usage.completion_tokens if usage else None,
        }
        if end is not None:
            changes |= {"finish": end.finish, "model": end.model, "server": end.server}
            changes |= {"first_token_s": end.timings.first_token_s, "total_s": end.timings.total_s}

        def work(connection: sqlite3.Connection) -> Answer:
            columns = ", ".join(f"{column} = ?" for column in changes)
            connection.execute(f"UPDATE answers SET {columns} WHERE id = ?", (*changes.values(), answer_id))
            return load_answer(connection, answer_id)

        return await self._library.write(work)

    async def delete_turns(self, turn_ids: Sequence[int]) -> None:
        await self._hide(turn_ids, to_time(utc_now()))

    async def restore_turns(self, turn_ids: Sequence[int]) -> None:
        await self._hide(turn_ids, None)

    async def mark_interrupted(self) -> int:
        """Answers of processes that are gone become INTERRUPTED; those of a second window do not."""
        owner = await self._library.owner()

        def work(connection: sqlite3.Connection) -> int:
            query = "SELECT DISTINCT owner FROM answers WHERE state = ?"
            owners = [row[0] for row in connection.execute(query, (AnswerState.STREAMING,))]
            gone = [one for one in owners if one is None or not owner.is_alive(one)]
            changed = 0
            for one in gone:
                changed += connection.execute(
                    "UPDATE answers SET state = ?, owner = NULL WHERE state = ? AND owner IS ?",
                    (AnswerState.INTERRUPTED, AnswerState.STREAMING, one),
                ).rowcount
            return changed

        return await self._library.write(work)

    async def answered_paths(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        states: dict[str, AnswerState] = {}
        for start in range(0, len(paths), _PATHS_AT_ONCE):
            keys = {path_key(path): path for path in paths[start : start + _PATHS_AT_ONCE]}
            found = await self._library.read(partial(rows.answered, keys=[*keys]))
            states |= {keys[key]: AnswerState(state) for key, state in found}
        return states

    async def close(self) -> None:
        """Close the library the conversations are in."""
        await self._library.close()

    async def _hide(self, turn_ids: Sequence[int], hidden_at: str | None) -> None:
        values = [(hidden_at, turn_id) for turn_id in turn_ids]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("UPDATE turns SET hidden_at = ? WHERE id = ?", values)

        await self._library.write(work)

    async def _find_by_content(self, pictures: Sequence[Picture], keys: Sequence[str]) -> int | None:
        contents = await self._contents(pictures, keys)
        if contents is None:
            return None
        hashes = [content_hash for content_hash, _ in contents]

        def search(connection: sqlite3.Connection) -> tuple[int, list[str]] | None:
            found = rows.conversation_by_content(connection, keys, hashes)
            return None if found is None else (found, rows.paths_of(connection, found))

        found = await self._library.read(search)
        if found is None:
            return None
        conversation_id, old_keys = found
        gone = await self._looks.gone([path_of(key) for key in old_keys])

        def remember(connection: sqlite3.Connection) -> None:
            for position, (picture, (content_hash, stamp)) in enumerate(zip(pictures, contents, strict=True)):
                picture_id = rows.remember_content(connection, picture, content_hash, stamp)
                if gone[position]:  # renamed; where the old file is still there this one is a copy
                    connection.execute(
                        "UPDATE conversation_pictures SET picture_id = ?"
                        " WHERE conversation_id = ? AND position = ?",
                        (picture_id, conversation_id, position),
                    )

        await self._library.write(remember)
        return conversation_id

    async def _contents(
        self, pictures: Sequence[Picture], keys: Sequence[str]
    ) -> list[tuple[str, rows.FileStamp]] | None:
        """Hash and stamp of every file; None as soon as one of them cannot belong to any thread."""
        stamps = await self._looks.stamps([picture.path for picture in pictures])
        contents = []
        for picture, key, stamp in zip(pictures, keys, stamps, strict=True):
            content_hash = None if stamp is None else await self._content(picture, key, stamp)
            if stamp is None or content_hash is None:
                return None
            contents.append((content_hash, stamp))
        return contents

    async def _content(self, picture: Picture, key: str, stamp: rows.FileStamp) -> str | None:
        def look(connection: sqlite3.Connection) -> tuple[str | None, bool]:
            return (
                rows.known_content(connection, key, stamp),
                rows.may_be_known(connection, stamp.size_bytes),
            )

        known, possible = await self._library.read(look)
        if known is not None or not possible:
            return known
        return await self._looks.content_hash(picture.path)

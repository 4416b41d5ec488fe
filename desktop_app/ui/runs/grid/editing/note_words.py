"""What the answer grid says that a person has done."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.ui.runs.grid.editing.grid_note import GridNote, NoteKind


class NoteWords(QObject):
    """Wording only."""

    def done(self, note: GridNote, heading: str) -> str:
        """One sentence; `heading` is the column's."""
        one, several = self._words(note.kind)
        words = several if note.count > 1 else one
        done = words.format(heading=heading, name=note.name, count=f"{note.count:,}")
        if not note.left:
            return done
        stopped = self.tr("Stopped before the other {count}.").format(count=f"{note.left:,}")
        return self.tr("{done} {stopped}").format(done=done, stopped=stopped)

    def under_way(self, done: int, count: int) -> str:
        """While so many rows are changed that it takes a while."""
        return self.tr("Changing pictures: {done} of {count}…").format(done=f"{done:,}", count=f"{count:,}")

    def _words(self, kind: NoteKind) -> tuple[str, str]:
        """For one picture and for several."""
        match kind:
            case NoteKind.SET:
                one = self.tr("“{heading}” of {name} set by hand.")
                return one, self.tr("“{heading}” of {count} pictures set by hand.")
            case NoteKind.NOTED:
                return self.tr("Note of {name} kept."), self.tr("Note of {count} pictures kept.")
            case NoteKind.REVERTED:
                one = self.tr("“{heading}” of {name} is the vision model's answer again.")
                return one, self.tr("“{heading}” of {count} pictures is the vision model's answer again.")
            case NoteKind.UNDONE:
                one = self.tr("Undone: “{heading}” of {name}.")
                return one, self.tr("Undone: “{heading}” of {count} pictures.")
            case NoteKind.REDONE:
                one = self.tr("Done again: “{heading}” of {name}.")
                return one, self.tr("Done again: “{heading}” of {count} pictures.")

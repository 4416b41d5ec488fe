"""How it reads which pictures a run is about."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.ui.runs.new_run.offers import NewRunOffer, OfferedList, ScopeChoice

_EXAMPLES = 3
_LONGEST = 36


class ScopeWords(QObject):
    """Wording only."""

    def of_scope(self, scope: ScopeChoice, offer: NewRunOffer, of_list: OfferedList | None) -> str:
        """What a person chooses from."""
        if scope is ScopeChoice.LIST:
            return self._of_list(of_list)
        count = offer.counts.get(scope, 0)
        if count == 1:
            template = self._of_one(scope)
        elif scope is ScopeChoice.FOLDER and offer.is_listing:
            template = self.tr("The {count} pictures found in “{folder}” so far")
        elif scope is ScopeChoice.FOLDER and not count:
            template = self.tr("No picture is in “{folder}”")
        else:
            template = self._of_many(scope)
        folder, filtered = _shortened(offer.folder), _shortened(offer.filter_text)
        return template.format(count=f"{count:,}", folder=folder, filter=filtered)

    def of_list(self, read: OfferedList) -> str:
        """What became of the names in a list."""
        missing = len(read.missing)
        if not read.found:
            return self.tr(
                "None of the pictures named in it was found. A list is a text file with the path of one "
                "picture in each line."
            )
        if not missing:
            return self.tr("Every picture named in it was found.")
        names = [_shortened(_file_name(name)) for name in read.missing[:_EXAMPLES]]
        examples = ", ".join(names) + ("…" if missing > _EXAMPLES else "")
        if missing == 1:
            return self.tr("1 more was not found and is left out: {names}").format(names=examples)
        return self.tr("{count} more were not found and are left out: {names}").format(
            count=f"{missing:,}", names=examples
        )

    def _of_one(self, scope: ScopeChoice) -> str:
        match scope:
            case ScopeChoice.FILTER:
                return self.tr("The one picture that the filter “{filter}” shows")
            case ScopeChoice.SELECTION:
                return self.tr("The one selected picture")
            case ScopeChoice.RUN:
                return self.tr("The one picture of the run “{folder}”")
            case _:
                return self.tr("The one picture in “{folder}”")

    def _of_many(self, scope: ScopeChoice) -> str:
        match scope:
            case ScopeChoice.FILTER:
                return self.tr("The {count} pictures that the filter “{filter}” shows")
            case ScopeChoice.SELECTION:
                return self.tr("The {count} selected pictures")
            case ScopeChoice.RUN:
                return self.tr("The {count} pictures of the run “{folder}”")
            case _:
                return self.tr("All {count} pictures in “{folder}”")

    def _of_list(self, read: OfferedList | None) -> str:
        if read is None:
            return self.tr("The pictures named in a list")
        if not read.found:
            template = self.tr("No picture named in “{name}” was found")
        elif read.found == 1:
            template = self.tr("The one picture named in “{name}”")
        else:
            template = self.tr("The {count} pictures named in “{name}”")
        return template.format(count=f"{read.found:,}", name=_shortened(read.name))


def _shortened(name: str) -> str:
    """Without its middle when it is long: buttons grow with their words, and the dialog with them."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 + 1 :]}"


def _file_name(path: str) -> str:
    """As written on any system."""
    return path.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or path

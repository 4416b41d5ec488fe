"""How it reads which pictures a run is about."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.ui.runs.new_run_data import NewRunOffer, OfferedList, ScopeChoice


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
        return template.format(count=f"{count:,}", folder=offer.folder, filter=offer.filter_text)

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
        examples = ", ".join(read.missing[:_EXAMPLES]) + ("…" if missing > _EXAMPLES else "")
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
        if read.found == 1:
            return self.tr("The one picture named in “{name}”").format(name=read.name)
        return self.tr("The {count} pictures named in “{name}”").format(
            count=f"{read.found:,}", name=read.name
        )


_EXAMPLES = 3

"""Leads a trial: the form as it is on the dialog, asked of the picture that is selected in the gallery."""

from __future__ import annotations

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.pictures import Picture
from desktop_app.domain.questions import AskedPicture
from desktop_app.ui.forms.protocols import Missing, Surroundings, Trial, TrialView
from desktop_app.ui.latest_work import LatestWork, StartCancellable


class TrialPresenter:
    """Knows no Qt. One trial at a time; a new one takes the place of the last."""

    def __init__(
        self,
        view: TrialView,
        trial: Trial,
        surroundings: Surroundings,
        start: StartCancellable,
    ) -> None:
        self._view = view
        self._trial = trial
        self._surroundings = surroundings
        self._form: Form | None = None
        self._tried: Form | None = None
        self._work = LatestWork(start)
        self._asked = 0

    def look_around(self) -> None:
        """See again which picture is selected and who would be asked."""
        picture = self._surroundings.picture
        self._view.show_subject(picture, self._surroundings.server)
        if picture is not None:
            self._work.begin("small", self._show_small())

    def step(self, count: int) -> None:
        """Select another picture; what was answered about this one goes. `look_around` shows it."""
        self.clear()
        self._surroundings.step(count)

    def form_changed(self, form: Form | None) -> None:
        """What would be asked now; None while nothing can be asked."""
        self._form = form
        self._view.show_possible(form is not None)
        self._view.show_outdated(self._tried is not None and form != self._tried)

    def ask(self) -> None:
        """Ask; whatever was shown of an earlier trial goes."""
        if self._form is not None:
            self._work.begin("ask", self._ask(self._form))

    def stop(self) -> None:
        """Stop asking; the server is told to stop as well."""
        self._asked += 1
        self._work.cancel("ask")
        self._view.show_running(False)

    def clear(self) -> None:
        """Another form is shown."""
        self.stop()
        self._tried = None
        self._view.clear()

    def close(self) -> None:
        self._work.cancel("small")
        self.clear()

    async def _ask(self, form: Form) -> None:
        self._asked += 1
        this = self._asked
        self._tried = None
        self._view.clear()
        self.look_around()
        picture = self._surroundings.picture
        if picture is None:
            self._view.show_missing(Missing.PICTURE)
            return
        self._view.show_running(True)
        try:
            target = await self._surroundings.target()
            if target is None:
                self._view.show_missing(Missing.SERVER)
                return
            asked = AskedPicture(Picture(picture))
            tried = await self._trial.ask(target, form, self._surroundings.options, asked)
        except AppError as error:
            self._view.show_error(error)
        else:
            self._tried = form
            self._view.show_answer(form, tried.answer)
            self._view.show_outdated(form != self._form)
        finally:
            if this == self._asked:  # the end of one that was stopped may come after the next has begun
                self._view.show_running(False)

    async def _show_small(self) -> None:
        picture = self._surroundings.picture
        if picture is None:
            return
        try:
            self._view.show_small(await self._surroundings.small(picture))
        except AppError:
            return  # the trial tells what is wrong with the picture

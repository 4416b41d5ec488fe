"""A trial of a form: what is asked, what is shown, how it is stopped."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, YesNo
from desktop_app.ui.forms.protocols import Missing
from desktop_app.ui.forms.trying import TrialPresenter
from tests.fakes.form_trials import ANSWER, QuietDesk, ToldTrial
from tests.fakes.shown_forms import ShownTrial

FORM = Form("Bridge", (FormField("rust", "Rust", YesNo()),))


def begun(trial: ToldTrial | None = None, desk: QuietDesk | None = None) -> tuple[TrialPresenter, ShownTrial]:
    view = ShownTrial()
    presenter = TrialPresenter(view, trial or ToldTrial(), desk or QuietDesk(), asyncio.ensure_future)
    presenter.form_changed(FORM)
    return presenter, view


async def settled() -> None:
    for _ in range(6):
        await asyncio.sleep(0)


async def test_the_selected_picture_is_asked_for_the_form_as_it_is() -> None:
    trial = ToldTrial()
    presenter, view = begun(trial)
    presenter.ask()
    await settled()
    assert trial.asked == [(FORM, Path("span 1.png"))]
    assert view.answer == (FORM, ANSWER)
    assert view.states == [True, False]
    assert (view.picture, view.server, view.small is not None) == (Path("span 1.png"), "Box", True)


async def test_an_answer_of_another_form_than_now_says_so() -> None:
    presenter, view = begun()
    presenter.ask()
    await settled()
    outdated = [view.outdated]
    for form in (replace(FORM, instructions="Look."), FORM):
        presenter.form_changed(form)
        outdated.append(view.outdated)
    assert outdated == [False, True, False]


async def test_a_form_changed_while_it_was_asked_says_so() -> None:
    trial = ToldTrial()
    trial.gate.clear()
    presenter, view = begun(trial)
    presenter.ask()
    await settled()
    presenter.form_changed(replace(FORM, instructions="Look."))
    trial.gate.set()
    await settled()
    assert view.outdated


async def test_stopping_cancels_and_asking_again_is_not_ended_by_the_first() -> None:
    trial = ToldTrial()
    trial.gate.clear()
    presenter, view = begun(trial)
    presenter.ask()
    await settled()
    assert view.running
    presenter.stop()
    presenter.ask()
    await settled()
    assert trial.cancelled == 1
    assert view.running
    trial.gate.set()
    await settled()
    assert (view.running, view.answer) == (False, (FORM, ANSWER))


async def test_without_a_picture_or_a_server_nothing_is_asked() -> None:
    trial = ToldTrial()
    presenter, view = begun(trial, QuietDesk(picture=None))
    presenter.ask()
    await settled()
    assert (view.missing, trial.asked, view.running) == (Missing.PICTURE, [], False)
    presenter, view = begun(trial, QuietDesk(reached=None))
    presenter.ask()
    await settled()
    assert (view.missing, trial.asked, view.running) == (Missing.SERVER, [], False)


async def test_an_error_is_told_and_goes_when_it_is_tried_again() -> None:
    trial = ToldTrial(problem=AppError(ErrorCode.SERVER_REFUSED, server="box:8000"))
    presenter, view = begun(trial)
    presenter.ask()
    await settled()
    assert view.error is trial.problem
    trial.problem = None
    presenter.ask()
    await settled()
    assert (view.error, view.answer) == (None, (FORM, ANSWER))


async def test_another_picture_takes_the_answer_about_this_one_away() -> None:
    trial = ToldTrial()
    presenter, view = begun(trial)
    presenter.ask()
    await settled()
    presenter.step(1)
    presenter.look_around()
    assert (view.picture, view.answer) == (Path("span 2.png"), None)
    presenter.ask()
    await settled()
    assert trial.asked[-1] == (FORM, Path("span 2.png"))


async def test_closing_stops_the_trial() -> None:
    trial = ToldTrial()
    trial.gate.clear()
    presenter, view = begun(trial)
    presenter.ask()
    await settled()
    presenter.close()
    await settled()
    assert (trial.cancelled, view.running, view.answer) == (1, False, None)


async def test_a_form_without_a_usable_field_cannot_be_tried() -> None:
    trial = ToldTrial()
    presenter, view = begun(trial)
    presenter.form_changed(None)
    assert not view.possible
    presenter.ask()
    await settled()
    assert trial.asked == []

"""The answer of the run that is open goes along with the picture, and its marks with it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from desktop_app.domain.answers import EvidenceFound
from desktop_app.domain.conversations import Conversation
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture
from desktop_app.ui.conversation.protocols import RUN_ANSWER
from tests.fakes.made_runs import answer
from tests.fakes.scripted_asking import END
from tests.ui.conversation.conftest import PICTURES
from tests.ui.conversation.desk import ONE, TWO, Desk
from tests.ui.conversation.made_run_answer import told

OF_RUN = told()
OF_ANSWER = (Evidence(1, "circle", Box(0, 0, 5, 5), span=(0, 3)),)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.run_answers[PICTURES[0]] = OF_RUN
    return desk


async def test_it_comes_with_its_picture_and_goes_with_it(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    assert (desk.view.run_answer, desk.told[-1]) == (OF_RUN, (ONE, OF_RUN.evidence))
    await desk.presenter.show(TWO)
    assert desk.view.run_answer is None
    assert desk.told[-1] == (TWO, ())


async def test_several_pictures_have_none(desk: Desk) -> None:
    await desk.presenter.show(PICTURES[:2])
    assert desk.view.run_answer is None


async def test_of_pictures_passed_by_nothing_is_shown(desk: Desk) -> None:
    await asyncio.gather(desk.presenter.show(ONE), desk.presenter.show(TWO))
    assert desk.view.run_answer is None
    assert (ONE, OF_RUN.evidence) not in desk.told


async def test_its_marks_stand_first_and_give_way_to_whoever_is_pointed_at(desk: Desk) -> None:
    await desk.presenter.show(TWO)
    desk.asking.say("a", "one", EvidenceFound(OF_ANSWER), END)
    desk.run_answers[PICTURES[1]] = OF_RUN
    await desk.presenter.questions.ask("a")
    await desk.presenter.show(ONE)
    await desk.presenter.show(TWO)
    assert desk.told[-1] == (TWO, OF_RUN.evidence)
    turn = next(iter(desk.view.turns))
    desk.presenter.hover_evidence(turn, 0)
    assert desk.told[-1] == (TWO, OF_ANSWER)
    desk.presenter.highlight_evidence(0)
    assert desk.view.highlighted == (turn, 0)
    desk.presenter.hover_evidence(RUN_ANSWER, 1)
    assert desk.told[-1] == (TWO, OF_RUN.evidence)
    desk.presenter.highlight_evidence(1)
    assert desk.view.highlighted == (RUN_ANSWER, 1)


async def test_a_new_question_comes_to_the_front(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.asking.say("a", "one", EvidenceFound(OF_ANSWER), END)
    await desk.presenter.questions.ask("a")
    turn = next(iter(desk.view.turns.values()))
    assert turn.answer is not None
    desk.presenter.answer_shown(turn.id, turn.answer)
    assert desk.told[-1] == (ONE, OF_ANSWER)


async def test_without_boxes_the_thread_keeps_the_marks(desk: Desk) -> None:
    desk.run_answers[PICTURES[1]] = told(answer=answer(values={"rust": True}))
    await desk.presenter.show(TWO)
    desk.asking.say("a", "one", EvidenceFound(OF_ANSWER), END)
    await desk.presenter.questions.ask("a")
    await desk.presenter.show(ONE)
    await desk.presenter.show(TWO)
    assert desk.told[-1] == (TWO, OF_ANSWER)


async def test_it_follows_the_run_and_what_a_person_changes(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    edited = told(edited={"where": [[9, 9, 19, 19]]})
    desk.run_answers[PICTURES[0]] = edited
    await desk.presenter.refresh_run_answer()
    assert (desk.view.run_answer, desk.told[-1]) == (edited, (ONE, edited.evidence))
    desk.run_answers.clear()
    await desk.presenter.refresh_run_answer()
    assert desk.view.run_answer is None
    assert desk.told[-1] == (ONE, ())


async def test_one_changed_while_the_thread_is_looked_for_is_shown_as_it_is_now(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up, go_on, thread = asyncio.Event(), asyncio.Event(), desk.service.thread

    async def late(pictures: tuple[Picture, ...]) -> Conversation:
        looked_up.set()
        await go_on.wait()
        return await thread(pictures)

    monkeypatch.setattr(desk.service, "thread", late)
    showing = asyncio.ensure_future(desk.presenter.show(ONE))
    await looked_up.wait()
    edited = told(edited={"where": [[9, 9, 19, 19]]})
    desk.run_answers[PICTURES[0]] = edited
    await desk.presenter.refresh_run_answer()
    go_on.set()
    await showing
    assert (desk.view.run_answer, desk.told[-1]) == (edited, (ONE, edited.evidence))


async def test_boxes_that_come_later_are_shown(desk: Desk) -> None:
    desk.run_answers[PICTURES[1]] = told(answer=answer(values={"rust": True}))
    await desk.presenter.show(TWO)
    assert desk.told[-1] == (TWO, ())
    desk.run_answers[PICTURES[1]] = OF_RUN
    await desk.presenter.refresh_run_answer()
    assert desk.told[-1] == (TWO, OF_RUN.evidence)


async def test_a_change_does_not_take_the_marks_from_the_answer_that_is_read(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.asking.say("a", "one", EvidenceFound(OF_ANSWER), END)
    await desk.presenter.questions.ask("a")
    turn = next(iter(desk.view.turns.values()))
    assert turn.answer is not None
    desk.presenter.answer_shown(turn.id, turn.answer)
    desk.run_answers[PICTURES[0]] = replace(OF_RUN, item=replace(OF_RUN.item, note="seen"))
    await desk.presenter.refresh_run_answer()
    assert desk.told[-1] == (ONE, OF_ANSWER)

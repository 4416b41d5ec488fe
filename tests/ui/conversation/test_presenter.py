"""The presenter over the real conversations service, with its answers scripted."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.answers import EvidenceFound
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.servers import ServerProfile
from tests.fakes.scripted_asking import END
from tests.ui.conversation.conftest import PICTURES
from tests.ui.conversation.desk import ONE, TWO, Desk


async def test_drafts_stay_with_their_pictures(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.presenter.drafts.keep("half a quest")
    await desk.presenter.show(TWO)
    assert desk.view.draft == ""
    await desk.presenter.show(ONE)
    assert desk.view.draft == "half a quest"


async def test_the_tray_stays_when_pinned_and_follows_when_not(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    await desk.presenter.add(TWO)
    assert (desk.view.pictures, desk.view.pinned) == (ONE + TWO, True)
    await desk.presenter.show(PICTURES[2:3])
    assert desk.view.pictures == ONE + TWO
    await desk.presenter.set_pinned(False)
    assert desk.view.pictures == PICTURES[2:3]


async def test_an_emptied_tray_follows_the_selection_again(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    await desk.presenter.set_tray(())
    assert (desk.view.pictures, desk.view.pinned) == (ONE, False)


async def test_evidence_of_the_answer_in_front_is_told(desk: Desk) -> None:
    mark = Evidence(1, "circle", Box(0, 0, 5, 5), span=(0, 3))
    await desk.presenter.show(ONE)
    desk.asking.say("a", "one", EvidenceFound((mark,)), END)
    await desk.presenter.questions.ask("a")
    desk.presenter.answer_shown(*[(t.id, t.answer) for t in desk.view.turns.values() if t.answer][-1])
    assert desk.told[-1:] == [(ONE, (mark,))]
    first = next(iter(desk.view.turns))
    desk.asking.say("b", "two", END)
    await desk.presenter.questions.ask("b")
    assert desk.told[-1:] == [(ONE, ())]
    desk.presenter.hover_evidence(first, 0)
    assert (desk.told[-1], desk.hovered) == ((ONE, (mark,)), [0])
    desk.presenter.highlight_evidence(0)
    assert desk.view.highlighted == (first, 0)
    desk.presenter.hover_evidence(first, -1)
    assert desk.hovered == [0, None]


async def test_options_are_remembered_and_used(desk: Desk) -> None:
    options = AskOptions(system="Be brief.", temperature=0.0, max_tokens=64, image_tokens=320)
    desk.presenter.set_options(options)
    assert (desk.view.options, desk.settings.current.asking) == (options, options)
    await desk.presenter.show(ONE)
    desk.asking.say("a", "answer", END)
    await desk.presenter.questions.ask("a")
    assert desk.asking.questions[-1].options == options


async def test_the_view_knows_whether_a_server_answers(desk: Desk) -> None:
    assert desk.view.has_server is False
    desk.settings.change(lambda s: replace(s, servers=(ServerProfile("box", "http://box:8000/v1"),)))
    assert desk.view.has_server is True

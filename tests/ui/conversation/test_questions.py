"""Asking, changing, removing and bringing back, over the real service with its answers scripted."""

from __future__ import annotations

from desktop_app.domain.conversations import AnswerState, AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from tests.fakes.scripted_asking import END
from tests.ui.conversation.conftest import PICTURES
from tests.ui.conversation.desk import ONE, TWO, Desk


async def test_an_answer_grows_and_ends(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.start(desk.presenter.questions.ask("What?"))
    desk.asking.say("What?", "A ", "circle")
    await desk.until(lambda: desk.view.texts == ["A circle"])
    assert desk.view.streaming
    desk.asking.say("What?", END)
    await desk.until(lambda: not desk.view.streaming)
    turn = next(iter(desk.view.turns.values()))
    assert turn.answer is not None
    assert turn.answer.state is AnswerState.DONE


async def test_stop_keeps_what_arrived(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.start(desk.presenter.questions.ask("What?"))
    desk.asking.say("What?", "A cir")
    await desk.until(lambda: desk.view.texts == ["A cir"])
    desk.presenter.questions.stop()
    await desk.until(lambda: not desk.view.streaming)
    answer = next(iter(desk.view.turns.values())).answer
    assert answer is not None
    assert (answer.text, answer.state) == ("A cir", AnswerState.STOPPED)


async def test_a_question_that_could_not_be_kept_comes_back(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.repository.trouble = AppError(ErrorCode.DISK_FULL)
    await desk.presenter.questions.ask("What?")
    assert desk.view.draft == "What?"
    assert desk.view.errors == [ErrorCode.DISK_FULL]
    desk.repository.trouble = None


async def asked(desk: Desk, *questions: str) -> None:
    await desk.presenter.show(ONE)
    for question in questions:
        desk.asking.say(question, f"answer to {question}", END)
        await desk.presenter.questions.ask(question)


async def test_delete_and_undo(desk: Desk) -> None:
    await asked(desk, "a", "b")
    first = next(iter(desk.view.turns))
    await desk.presenter.questions.delete(first)
    assert (desk.view.questions, desk.view.undo) == (["b"], 1)
    await desk.presenter.questions.undo()
    assert (desk.view.questions, desk.view.undo) == (["a", "b"], 0)


async def test_a_new_conversation_can_be_undone(desk: Desk) -> None:
    await asked(desk, "a", "b")
    await desk.presenter.questions.clear()
    assert (desk.view.questions, desk.view.undo) == ([], 2)
    await desk.presenter.questions.undo()
    assert desk.view.questions == ["a", "b"]


async def test_editing_replaces_the_question_and_what_follows(desk: Desk) -> None:
    await asked(desk, "a", "b")
    desk.presenter.drafts.edit(next(iter(desk.view.turns)), "a")
    assert (desk.view.draft, desk.view.editing) == ("a", True)
    desk.asking.say("a2", "new", END)
    await desk.presenter.questions.ask("a2")
    assert (desk.view.questions, desk.view.editing) == (["a2"], False)


async def test_words_typed_before_an_edit_are_there_again_after_it(desk: Desk) -> None:
    await asked(desk, "a")
    desk.presenter.drafts.keep("new words")
    desk.presenter.drafts.edit(next(iter(desk.view.turns)), "a")
    desk.asking.say("a2", "new", END)
    await desk.presenter.questions.ask("a2")
    assert desk.view.draft == "new words"


async def test_what_an_edit_replaced_can_be_brought_back(desk: Desk) -> None:
    await asked(desk, "a", "b")
    desk.presenter.drafts.edit(next(iter(desk.view.turns)), "a")
    desk.asking.say("a2", "new", END)
    await desk.presenter.questions.ask("a2")
    assert (desk.view.questions, desk.view.undo) == (["a2"], 2)
    await desk.presenter.questions.undo()
    assert (desk.view.questions, desk.view.undo) == (["a", "b", "a2"], 0)


async def test_undo_is_still_offered_after_a_look_at_another_picture(desk: Desk) -> None:
    await asked(desk, "a")
    await desk.presenter.questions.delete(next(iter(desk.view.turns)))
    await desk.presenter.show(TWO)
    assert desk.view.undo == 0
    await desk.presenter.show(ONE)
    assert desk.view.undo == 1
    await desk.presenter.questions.undo()
    assert desk.view.questions == ["a"]


async def test_giving_up_an_edit_brings_the_draft_back(desk: Desk) -> None:
    await asked(desk, "a")
    desk.presenter.drafts.keep("new words")
    desk.presenter.drafts.edit(next(iter(desk.view.turns)), "a")
    desk.presenter.drafts.cancel_edit()
    assert (desk.view.draft, desk.view.editing, desk.view.questions) == ("new words", False, ["a"])


async def test_ask_again_adds_an_answer(desk: Desk) -> None:
    await asked(desk, "a")
    desk.asking.say("a", "another", END)
    await desk.presenter.questions.ask_again(next(iter(desk.view.turns)))
    assert [one.text for one in next(iter(desk.view.turns.values())).answers] == ["answer to a", "another"]


async def test_asking_again_follows_the_options_as_they_are_now(desk: Desk) -> None:
    await asked(desk, "a")
    desk.presenter.set_options(AskOptions(max_tokens=4096))
    desk.asking.say("a", "all of it", END)
    await desk.presenter.questions.ask_again(next(iter(desk.view.turns)))
    assert [question.options.max_tokens for question in desk.asking.questions] == [1024, 4096]


async def test_too_many_pictures_are_asked_about_in_groups_in_order(desk: Desk) -> None:
    await desk.presenter.set_tray(PICTURES[:5])
    desk.asking.say("What?", AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=2))
    await desk.presenter.questions.ask("What?")
    desk.asking.say("What?", "g1", END, "g2", END, "g3", END)
    await desk.presenter.questions.ask_in_groups(next(iter(desk.view.turns)), 2)
    groups = [tuple(one.picture for one in question.pictures) for question in desk.asking.questions[1:]]
    assert groups == [PICTURES[0:2], PICTURES[2:4], PICTURES[4:5]]
    assert (desk.view.pictures, desk.view.texts) == (PICTURES[4:5], ["g3"])


async def test_after_groups_the_conversation_follows_the_selection_again(desk: Desk) -> None:
    await desk.presenter.show(PICTURES[:3])
    desk.asking.say("What?", AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=2))
    await desk.presenter.questions.ask("What?")
    desk.asking.say("What?", "g1", END, "g2", END)
    await desk.presenter.questions.ask_in_groups(next(iter(desk.view.turns)), 2)
    await desk.presenter.show_group(1)
    assert not desk.view.pinned
    await desk.presenter.show(TWO)
    assert (desk.view.pictures, desk.view.groups) == (TWO, (0, 0))


async def test_every_group_of_a_question_can_be_gone_back_to(desk: Desk) -> None:
    await desk.presenter.set_tray(PICTURES[:3])
    assert desk.view.groups == (0, 0)
    desk.asking.say("What?", AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=2))
    await desk.presenter.questions.ask("What?")
    desk.asking.say("What?", "g1", END, "g2", END)
    await desk.presenter.questions.ask_in_groups(next(iter(desk.view.turns)), 2)
    assert (desk.view.groups, desk.view.texts) == ((2, 2), ["g2"])
    await desk.presenter.show_group(1)
    assert (desk.view.groups, desk.view.texts, desk.view.pictures) == ((1, 2), ["g1"], PICTURES[:2])
    await desk.presenter.show_group(0)
    assert (desk.view.groups, desk.view.pictures) == ((0, 2), PICTURES[:3])
    await desk.presenter.show_group(3)
    assert desk.view.pictures == PICTURES[:3], "there is no such group"
    await desk.presenter.set_tray(PICTURES[4:5])
    assert desk.view.groups == (0, 0)


async def test_nothing_is_asked_about_nothing(desk: Desk) -> None:
    await desk.presenter.show(())
    await desk.presenter.questions.ask("What?")
    assert desk.asking.questions == []

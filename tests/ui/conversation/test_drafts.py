"""Which words stand in the question's box."""

from __future__ import annotations

import pytest

from desktop_app.ui.conversation.drafts import Drafts
from desktop_app.ui.conversation.protocols import Pictures
from tests.ui.conversation.conftest import PICTURES

ONE, TWO = PICTURES[:1], PICTURES[:2]


class Box:
    """Tells what is typed, as the real one does when its words are set."""

    def __init__(self) -> None:
        self.words = ""
        self.is_editing = False
        self.drafts = Drafts(self)

    def set_draft(self, text: str) -> None:
        if text != self.words:
            self.words = text
            self.drafts.keep(text)

    def set_editing(self, editing: bool) -> None:
        self.is_editing = editing

    def look_at(self, pictures: Pictures) -> str:
        self.drafts.show(pictures)
        return self.words


@pytest.fixture
def box() -> Box:
    return Box()


def test_a_draft_belongs_to_exactly_its_pictures(box: Box) -> None:
    box.look_at(ONE)
    box.set_draft("Is there rust?")
    assert box.look_at(TWO) == ""
    box.set_draft("Which is older?")
    assert (box.look_at(ONE), box.look_at(TWO), box.look_at(())) == ("Is there rust?", "Which is older?", "")
    box.look_at(ONE)
    box.set_draft("")
    assert (box.look_at(TWO), box.look_at(ONE)) == ("Which is older?", "")


def test_a_question_given_back_loses_nothing_typed_since(box: Box) -> None:
    box.look_at(ONE)
    box.set_draft("Is there rust?")
    assert box.drafts.take() is None
    assert box.words == ""
    box.set_draft("And cracks?")
    box.drafts.give_back(ONE, "Is there rust?")
    assert box.words == "Is there rust?\nAnd cracks?"
    box.drafts.give_back(TWO, "Which is older?")
    assert box.words == "Is there rust?\nAnd cracks?"
    assert box.look_at(TWO) == "Which is older?"


def test_an_earlier_question_in_the_box_never_becomes_the_draft(box: Box) -> None:
    box.look_at(ONE)
    box.set_draft("half a thought")
    box.drafts.edit(7, "Is there rust?")
    assert (box.words, box.is_editing) == ("Is there rust?", True)
    box.set_draft("Is there much rust?")
    box.drafts.cancel_edit()
    assert (box.words, box.is_editing) == ("half a thought", False)
    box.drafts.edit(7, "Is there rust?")
    assert box.drafts.take() == 7
    assert (box.words, box.is_editing) == ("half a thought", False)


def test_a_look_at_another_picture_gives_the_edit_up(box: Box) -> None:
    box.look_at(ONE)
    box.drafts.edit(7, "Is there rust?")
    assert box.look_at(TWO) == ""
    assert not box.is_editing
    assert box.drafts.take() is None

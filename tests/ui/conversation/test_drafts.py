from __future__ import annotations

from desktop_app.ui.conversation.drafts import Drafts
from tests.ui.conversation.conftest import PICTURES

ONE, TWO = PICTURES[:1], PICTURES[:2]


def test_a_draft_belongs_to_exactly_its_pictures() -> None:
    drafts = Drafts()
    drafts.keep(ONE, "Is there rust?")
    drafts.keep(TWO, "Which is older?")
    assert (drafts.of(ONE), drafts.of(TWO), drafts.of(())) == ("Is there rust?", "Which is older?", "")
    drafts.keep(ONE, "")
    assert (drafts.of(ONE), drafts.of(TWO)) == ("", "Which is older?")


def test_a_question_given_back_loses_nothing_typed_since() -> None:
    drafts = Drafts()
    drafts.give_back(ONE, "Is there rust?")
    assert drafts.of(ONE) == "Is there rust?"
    drafts.keep(TWO, "And the other")
    drafts.give_back(TWO, "Which is older?")
    assert drafts.of(TWO) == "Which is older?\nAnd the other"

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.pictures import Picture
from desktop_app.ui.conversation.question_groups import QuestionGroups

PICTURES = tuple(Picture(Path(f"/pictures/{number}.png")) for number in range(12))


@given(st.integers(2, 12), st.integers(1, 12))
def test_every_picture_is_in_one_group_in_order_and_groups_find_back(count: int, limit: int) -> None:
    made = QuestionGroups.split(PICTURES[:count], limit)
    assert tuple(picture for group in made.groups for picture in group) == PICTURES[:count]
    assert all(1 <= len(group) <= limit for group in made.groups)
    for number, group in enumerate(made.groups, start=1):
        assert made.number_of(group) == number
        assert made.pictures_of(number) == group
    assert made.pictures_of(0) == PICTURES[:count]
    assert made.pictures_of(len(made.groups) + 1) is None
    assert made.pictures_of(-1) is None


def test_all_pictures_together_are_number_0_and_others_belong_to_no_group() -> None:
    made = QuestionGroups.split(PICTURES[:5], 2)
    assert made.number_of(PICTURES[:5]) == 0
    assert made.number_of(PICTURES[1:3]) is None
    assert made.number_of(()) is None
    assert QuestionGroups().number_of(()) is None

from __future__ import annotations

from desktop_app.domain.errors import ErrorCode, as_app_error


def test_a_mistake_of_the_program_tells_where_it_was_made() -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError as problem:
        ours = as_app_error(problem)
    assert ours.code is ErrorCode.UNEXPECTED
    assert "ZeroDivisionError" in ours.detail
    assert __file__ in ours.detail
    assert as_app_error(ours) is ours

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.openai_server.special_tokens import HIDDEN_TOKENS, SpecialTokenFilter

_PIECES = st.lists(
    st.one_of(
        st.sampled_from([*HIDDEN_TOKENS, "<|box_start|>", "<", "<|", "|>", "(1,2)"]), st.text(max_size=4)
    ),
    max_size=12,
)


def _filtered(pieces: list[str]) -> str:
    tokens = SpecialTokenFilter()
    return "".join(tokens.feed(piece) for piece in pieces) + tokens.finish()


@given(pieces=_PIECES)
def test_no_control_token_is_shown_and_no_marker_lost(pieces: list[str]) -> None:
    shown = _filtered(pieces)
    assert shown.count("<|box_start|>") >= pieces.count("<|box_start|>")
    if not any(token in "".join(pieces) for token in HIDDEN_TOKENS):
        assert shown == "".join(pieces)


@given(text=st.text(alphabet="ab", max_size=5), token=st.sampled_from(HIDDEN_TOKENS), cut=st.integers(1, 8))
def test_a_token_cut_in_two_is_taken_out(text: str, token: str, cut: int) -> None:
    assert _filtered([text + token[:cut], token[cut:] + text]) == text + text


def test_other_text_passes_at_once() -> None:
    assert SpecialTokenFilter().feed("a < b <|box_start|>(") == "a < b <|box_start|>("

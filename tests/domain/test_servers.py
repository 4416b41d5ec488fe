"""Addresses as people type them, where on the network they lead, and what models suggest."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import (
    ModelCard,
    NetworkScope,
    ServerProfile,
    normalise_base_url,
    scope_by_name,
    scope_of_address,
    widest,
)
from desktop_app.domain.vision_tokens import (
    QWEN2_5_VL,
    QWEN2_VL,
    QWEN3_VL,
    VisionFamily,
    likely_family,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gpu-box:8000", "http://gpu-box:8000/v1"),
        ("  http://gpu-box:8000/  ", "http://gpu-box:8000/v1"),
        ("http://gpu-box:8000/v1/", "http://gpu-box:8000/v1"),
        ("http://gpu-box:8000/v1/chat/completions", "http://gpu-box:8000/v1"),
        ("https://example.com/api/openai/v1/models?x=1#top", "https://example.com/api/openai/v1"),
        ("https://user:secret@example.com/v1", "https://example.com/v1"),
        ("api.example.com:443", "https://api.example.com:443/v1"),
        ("[::1]:9000", "http://[::1]:9000/v1"),
        ("<http://192.168.1.20:11434>", "http://192.168.1.20:11434/v1"),
        ("gpu_box.lan:8000/models/completions/", "http://gpu_box.lan:8000/v1"),
        ("bücher.test", "http://bücher.test/v1"),
        ("LOCALHOST:1234/v1", "http://localhost:1234/v1"),
    ],
)
def test_what_people_paste_becomes_an_api_root(typed: str, expected: str) -> None:
    assert normalise_base_url(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "http://", "ftp://box/v1", "http://box:99999/", "two words", "file:///x"),
        *(
            "http://256.1.1.1:8000",
            "http://1.2.3:8000",
            "http://a..b",
            "http://.",
            f"http://{'a' * 64}.local",
        ),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(AppError) as caught:
        normalise_base_url(typed)
    assert caught.value.code is ErrorCode.SERVER_ADDRESS


@given(
    st.text(max_size=60)
    | st.from_regex(r"(https?://)?[\w.:%-]{0,20}(/[a-z<>\"'/;]{0,9}|/models|/completions)*")
)
@example(";/<?")
@example("box/completions/models")
def test_any_text_is_normalised_once_or_refused(typed: str) -> None:
    try:
        once = normalise_base_url(typed)
    except AppError:
        return
    assert normalise_base_url(once) == once


@pytest.mark.parametrize(
    ("host", "scope"),
    [
        ("localhost", NetworkScope.THIS_COMPUTER),
        ("127.0.0.53", NetworkScope.THIS_COMPUTER),
        ("::1", NetworkScope.THIS_COMPUTER),
        ("::ffff:127.0.0.1", NetworkScope.THIS_COMPUTER),
        ("192.168.0.7", NetworkScope.LAN),
        ("fe80::1%eth0", NetworkScope.LAN),
        ("fd12::1", NetworkScope.LAN),
        ("gpu-box", NetworkScope.LAN),
        ("box.local", NetworkScope.LAN),
        ("api.example.com", NetworkScope.OUTSIDE),
        ("8.8.8.8", NetworkScope.OUTSIDE),
        ("2001:4860:4860::8888", NetworkScope.OUTSIDE),
        ("0.0.0.0", NetworkScope.THIS_COMPUTER),
        *((host, NetworkScope.LAN) for host in ("10.255.0.1", "172.16.0.1", "172.31.255.255", "169.254.1.1")),
        *((host, NetworkScope.OUTSIDE) for host in ("172.32.0.1", "192.169.0.1", "11.0.0.1", "0.1.2.3")),
        *(
            (host, NetworkScope.OUTSIDE)
            for host in ("192.0.2.1", "198.51.100.1", "203.0.113.9", "198.18.0.1")
        ),
        *((host, NetworkScope.OUTSIDE) for host in ("240.0.0.1", "255.255.255.255", "192.0.0.1")),
        *((host, NetworkScope.OUTSIDE) for host in ("100.64.0.1", "100.127.255.254", "::ffff:100.64.0.1")),
        *(
            (host, NetworkScope.OUTSIDE)
            for host in ("2001:db8::1", "fec0::1", "64:ff9b::a00:1", "2002:a00:1::")
        ),
    ],
)
def test_scope_of_a_host(host: str, scope: NetworkScope) -> None:
    assert scope_by_name(host) is scope


def test_a_name_with_several_addresses_counts_as_its_farthest() -> None:
    assert widest([NetworkScope.LAN, NetworkScope.THIS_COMPUTER]) is NetworkScope.LAN
    assert widest([NetworkScope.LAN, NetworkScope.OUTSIDE]) is NetworkScope.OUTSIDE
    assert widest([]) is NetworkScope.OUTSIDE


def test_a_name_is_no_address() -> None:
    with pytest.raises(ValueError, match="gpu-box"):
        scope_of_address("gpu-box")


def test_address_is_said_without_scheme_and_path() -> None:
    profile = ServerProfile("box", "http://gpu-box:8000/v1")
    assert (profile.address, profile.host) == ("gpu-box:8000", "gpu-box")


@pytest.mark.parametrize(
    ("chosen", "card", "family"),
    [
        ("", ModelCard("my-model", "Qwen/Qwen2.5-VL-7B"), QWEN2_5_VL),
        ("", ModelCard("qwen3-vl", "/models/Qwen2-VL-2B"), QWEN2_VL),
        ("", ModelCard("qwen2.5vl:7b"), QWEN2_5_VL),
        ("qwen3-vl", ModelCard("x", "Qwen2-VL"), QWEN3_VL),
        ("", ModelCard("llava", "llava-hf/llava"), QWEN2_VL),
    ],
)
def test_the_weights_tell_the_family_unless_a_person_has_named_it(
    chosen: str, card: ModelCard, family: VisionFamily
) -> None:
    assert likely_family(chosen, card.weights) == family

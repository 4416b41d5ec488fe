from __future__ import annotations

import pytest

from desktop_app.adapters.openai_server.flat_picture import flat_png
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.server_kinds import ServerFacts, root_of
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.servers import ModelCard, NetworkScope, ServerKind, ServerProfile
from desktop_app.domain.vision_tokens import QWEN2_VL
from tests.fakes.fake_server import Behaviour, Exchange, FakeServer, closed_port, status


def _profile(server: FakeServer, model: str = "") -> ServerProfile:
    return ServerProfile("fake", server.base_url, model)


async def test_models_in_the_servers_order(server: FakeServer, probe: OpenAiServerProbe) -> None:
    cards = [
        {"id": "b", "root": "Qwen/Qwen2-VL-7B-Instruct", "max_model_len": 8192},
        {"id": "a", "root": None, "parent": "b"},
        {"nonsense": 1},
        "nonsense",
    ]
    server.pages["/v1/models"] = (200, {"data": cards})
    assert await probe.models(_profile(server), "") == (
        ModelCard("b", "Qwen/Qwen2-VL-7B-Instruct", 8192),
        ModelCard("a"),
    )


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, {"data": []}), "SERVER_NO_MODELS"),
        ((200, {"models": []}), "SERVER_NOT_AN_API"),
        ((200, "<html><title>Router</title></html>"), "SERVER_NOT_AN_API"),
        ((404, {"detail": "Not Found"}), "SERVER_NOT_AN_API"),
        ((401, {"error": "Unauthorized"}), "SERVER_KEY_MISSING"),
        ((502, "<html>Bad Gateway</html>"), "SERVER_GATEWAY"),
    ],
)
async def test_lists_that_are_none(
    server: FakeServer, probe: OpenAiServerProbe, answer: tuple[int, object], code: str
) -> None:
    server.pages["/v1/models"] = answer
    with pytest.raises(AppError) as caught:
        await probe.models(_profile(server), "")
    assert caught.value.code is ErrorCode[code]


async def test_nobody_there(probe: OpenAiServerProbe) -> None:
    with pytest.raises(AppError) as caught:
        await probe.check(ServerProfile("x", f"http://127.0.0.1:{closed_port()}/v1"), "")
    assert caught.value.code is ErrorCode.SERVER_REFUSED


async def test_the_key_is_needed_and_sent(probe: OpenAiServerProbe) -> None:
    with FakeServer(key="right") as server:
        with pytest.raises(AppError) as caught:
            await probe.models(_profile(server), "wrong")
        assert caught.value.code is ErrorCode.SERVER_KEY
        assert "wrong" not in str(caught.value)
        with pytest.raises(AppError) as none_given:
            await probe.models(_profile(server), "")
        assert none_given.value.code is ErrorCode.SERVER_KEY_MISSING
        assert len(await probe.models(_profile(server), "right")) == 1


@pytest.mark.parametrize(
    ("path", "page", "kind", "version"),
    [
        ("/version", {"version": "0.11.0"}, ServerKind.VLLM, "0.11.0"),
        (
            "/props",
            {"default_generation_settings": {"n_ctx": 4096}, "build_info": "b1"},
            ServerKind.LLAMA_CPP,
            "b1",
        ),
        ("/get_model_info", {"model_path": "x"}, ServerKind.SGLANG, ""),
        ("/api/version", {"version": "0.12.0"}, ServerKind.OLLAMA, "0.12.0"),
        ("/api/v0/models", {"data": []}, ServerKind.LM_STUDIO, ""),
        ("/other", {}, ServerKind.OTHER, ""),
    ],
)
async def test_kinds(
    server: FakeServer, probe: OpenAiServerProbe, path: str, page: object, kind: ServerKind, version: str
) -> None:
    server.pages[path] = (200, page)
    report = await probe.check(_profile(server), "")
    assert (report.kind, report.version) == (kind, version)
    assert report.scope is NetworkScope.THIS_COMPUTER
    assert report.family == QWEN2_VL if "qwen2" in server.model else report.family is None


async def test_a_server_that_drops_pictures_is_found_out(
    server: FakeServer, probe: OpenAiServerProbe
) -> None:
    server.default = _counting(per_picture=0)
    assert (await probe.check(_profile(server), "")).sees_pictures is False
    server.default = _counting(per_picture=18)
    assert (await probe.check(_profile(server), "")).sees_pictures is True


async def test_a_vllm_that_hides_tokenize_is_asked_for_words(probe: OpenAiServerProbe) -> None:
    with FakeServer(version="0.11.0") as server:
        server.default = _counting(per_picture=18)
        assert (await probe.check(_profile(server), "")).sees_pictures is True


async def test_a_server_that_refuses_pictures_does_not_see_them(
    server: FakeServer, probe: OpenAiServerProbe
) -> None:
    server.default = status(400, {"error": {"message": "fake-vl is not a multimodal model"}})
    assert (await probe.check(_profile(server), "")).sees_pictures is False


async def test_a_server_that_fails_otherwise_leaves_it_open(
    server: FakeServer, probe: OpenAiServerProbe
) -> None:
    server.default = status(500, {"error": {"message": "out of paper"}})
    assert (await probe.check(_profile(server), "")).sees_pictures is None


async def test_a_model_that_is_not_there(server: FakeServer, probe: OpenAiServerProbe) -> None:
    with pytest.raises(AppError) as caught:
        await probe.check(_profile(server, model="gone"), "")
    assert caught.value.code is ErrorCode.SERVER_MODEL_UNKNOWN
    assert caught.value.values["model"] == "gone"


async def test_limits_that_a_server_tells(server: FakeServer, probe: OpenAiServerProbe) -> None:
    server.pages["/props"] = (200, {"default_generation_settings": {"n_ctx": 4096}})
    limits = await probe.learn_limits(_profile(server), "", ModelCard("fake-vl"))
    assert (limits.context_tokens, limits.max_pixels, limits.picture_limit) == (4096, None, None)


async def test_a_hidden_tokenize_is_no_error(probe: OpenAiServerProbe) -> None:
    with FakeServer(version="0.11.0") as server:
        limits = await probe.learn_limits(_profile(server), "", ModelCard("x", "Qwen/Qwen2-VL-2B", 2048))
    assert (limits.context_tokens, limits.max_pixels, limits.picture_limit) == (2048, None, None)


def test_flat_pictures_are_pictures() -> None:
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(flat_png(Size(300, 20), grey=77))) as picture:
        assert picture.size == (300, 20)
        assert picture.getcolors() == [(6000, 77)]


@pytest.mark.parametrize(
    ("base_url", "root"),
    [
        ("http://box:8000/v1", "http://box:8000"),
        ("http://box/models/qwen/v1", "http://box/models/qwen"),
        ("http://box/api", "http://box/api"),
    ],
)
def test_roots(base_url: str, root: str) -> None:
    assert root_of(base_url) == root


@pytest.mark.parametrize(
    ("version", "keeps"),
    [("0.10.2", False), ("0.11.0", True), ("0.32.0", True), ("1.0", True), ("0.9", False), ("dev", True)],
)
def test_versions(version: str, keeps: bool) -> None:
    assert ServerFacts(ServerKind.VLLM, version).keeps_pictures is keeps


def _counting(per_picture: int) -> Behaviour:
    async def behave(exchange: Exchange) -> None:
        pictures = sum(
            part["type"] == "image_url" for part in exchange.request.json["messages"][0]["content"]
        )
        usage = {"prompt_tokens": 20 + per_picture * pictures, "completion_tokens": 1}
        await status(200, {"choices": [], "usage": usage})(exchange)

    return behave

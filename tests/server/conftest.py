"""A real model server, named on the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.domain.servers import ServerKind, ServerProfile, ServerTarget
from tests.server.lab import Lab

TINY = "tiny-qwen2-vl"


@pytest.fixture
def profile(request: pytest.FixtureRequest) -> ServerProfile:
    """The server under test."""
    url = request.config.getoption("--server-url")
    if not url:
        pytest.skip("needs a real model server: give --server-url")
    return ServerProfile("real", str(url), allow_outside=True)


@pytest.fixture(scope="session")
def learnt() -> dict[str, ServerTarget]:
    """What tests have learnt about the server; it does not change while they run."""
    return {}


@pytest.fixture
async def lab(profile: ServerProfile, learnt: dict[str, ServerTarget]) -> AsyncIterator[Lab]:
    made = Lab(profile, learnt)
    yield made
    await made.vision_model.aclose()


@pytest.fixture
async def tiny(lab: Lab) -> Lab:
    """The lab, when the server holds the model whose knowledge is known."""
    target = await lab.target()
    if target.model != TINY:
        pytest.skip(f"needs the model {TINY}; the server has {target.model}")
    return lab


@pytest.fixture
async def vllm(lab: Lab) -> Lab:
    """The lab, when the server is vLLM."""
    facts = await lab.kinds.facts(lab.profile, "")
    if facts.kind is not ServerKind.VLLM:
        pytest.skip(f"needs vLLM; the server is {facts.kind.value}")
    return lab


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Saves an image under a name and returns its path."""

    def save(image: Image.Image, name: str, **how: object) -> Path:
        path = tmp_path / name
        image.save(path, None, **how)
        return path

    return save

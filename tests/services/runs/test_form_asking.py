"""One picture asked for a form, with the real client and a server that answers as it likes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import system_resolve
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.domain.answers import Usage
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, Number, Places, Text, plain_form
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.schema import schema_of
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture, PreparedPicture
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.run import AskingMethod
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.runs.form_asking import IGNORED_UNTIL_BELIEVED, FormAsking, FormQuestion
from tests.fakes.fake_server import Behaviour, FakeServer, Received, chosen, status, whole
from tests.fakes.hearing import target_of
from tests.services.runs.run_lab import ANSWER, FORM, OPTIONS

PICTURE = PreparedPicture(
    EncodedPicture(b"\x89PNG", "image/png", Size(28, 28), "ab"), Size(56, 28), None, 4, "cd"
)


@pytest.fixture
async def asking() -> AsyncIterator[FormAsking]:
    clients = GuardedClients(system_resolve)
    model = OpenAiVisionModel(clients.for_profile, ServerKinds(clients.for_profile))
    yield FormAsking(model)
    await model.aclose()


@pytest.fixture
def target(server: FakeServer) -> ServerTarget:
    return target_of(server.base_url)


def question(form: Form = FORM) -> FormQuestion:
    return FormQuestion(form, form.instructions, OPTIONS, PICTURE)


def prompts(request: Received) -> list[str]:
    """Texts of the messages, in order."""
    texts = []
    for message in request.json["messages"]:
        content = message["content"]
        texts.append(content if isinstance(content, str) else content[-1]["text"])
    return texts


def kinds(answer: ItemAnswer) -> dict[str, ProblemKind]:
    return {problem.key: problem.kind for problem in answer.problems}


async def test_the_schema_the_picture_and_the_fields_are_sent(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    answer = await asking.ask(target, question())
    (request,) = server.chats
    body = request.json
    assert body["response_format"]["json_schema"]["schema"] == schema_of(FORM)
    assert (body["logprobs"], body["top_logprobs"], body["temperature"]) == (True, 10, OPTIONS.temperature)
    assert body.get("stream", False) is False
    assert body["messages"][0]["content"][0]["type"] == "image_url"
    assert '"rust" (true or false): Is there rust?' in prompts(request)[0]
    assert dict(answer.values) == {"rust": True, "part": "bolt"}
    assert (answer.problems, answer.repaired, answer.usage) == ((), False, Usage(30, 5))
    assert (answer.server, answer.model, answer.content_hash) == ("fake", "fake-vl", "cd")
    assert answer.original_size == Size(56, 28)
    assert answer.seconds > 0


async def test_the_system_prompt_goes_first(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    await asking.ask(target, replace(question(), options=replace(OPTIONS, system=" Be brief. ")))
    assert [message["role"] for message in server.chats[0].json["messages"]] == ["system", "user"]
    assert prompts(server.chats[0])[0] == "Be brief."


async def test_an_answer_that_does_not_fit_is_repaired_once(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.answer_with(whole('{"rust": "perhaps", "part": "bolt"}'), whole(ANSWER, usage=(50, 7)))
    answer = await asking.ask(target, question())
    assert dict(answer.values) == {"rust": True, "part": "bolt"}
    assert answer.repaired
    assert answer.raw == ANSWER
    assert answer.usage == Usage(80, 12)
    first, second = server.chats
    assert [message["role"] for message in second.json["messages"]] == ["user", "assistant", "user"]
    assert second.json["messages"][:1] == first.json["messages"]
    assert prompts(second)[1] == '{"rust": "perhaps", "part": "bolt"}'
    assert '"rust" must be true or false' in prompts(second)[2]


@pytest.mark.parametrize("second", ["nothing", '{"part": "bolt"}', ""], ids=["words", "no better", "empty"])
async def test_a_repair_that_brings_no_more_keeps_the_first_answer(
    asking: FormAsking, server: FakeServer, target: ServerTarget, second: str
) -> None:
    server.answer_with(whole('{"part": "plate"}'), whole(second))
    answer = await asking.ask(target, question())
    assert dict(answer.values) == {"part": "plate"}
    assert answer.raw == '{"part": "plate"}'
    assert not answer.repaired
    assert kinds(answer) == {"rust": ProblemKind.MISSING}
    assert answer.usage == Usage(60, 10)
    assert len(server.chats) == 2


@pytest.mark.parametrize(
    "fault",
    [
        status(500, {"error": {"message": "it broke"}}),
        status(400, {"error": {"message": "maximum context length is 10"}}),
    ],
)
async def test_a_repair_that_fails_keeps_the_first_answer(
    asking: FormAsking, server: FakeServer, target: ServerTarget, fault: Behaviour
) -> None:
    server.answer_with(whole('{"part": "plate"}'))
    server.default = fault
    answer = await asking.ask(target, question())
    assert dict(answer.values) == {"part": "plate"}
    assert answer.usage == Usage(30, 5)


async def test_what_keeps_the_server_from_answering_is_raised(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = status(503, {"error": {"message": "loading"}})
    with pytest.raises(AppError) as caught:
        await asking.ask(target, question())
    assert caught.value.code is ErrorCode.SERVER_BUSY
    assert len(server.chats) == 1


def refusing(*fields: str, words: str = "not supported") -> Behaviour:
    """A server that refuses requests with these fields."""

    def choose(request: Received) -> Behaviour:
        named = [field for field in fields if field in request.json]
        return status(400, {"error": {"message": f"{named[0]}: {words}"}}) if named else whole(ANSWER)

    return chosen(choose)


async def test_a_server_that_refuses_schemas_is_asked_without_from_then_on(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = refusing("response_format")
    assert asking.method(target, FORM) is AskingMethod.SCHEMA
    assert dict((await asking.ask(target, question())).values) == {"rust": True, "part": "bolt"}
    assert asking.method(target, FORM) is AskingMethod.PROMPTED
    before = len(server.chats)
    await asking.ask(target, question())
    assert len(server.chats) == before + 1
    assert "response_format" not in server.chats[-1].json
    assert "logprobs" in server.chats[-1].json


async def test_the_fields_are_told_where_no_schema_does(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    """Also in the very request that follows the refusal."""
    server.default = refusing("response_format")
    await asking.ask(target, question(replace(FORM, describe=False)))
    first, last = server.chats[0], server.chats[-1]
    assert "rust" not in prompts(first)[0]
    assert '"rust" (true or false)' in prompts(last)[0]


async def test_a_server_that_refuses_probabilities_keeps_the_schema(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = refusing("logprobs")
    await asking.ask(target, question())
    await asking.ask(target, question())
    assert [("logprobs" in one.json, "response_format" in one.json) for one in server.chats] == [
        (True, True),
        (False, True),
        (False, True),
    ]
    assert asking.method(target, FORM) is AskingMethod.SCHEMA


async def test_a_server_that_refuses_both_is_asked_for_neither(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = refusing("response_format", "logprobs", words="unknown field")
    await asking.ask(target, question())
    await asking.ask(target, question())
    last = server.chats[-1].json
    assert "response_format" not in last
    assert "logprobs" not in last


async def test_a_picture_that_is_refused_in_any_case_teaches_nothing(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = status(400, {"error": {"message": "this one cannot be done"}})
    with pytest.raises(AppError) as caught:
        await asking.ask(target, question())
    assert caught.value.code is ErrorCode.SERVER_REQUEST_REFUSED
    server.default = whole(ANSWER)
    await asking.ask(target, question())
    assert "response_format" in server.chats[-1].json
    assert "logprobs" in server.chats[-1].json


async def test_requests_at_the_same_time_learn_together(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = refusing("response_format", "logprobs", words="unknown field")
    answers = await asyncio.gather(*(asking.ask(target, question()) for _ in range(8)))
    assert all(answer.values for answer in answers)
    before = len(server.chats)
    await asking.ask(target, question())
    assert len(server.chats) == before + 1


async def test_what_one_server_refuses_is_still_asked_of_another(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = refusing("response_format")
    await asking.ask(target, question())
    assert asking.method(target_of("http://127.0.0.1:1/v1"), FORM) is AskingMethod.SCHEMA


async def test_a_server_that_ignores_schemas_is_noticed(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole(f"Here it is:\n```json\n{ANSWER}\n```")
    for _ in range(IGNORED_UNTIL_BELIEVED):
        assert asking.method(target, FORM) is AskingMethod.SCHEMA
        assert dict((await asking.ask(target, question())).values) == {"rust": True, "part": "bolt"}
    assert asking.method(target, FORM) is AskingMethod.PROMPTED
    await asking.ask(target, question())
    assert "response_format" not in server.chats[-1].json


async def test_one_stray_answer_proves_nothing(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    stray = whole(f"Sure! {ANSWER}")
    server.answer_with(*[stray, whole(ANSWER)] * 4)
    for _ in range(8):
        await asking.ask(target, question())
    assert asking.method(target, FORM) is AskingMethod.SCHEMA


async def test_json_that_lands_in_the_reasoning_is_found(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole("", reasoning=ANSWER)
    answer = await asking.ask(target, question())
    assert dict(answer.values) == {"rust": True, "part": "bolt"}
    assert answer.raw == ANSWER
    assert asking.method(target, FORM) is AskingMethod.SCHEMA


LONG = Form("Long", (FormField("words", "Words", Text()), FormField("number", "Number", Number())), "Read.")


async def test_an_answer_that_was_cut_off_is_asked_for_once_more_and_says_so(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole('{"number": 7, "words": "once upon a', finish="length")
    answer = await asking.ask(target, question(LONG))
    assert (dict(answer.values), answer.raw) == ({"number": 7}, '{"number": 7, "words": "once upon a')
    assert answer.problems == (FieldProblem("words", ProblemKind.CUT_OFF),)
    assert len(server.chats) == 2


async def test_an_answer_of_blanks_says_so(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole('{"words":' + " \n" * 400, finish="length")
    answer = await asking.ask(target, question(LONG))
    assert ProblemKind.BLANKS in kinds(answer).values()
    assert not answer.values


async def test_probabilities_become_a_confidence(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    pieces = ['{"rust": ', "true", ', "part": "', "bolt", '"}']
    told: list[dict[str, object]] = [
        {"token": piece, "logprob": -0.0001, "bytes": None, "top_logprobs": []} for piece in pieces
    ]
    told[1] |= {
        "logprob": -0.2231,
        "top_logprobs": [
            {"token": "true", "logprob": -0.2231, "bytes": None},
            {"token": "false", "logprob": -1.6094, "bytes": None},
        ],
    }
    server.default = whole("".join(pieces), logprobs={"content": told})
    answer = await asking.ask(target, question())
    assert answer.confidence["rust"] == pytest.approx(0.8, abs=0.01)


async def test_no_probabilities_are_asked_for_where_nothing_is_chosen(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole('{"words": "a", "number": 1}')
    await asking.ask(target, question(LONG))
    assert "logprobs" not in server.chats[0].json


async def test_boxes_are_kept_in_pixels_of_the_original(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    form = Form("Boxes", (FormField("where", "Where", Places()),), "Find it.")
    server.default = whole('{"where": [[0, 500, 1000, 1000]]}')
    answer = await asking.ask(target, question(form))
    assert answer.values["where"] == [[0, 14, 56, 28]]


async def test_a_plain_question_is_asked_as_it_is(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole("Two bolts.")
    answer = await asking.ask(target, question(plain_form("How many?")))
    assert (dict(answer.values), answer.problems) == ({"answer": "Two bolts."}, ())
    (request,) = server.chats
    assert prompts(request) == ["How many?"]
    assert not {"response_format", "logprobs"} & set(request.json)


async def test_a_plain_answer_that_breaks_off_is_kept_and_marked_and_not_asked_for_again(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    server.default = whole("Two bolts and", finish="length")
    answer = await asking.ask(target, question(plain_form("How many?")))
    assert dict(answer.values) == {"answer": "Two bolts and"}
    assert answer.problems == (FieldProblem("answer", ProblemKind.CUT_OFF),)
    assert not answer.lacks_values
    assert len(server.chats) == 1


async def test_others_can_send_what_would_be_asked(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    request = asking.first_request(target, question())
    assert request.schema == schema_of(FORM)
    server.default = refusing("response_format")
    await asking.ask(target, question())
    assert asking.first_request(target, question()).schema is None


async def test_an_answer_longer_than_the_context_allows_is_not_asked_for(
    asking: FormAsking, server: FakeServer, target: ServerTarget
) -> None:
    small = replace(target, limits=replace(target.limits, context_tokens=200))
    await asking.ask(small, question())
    assert server.chats[0].json["max_tokens"] < 200
    with pytest.raises(AppError) as caught:
        await asking.ask(replace(target, limits=replace(target.limits, context_tokens=5)), question())
    assert caught.value.code is ErrorCode.SERVER_CONTEXT_TOO_LONG

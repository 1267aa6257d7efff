"""What the command line makes of a unit's answers."""

import httpx
import pytest

from deploy.terminal.asking import MOST_STEPS, Api
from services.kit.errors import Refusal


def api(answer: httpx.Response) -> Api:
    transport = httpx.MockTransport(lambda _: answer)
    return Api(httpx.Client(base_url="http://unit", transport=transport))


@pytest.mark.parametrize("steps", [0, 1, MOST_STEPS, MOST_STEPS + 1])
def test_a_timeline_is_read_to_its_end(steps: int) -> None:
    def part(request: httpx.Request) -> httpx.Response:
        after, limit = (int(request.url.params.get(name, 0)) for name in ("after", "limit"))
        return httpx.Response(200, json=[{"seq": n + 1} for n in range(after, steps)][:limit])

    client = httpx.Client(base_url="http://unit", transport=httpx.MockTransport(part))
    found = Api(client).timeline("/cases/1")

    assert [step["seq"] for step in found] == list(range(1, steps + 1))


def test_a_problem_is_the_refusal_it_tells_of() -> None:
    broken = {"field": "query.level", "rule": "enum", "says": "Input should be one of …"}
    problem = {"type": "urn:x", "title": "invalid", "status": 422, "code": "invalid"}
    answer = httpx.Response(422, json={**problem, **broken, "detail": "请求内容不符合要求。"})

    with pytest.raises(Refusal) as refused:
        api(answer).get("/cases")

    assert (refused.value.code, refused.value.status) == ("invalid", 422)
    assert refused.value.fields == {"field": "query.level", "rule": "enum"}
    assert str(refused.value) == "请求内容不符合要求。"


@pytest.mark.parametrize(
    "answer", [httpx.Response(502, text="<html>"), httpx.Response(500, json=["no problem"])]
)
def test_what_is_no_problem_of_ours_is_told_by_its_status(answer: httpx.Response) -> None:
    with pytest.raises(Refusal, match="http://unit/cases answered 50") as refused:
        api(answer).get("/cases")

    assert refused.value.code == "http"

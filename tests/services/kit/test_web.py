"""What every unit answers over HTTP: problems with a code, a limit on bodies, readiness."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Body, Request
from sqlalchemy.exc import DBAPIError

from contracts.agencies import Role
from contracts.says import Says
from services.kit.errors import Forbidden, NotFound, Refusal, Unavailable
from services.kit.http.application import ReadinessCheck, create_app
from services.kit.rights.development_issuer import dev_token
from services.kit.rights.identity import Asking, Identity, require_role
from tests.services.kit.test_security import HEAD, settings
from tests.support import directories

LIMIT = 1000
router = APIRouter()


@router.post("/echo")
async def echo(request: Request) -> int:
    return len(await request.body())


@router.post("/number")
async def number(number: Annotated[int, Body(embed=True)]) -> int:
    return number


@router.get("/mine")
async def mine(asking: Asking) -> str:
    require_role(asking, Role.HEAD)
    return asking.id


FAILURES: dict[str, Exception] = {
    "refused": Refusal("not_open", Says("不可实施。", "It is not open"), open=["file_case"]),
    "forbidden": Forbidden(Says("不属于您。", "Not yours")),
    "missing": NotFound(Says("案件", "case"), 7),
    "down": Unavailable(Says("Temporal 没有回应。", "Temporal does not answer")),
    "database": DBAPIError("SELECT 1", {"name": "张三"}, Exception(), connection_invalidated=True),
    "fault": RuntimeError("a secret of 张三"),
}


@router.get("/fails/{how}")
async def fails(how: str) -> None:
    raise FAILURES[how]


@pytest.fixture
def checks() -> dict[str, ReadinessCheck]:
    return {}


@pytest.fixture
async def client(
    tmp_path: Path, checks: dict[str, ReadinessCheck]
) -> AsyncIterator[httpx.AsyncClient]:
    ours = settings(tmp_path, max_body_bytes=LIMIT)
    known = Identity(ours, directories.directory)
    app = create_app("toy", ours, routers=[router], identity=known, checks=checks)
    app.state.token = dev_token(ours, HEAD, "county")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        client.headers["x-token"] = app.state.token
        yield client


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("refused", 409, "not_open"),
        ("forbidden", 403, "forbidden"),
        ("missing", 404, "not_found"),
        ("down", 503, "unavailable"),
        ("database", 503, "unavailable"),
        ("fault", 500, "fault"),
    ],
)
async def test_every_failure_is_a_problem_with_a_code(
    client: httpx.AsyncClient, how: str, status: int, code: str
) -> None:
    answer = await client.get(f"/fails/{how}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "张三" not in answer.text
    assert ("retry-after" in answer.headers) == (status == 503)


async def test_a_refusal_says_why_in_chinese_first_and_what_is_open_instead(
    client: httpx.AsyncClient,
) -> None:
    said = (await client.get("/fails/refused")).json()

    assert said["detail"] == "不可实施。 It is not open"
    assert said["open"] == ["file_case"]


async def test_what_is_missing_is_named_in_chinese_too(client: httpx.AsyncClient) -> None:
    said = (await client.get("/fails/missing")).json()

    assert said["detail"] == "没有案件 7。 There is no case 7"


async def test_a_wrong_field_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.post("/number", json={"number": "many"})

    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == ("invalid", "body.number")


async def test_no_route_and_no_method_are_problems_too(client: httpx.AsyncClient) -> None:
    nowhere, no_method = await client.get("/nowhere"), await client.get("/echo")

    assert (nowhere.json()["code"], nowhere.json()["detail"]) == (
        "not_found",
        "没有该地址。 Not Found",
    )
    assert no_method.json()["code"] == "method_not_allowed"


async def test_who_asks_is_told_by_the_token(client: httpx.AsyncClient) -> None:
    token = client.headers["x-token"]

    assert (await client.get("/mine", headers={"authorization": f"Bearer {token}"})).json() == HEAD


@pytest.mark.parametrize("header", ["", "Basic x", "Bearer", "Bearer nonsense"])
async def test_without_a_token_nobody_asks(client: httpx.AsyncClient, header: str) -> None:
    answer = await client.get("/mine", headers={"authorization": header})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413), (20 * LIMIT, 413)])
@pytest.mark.parametrize("says_its_length", [True, False])
async def test_a_body_beyond_the_limit_is_refused(
    client: httpx.AsyncClient, size: int, status: int, *, says_its_length: bool
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, size, 100):
            yield b"x" * min(100, size - start)

    answer = await client.post("/echo", content=b"x" * size if says_its_length else pieces())

    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == "too_large"


async def test_live_says_nothing_of_others_and_ready_does(
    client: httpx.AsyncClient, checks: dict[str, ReadinessCheck]
) -> None:
    async def up() -> None:
        """Answer at once."""

    async def down() -> None:
        raise Unavailable(Says("数据库不在。", "the database is away"))

    checks["up"] = up
    assert (await client.get("/health/ready")).status_code == 200

    checks["database"] = down
    answer = await client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "up": "ready",
        "database": "数据库不在。 the database is away",
    }
    assert (await client.get("/health/live")).status_code == 200


async def test_the_interface_describes_itself(client: httpx.AsyncClient) -> None:
    assert "/fails/{how}" in (await client.get("/openapi.json")).json()["paths"]


async def test_the_api_pages_need_no_internet(client: httpx.AsyncClient) -> None:
    page = (await client.get("/docs")).text

    assert "/swagger/swagger-ui-bundle.js" in page
    assert "https://" not in page
    assert (await client.get("/swagger/swagger-ui.css")).status_code == 200

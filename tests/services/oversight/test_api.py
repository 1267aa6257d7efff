"""The audit log over HTTP: what an evaluator can check without trusting anyone."""

from base64 import b64decode
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from contracts.agencies import Agency, Directory, Holder, Role
from contracts.oversight import Checkpoint
from services.kit.http.application import create_app
from services.kit.rights.development_issuer import dev_token
from services.kit.rights.identity import Identity
from services.kit.settings import SteelyardSettings
from services.oversight.api import router
from services.oversight.checkpointing import Checkpoints
from services.oversight.erasing import erase
from services.oversight.rules.checkpoints import is_signed
from services.oversight.rules.tree import leaf_hash
from tests.services.oversight.checking_proofs import proves_consistency, proves_inclusion
from tests.services.oversight.conftest import Log
from tests.services.oversight.events import closed, filed, step_taken, submitted, told
from tests.services.oversight.logs import CASE, KEY, KEYS, NOW

ALWAYS = date(2020, 1, 1)
PEOPLE = {"sun": Role.EVALUATOR, "li": Role.OPERATOR, "qian": Role.INSPECTOR}
DIRECTORY = Directory(
    jurisdiction="test",
    name="试验",
    name_en="Test",
    version="1",
    national="samr",
    agencies=(
        Agency(code="samr", name="总局", name_en="SAMR", level="national", valid_from=ALWAYS),
    ),
    holders=tuple(
        Holder(principal=who, name=who, agency="samr", role=role, valid_from=ALWAYS)
        for who, role in PEOPLE.items()
    ),
    levels=(),
)


@pytest.fixture
def settings(tmp_path: Path) -> SteelyardSettings:
    nowhere = tmp_path / "none.toml"
    return SteelyardSettings(data_dir=tmp_path, jurisdiction=nowhere, calendar=nowhere)


@pytest.fixture
async def client(audit_log: Log, settings: SteelyardSettings) -> AsyncIterator[httpx.AsyncClient]:
    """A caller without a token, of a log with five entries and a checkpoint over four."""
    await audit_log.take(submitted(), told(filed()), told(step_taken(1)), told(filed(UUID(int=9))))
    await Checkpoints(audit_log.worker, KEY).one()
    await audit_log.take(told(closed()))
    app = create_app(
        "oversight",
        settings,
        routers=[router],
        identity=Identity(settings, lambda: DIRECTORY),
        sessions=audit_log.app,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as caller:
        yield caller


@pytest.fixture
def evaluator(client: httpx.AsyncClient, settings: SteelyardSettings) -> httpx.AsyncClient:
    client.headers["authorization"] = f"Bearer {dev_token(settings, 'sun', 'samr')}"
    return client


async def checkpoint(evaluator: httpx.AsyncClient) -> Checkpoint:
    answer = await evaluator.get("/audit/checkpoints/latest")
    return Checkpoint.model_validate(answer.raise_for_status().json())


async def test_the_latest_checkpoint_is_signed_by_the_log(evaluator: httpx.AsyncClient) -> None:
    newest = await checkpoint(evaluator)

    assert newest.size == 4
    assert is_signed(newest, KEYS)


async def test_a_cases_entries_come_in_order_and_in_pages(evaluator: httpx.AsyncClient) -> None:
    whole = (await evaluator.get("/audit/entries", params={"case": str(CASE)})).json()
    page = {"case": str(CASE), "after": "1", "limit": "1"}
    paged = (await evaluator.get("/audit/entries", params=page)).json()

    assert [entry["index"] for entry in whole] == [1, 2, 4]
    assert [entry["index"] for entry in paged] == [2]
    assert whole[0]["data"]["number"] == "1"
    assert (whole[1]["procedure"], whole[1]["seq"]) == (f"enforcement_case/{CASE}", 1)
    assert whole[1]["attributes"]["source"] == "/services/enforcement"


async def test_an_entry_is_proved_against_the_checkpoint_from_its_bytes_alone(
    evaluator: httpx.AsyncClient,
) -> None:
    newest = await checkpoint(evaluator)
    entry = (await evaluator.get("/audit/entries/2")).json()
    proof = (await evaluator.get("/audit/proofs/inclusion/2", params={"size": newest.size})).json()

    leaf = leaf_hash(bytes.fromhex(entry["salt"]), b64decode(entry["record"]))

    path = [bytes.fromhex(step) for step in proof["path"]]
    assert proves_inclusion(leaf, 2, newest.size, path, bytes.fromhex(newest.root))


async def test_the_log_is_proved_to_have_grown_from_the_checkpoint(
    evaluator: httpx.AsyncClient,
) -> None:
    newest = await checkpoint(evaluator)
    params = {"from": newest.size}
    proof = (await evaluator.get("/audit/proofs/consistency", params=params)).json()

    path = [bytes.fromhex(step) for step in proof["path"]]
    before, after = bytes.fromhex(newest.root), bytes.fromhex(proof["to_root"])
    assert proof["to_size"] == 5
    assert proves_consistency(newest.size, 5, path, before, after)


async def test_an_erased_entry_shows_its_place_and_no_content(
    audit_log: Log, evaluator: httpx.AsyncClient
) -> None:
    await erase(audit_log.owner, 1, by="zhao", why="误报", now=NOW)

    entry = (await evaluator.get("/audit/entries/1")).json()

    assert entry["erased"] is True
    assert (entry["data"], entry["record"], entry["salt"], entry["subject"]) == (None,) * 3 + ("",)
    assert entry["case_id"] == str(CASE)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/audit/entries/99", 404),
        ("/audit/entries/-1", 422),
        ("/audit/entries?case=7", 422),
        ("/audit/proofs/inclusion/99", 404),
        ("/audit/proofs/inclusion/2?size=99", 422),
        ("/audit/proofs/inclusion/2?size=2", 422),
        ("/audit/proofs/consistency?from=0", 422),
        ("/audit/proofs/consistency?from=4&to=3", 422),
        ("/audit/proofs/consistency?from=1&to=99", 422),
        (f"/audit/proofs/inclusion/{2**70}", 422),
    ],
)
async def test_what_is_not_in_the_log_is_refused_with_a_reason(
    evaluator: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await evaluator.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(("who", "status"), [("sun", 200), ("li", 200), ("qian", 403), ("x", 403)])
async def test_evaluators_and_operators_read_the_log_and_nobody_else(
    client: httpx.AsyncClient, settings: SteelyardSettings, who: str, status: int
) -> None:
    bearer = {"authorization": f"Bearer {dev_token(settings, who, 'samr')}"}

    answers = [
        await client.get(path, headers=bearer)
        for path in (
            "/audit/checkpoints/latest",
            f"/audit/entries?case={CASE}",
            "/audit/entries/0",
            "/audit/proofs/inclusion/0",
            "/audit/proofs/consistency?from=1",
        )
    ]

    assert [answer.status_code for answer in answers] == [status] * 5


async def test_without_a_token_nothing_is_shown(client: httpx.AsyncClient) -> None:
    assert (await client.get("/audit/checkpoints/latest")).status_code == 401
    assert (await client.get("/health/live")).status_code == 200

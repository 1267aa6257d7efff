"""Who reported: sealed at rest, shown to the case's head alone, and never without a trace."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from contracts.agencies import Role
from services.enforcement.rules.reporters import is_opaque
from services.enforcement.vault import Vault
from services.enforcement.views import ReporterIdentity
from services.kit.clock import WallClock
from services.kit.running.codec import BadKeys
from services.kit.storage.database import Sessions
from tests.services.enforcement.house import OTHER_KEYS, OWNER, House
from tests.support.directories import CITY, COUNTY
from tests.support.enforcement import report
from tests.support.owner.house import KEYS
from tests.support.owner.record import Record

IDENTITY = {"name": "张三丰", "phone": "13800138000", "wishes_anonymity": True}


async def handed_in(house: House) -> str:
    async with house.asked_by(Role.DUTY_OFFICER) as client:
        answer = await client.post("/reporters", json=IDENTITY)
    assert answer.status_code == 201, answer.text
    reference: str = answer.json()["reference"]
    return reference


async def with_a_case(house: House) -> tuple[str, str]:
    reference = await handed_in(house)
    case = await house.case_of(report(occurred_at=WallClock().now(), reporter=reference))
    return reference, str(case)


async def asked(
    house: House, reference: str, role: Role = Role.HEAD, agency: str = COUNTY
) -> tuple[int, dict[str, Any]]:
    async with house.asked_by(role, agency) as client:
        answer = await client.get(f"/reporters/{reference}", params={"purpose": "protection"})
    return answer.status_code, answer.json()


async def all_bytes(of: Sessions) -> str:
    """Every table of the schema but the vault's own, as text."""
    async with of() as session:
        tables = await session.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'enforcement'")
        )
        found = [await session.execute(text(f"SELECT r::text FROM {t} AS r")) for (t,) in tables]
        return "\n".join(line for result in found for (line,) in result)


async def test_a_reporter_is_known_by_an_opaque_reference_only(
    house: House, record: Record
) -> None:
    reference, _ = await with_a_case(house)

    assert is_opaque(reference)
    stored = await all_bytes(record.owner)
    assert reference in stored
    for personal in ("张三丰", "张三丰".encode().hex(), "13800138000", b"13800138000".hex()):
        assert personal not in stored


async def test_the_head_of_the_case_reads_it_and_the_reading_is_told(
    house: House, record: Record
) -> None:
    reference, case = await with_a_case(house)

    status, identity = await asked(house, reference)

    assert status == 200
    assert identity["name"] == "张三丰"
    async with record.worker() as session:
        last = "SELECT type, subject, data FROM outbox ORDER BY id DESC LIMIT 1"
        [(kind, subject, data)] = await session.execute(text(last))
    assert (kind, subject) == ("cn.metrology.enforcement.reporter_read.v1", case)
    told = json.loads(bytes(data))
    assert (told["by"], told["purpose"], told["reference"]) == (
        "county.head",
        "protection",
        reference,
    )
    assert "张三丰" not in bytes(data).decode()


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [
        (Role.INSPECTOR, COUNTY, 403),
        (Role.EVALUATOR, COUNTY, 403),
        (Role.OPERATOR, COUNTY, 403),
        (Role.HEAD, CITY, 404),
    ],
)
async def test_nobody_else_reads_it_and_nothing_is_told(
    house: House, record: Record, role: Role, agency: str, status: int
) -> None:
    reference, _ = await with_a_case(house)

    found, _ = await asked(house, reference, role, agency)

    assert found == status
    async with record.worker() as session:
        told = await session.execute(text("SELECT 1 FROM outbox WHERE type LIKE '%reporter_read%'"))
        assert told.all() == []


async def test_without_a_case_there_is_no_reason_to_read_it(house: House) -> None:
    reference = await handed_in(house)

    status, _ = await asked(house, reference)

    assert status == 404


async def test_a_purpose_that_is_not_on_the_list_is_refused(house: House) -> None:
    reference, _ = await with_a_case(house)
    async with house.asked_by(Role.HEAD) as client:
        none = await client.get(f"/reporters/{reference}")
        free = await client.get(f"/reporters/{reference}", params={"purpose": "好奇"})

    assert (none.status_code, free.status_code) == (422, 422)


async def test_what_is_refused_says_nothing_of_the_person(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    async with house.asked_by(Role.DUTY_OFFICER) as client:
        answer = await client.post("/reporters", json={"name": ["张三丰"], "phone": "1" * 99})

    assert answer.status_code == 422
    printed = "".join(capsys.readouterr())
    assert "张三丰" not in answer.text + printed
    assert "1" * 99 not in answer.text + printed


async def test_the_worker_of_the_service_cannot_open_the_vault(
    house: House, record: Record
) -> None:
    await handed_in(house)
    async with record.worker() as session:
        with pytest.raises(Exception, match="permission denied"):
            await session.execute(text("SELECT * FROM reporter"))


async def test_a_new_key_seals_and_the_old_one_still_opens(
    house: House, record: Record, data_dir: Path
) -> None:
    reference, _ = await with_a_case(house)
    changed = House(OWNER, record, data_dir, reporter_keys=OTHER_KEYS)

    status, identity = await asked(changed, reference)
    await handed_in(changed)
    await changed.close()

    assert (status, identity["name"]) == (200, "张三丰")
    async with record.owner() as session:
        kids = await session.execute(text("SELECT kid FROM reporter ORDER BY handed_in_at"))
        assert [kid for (kid,) in kids] == ["one", "two"]


def test_a_sealed_identity_opens_under_its_own_reference_only() -> None:
    vault = Vault(KEYS)
    row = vault.seal(ReporterIdentity(name="张三丰"), COUNTY, WallClock().now())
    row.reference = "rep-another-0000000000000"

    with pytest.raises(BadKeys):
        vault.open(row)


def test_without_keys_there_is_no_vault() -> None:
    with pytest.raises(BadKeys, match="STEELYARD_REPORTER_KEYS"):
        Vault(None)

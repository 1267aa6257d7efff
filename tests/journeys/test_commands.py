"""The command line on a running system: what a person sees and does without any other door."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from contracts.agencies import Role
from contracts.procedure import procedure_id
from deploy.play.cast import Cast
from deploy.play.played_step import PlayedStep
from services.kit.running.temporal import connect
from services.kit.settings import TemporalSettings
from tests.journeys.reports import AGENCY, MAJOR, event, receipt, report, written
from tests.journeys.up import Up
from tests.support.waiting import eventually

pytestmark = pytest.mark.journey
VERIFIED = {"findings": "示值超差", "initial_evidence": True}


async def a_case(cast: Cast) -> UUID:
    return await cast.case_of(await cast.submit(AGENCY, report()))


async def taken(up: Up, cast: Cast, case_id: UUID, *more: str) -> dict[str, object]:
    """The lead verified by `steelyard step`."""
    inspector = cast.holder(Role.INSPECTOR, AGENCY).principal
    said = await up.told(
        "step",
        str(case_id),
        "verify_lead",
        "--json",
        json.dumps(VERIFIED),
        "--as",
        f"{inspector}@{AGENCY}",
        *more,
    )
    outcome: dict[str, object] = json.loads(said)
    return outcome


async def test_a_case_is_listed_shown_and_moved(up: Up, cast: Cast) -> None:
    case_id = await a_case(cast)
    await cast.opened(case_id)
    request = str(uuid4())

    first = await taken(up, cast, case_id, "--request-id", request)
    again = await taken(up, cast, case_id, "--request-id", request)
    listed = await up.json("cases", "--agency", AGENCY)
    shown = await up.json("case", str(case_id))
    page = await up.told("case", str(case_id))

    assert first == again
    assert first["seq"] == 2
    assert str(case_id) in [one["id"] for one in listed]
    assert [step["step"] for step in shown["timeline"]] == ["open", "verify_lead"]
    assert "file_case" in page


async def test_a_refusal_is_one_line_and_exit_code_2(up: Up, cast: Cast) -> None:
    case_id = await a_case(cast)
    await cast.opened(case_id)
    head = cast.holder(Role.HEAD, AGENCY).principal

    said = await up.command(
        "step", str(case_id), "verify_lead", "--json", json.dumps(VERIFIED), "--as",
        f"{head}@{AGENCY}",
    )  # fmt: skip

    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "wrong_role" in said.err


async def test_a_major_report_handed_in_over_http_is_shown_with_its_response(
    up: Up, cast: Cast, tmp_path: Path
) -> None:
    sent = event(report(**MAJOR))

    said = await up.told("submit", written(tmp_path, sent), "--http", up.where.urls["enforcement"])
    case_id = await cast.case_of(receipt(sent))

    async def responded() -> bool:
        shown = await up.json("case", str(case_id))
        return bool(shown["response"] and shown["response"]["level"] == "I")

    await eventually(responded, within=60)
    page = await up.told("case", str(case_id))

    assert sent["id"] in said
    for words in ("时间线 Timeline", "可办步骤 Open steps", "快速响应 Fast response"):
        assert words in page


async def test_a_lost_workflow_is_rebuilt_and_goes_on(up: Up, cast: Cast) -> None:
    case_id = await a_case(cast)
    await cast.take(case_id, PlayedStep("verify_lead", payload=VERIFIED))
    env = up.where.env
    keys = SecretStr(env["TEMPORAL_CODEC_KEYS"])
    client = await connect(TemporalSettings(address=env["TEMPORAL_ADDRESS"], codec_keys=keys))
    id_ = procedure_id("enforcement_case", case_id)

    await client.get_workflow_handle(id_).terminate("lost, for this test")
    said = await up.told("rebuild", str(case_id))
    await cast.take(
        case_id,
        PlayedStep(
            "decline_to_file", payload={"grounds": "minor_corrected_no_harm", "reasons": "已改正"}
        ),
    )

    assert f"{id_}: 已由第 2 步重建" in said
    timeline = await cast.timeline("enforcement_case", case_id)
    assert [step["step"] for step in timeline] == ["open", "verify_lead", "decline_to_file"]
    assert "ended, nothing to do" in await up.told("rebuild", str(case_id))


@pytest.mark.parametrize(
    "scenario",
    [
        "missed_clock",
        "seized_dispenser",
        "declined_by_police",
        "called_up",
        "dispute",
        "three_agencies",
        "silent_agency",
        "lead_handed_over",
        "short_rice",
        "short_oil",
    ],
)
async def test_a_shipped_drill_is_as_expected(up: Up, scenario: str) -> None:
    assert "✔" in await up.told("drill", scenario)

"""Ctrl-C, and `up` again: everything goes on where it was, and nothing is left behind meanwhile."""

import json

import asyncpg
import psutil
import pytest

from deploy.play.cast import Cast
from deploy.play.played_step import PlayedStep
from deploy.stack.whereabouts import NOTE
from tests.journeys.reports import AGENCY, MAJOR, report
from tests.journeys.up import Up

pytestmark = pytest.mark.journey


async def test_a_case_half_way_goes_on_after_ctrl_c_and_up(up: Up) -> None:
    async with Cast.of(up.where, up.folder) as cast:
        case_id = await cast.case_of(await cast.submit(AGENCY, report(**MAJOR)))
        verify = PlayedStep(
            "verify_lead", payload={"findings": "示值超差", "initial_evidence": True}
        )
        await cast.take(case_id, verify)
        before = await cast.record("enforcement_case", case_id)

    assert up.interrupt() == 0
    left = [process for process in up.everyone() if running(process)]
    noted = (up.folder / NOTE).exists()
    up.start()

    assert (left, noted) == ([], False)
    async with Cast.of(up.where, up.folder) as cast:
        assert await cast.record("enforcement_case", case_id) == before
        contact = PlayedStep(
            "make_first_contact", "fast_response", payload={"whom": "premises", "found": "已停业"}
        )
        await cast.take(case_id, contact)
        declined = {"grounds": "minor_corrected_no_harm", "reasons": "已改正"}
        await cast.take(case_id, PlayedStep("decline_to_file", payload=declined))
        timeline = await cast.timeline("enforcement_case", case_id)
    assert [step["seq"] for step in timeline] == [1, 2, 3]
    assert json.loads(await up.told("audit", "verify", "--json"))["findings"] == []


async def test_the_database_waits_for_the_disk(up: Up) -> None:
    """Unlike the one that other tests share, which only ever loses its process."""
    connection = await asyncpg.connect(up.where.env["DATABASE_URL"])
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await connection.fetchval(f"SHOW {setting}") == "on"
    await connection.close()


def running(process: psutil.Process) -> bool:
    """Whether it runs: a zombie only waits for whoever adopted it to look."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False

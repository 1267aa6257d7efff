"""Joint operations through real processes: several at once, several agencies at once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from deploy.play.cast import Cast
from deploy.play.played_step import PlayedStep
from tests.journeys.reports import AGENCY, report

pytestmark = pytest.mark.journey
GRAVE: dict[str, Any] = {"crowd": 120, "summary": "百余人聚集"}
POLICE, PROCURATORATE = "task/1", "task/2"


def operation(step: str, line: str = "main", **payload: Any) -> PlayedStep:
    return PlayedStep(step, "joint_enforcement", line, payload)


ACCEPT = operation("accept", POLICE, office="治安大队")
REFUSE = operation("refuse", PROCURATORATE, reason="尚未进入诉讼")


async def grave_case(cast: Cast, subject: str, violation: str) -> UUID:
    said = report(subject_name=subject, violation=violation, **GRAVE)
    return await cast.case_of(await cast.submit(AGENCY, said))


async def stages(cast: Cast, case_id: UUID) -> dict[str, str]:
    record = await cast.record("joint_enforcement", case_id)
    assert record is not None
    return {line["key"]: line["stage"] for line in record["lines"]}


async def test_two_violations_of_one_subject_are_two_operations_side_by_side(cast: Cast) -> None:
    subject = report().subject_name
    scales, labels = [
        await grave_case(cast, subject, kind)
        for kind in ("cheating_scale_use", "short_weight_retail")
    ]

    assert scales != labels
    await asyncio.gather(*(cast.take(scales, act) for act in (ACCEPT, REFUSE)))
    await cast.take(labels, operation("cancel", reason="查无此事"))

    assert (await stages(cast, scales))["main"] == "operating"
    assert (await stages(cast, scales))[POLICE] == "accepted"
    assert (await stages(cast, scales))[PROCURATORATE] == "refused"
    assert (await stages(cast, labels))["main"] == "cancelled"
    timeline = await cast.timeline("joint_enforcement", scales)
    assert [step["seq"] for step in timeline] == [1, 2, 3]

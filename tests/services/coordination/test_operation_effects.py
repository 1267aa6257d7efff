"""What each step of a joint operation leaves on record, and what everyone hears of it."""

import pytest

from services.kit.errors import Invalid
from tests.services.coordination.operations import (
    NOTE,
    OF_CASE,
    OUTCOME,
    WHY,
    Operation,
    cancelled,
    liaison,
    three_agencies,
)
from tests.support.directories import CITY, CITY_POLICE, COUNTY, POLICE, PROCURATORATE
from tests.support.owner.record import Record


async def test_the_record_shows_the_whole_operation(record: Record) -> None:
    await record.take_all(three_agencies().records)

    [matter] = await record.rows("matter")
    assert (matter["stage"], matter["outcome"], matter["of_case"]) == (
        "concluded",
        OUTCOME,
        OF_CASE,
    )
    assert matter["ended_at"] is not None
    kinds = [(paper["kind"], paper["agency"]) for paper in await record.rows("paper")]
    assert kinds.count(("evidence", CITY_POLICE)) == 1
    assert kinds.count(("evidence", COUNTY)) == 1
    assert ("decision", CITY_POLICE) in kinds
    assert ("refusal", PROCURATORATE) in kinds


async def test_everyone_hears_who_is_invited_and_how_they_answered_but_no_free_text(
    record: Record,
) -> None:
    await record.take_all(three_agencies().records)

    told = [kind for kind in await record.told() if kind.startswith("coordination.")]
    assert told[:6] == [
        "coordination.agency_invited.v1",
        "coordination.agency_invited.v1",
        "coordination.invitation_answered.v1",
        "coordination.agency_invited.v1",
        "coordination.invitation_answered.v1",
        "coordination.agency_invited.v1",
    ]
    assert told.count("coordination.lead_handed_over.v1") == 2
    assert told[-1] == "coordination.operation_concluded.v1"
    data = b"".join(row["data"] for row in await record.rows("outbox"))
    for text in (NOTE, OUTCOME, WHY["reason"]):
        assert text.encode() not in data


async def test_what_an_agency_may_see_follows_every_step(record: Record) -> None:
    play = three_agencies()

    async def seen() -> dict[str, tuple[bool, bool, tuple[str, ...]]]:
        rows = await record.rows("matter_access")
        return {r["agency"]: (r["whole"], r["shared"], tuple(r["lines"])) for r in rows}

    await record.take_all(play.records[:1])
    invited = await seen()
    await record.take_all(play.records[1:])

    assert invited == {
        COUNTY: (True, True, ()),
        POLICE: (False, False, ("task/1",)),
        PROCURATORATE: (False, False, ("task/2",)),
    }
    after = await seen()
    assert after[PROCURATORATE] == (False, False, ("task/2",))
    assert after[CITY_POLICE] == (False, True, ("task/3",))
    assert after[POLICE] == (False, False, ("task/1", "task/6"))
    assert after[CITY] == (False, True, ("task/4", "task/5"))


async def test_an_agency_there_is_none_of_is_not_invited(record: Record) -> None:
    play = Operation(POLICE)
    play.take("forward", liaison(POLICE), line="task/1", to_agency="nowhere", **WHY)
    await record.take_all(play.records[:1])
    before = await record.everything()

    with pytest.raises(Invalid) as refused:
        await record.take(play.last)

    assert refused.value.fields["field"] == "to_agency"
    assert await record.everything() == before


async def test_a_lead_given_away_for_good_sees_only_its_own_part(record: Record) -> None:
    await record.take_all(cancelled().records)

    rows = {r["agency"]: r for r in await record.rows("matter_access")}
    assert (rows[POLICE]["whole"], rows[COUNTY]["whole"]) == (True, False)
    [matter] = await record.rows("matter")
    assert (matter["agency"], matter["stage"]) == (POLICE, "cancelled")

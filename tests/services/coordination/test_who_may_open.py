"""Who may open a matter with or about whom: the line of command decides."""

from typing import Any
from uuid import UUID

import pytest

from contracts.agencies import Directory, Role
from contracts.coordination import MatterOpened
from services.coordination.opening import MatterRequest, open_matter
from services.coordination.rules.who_may_open import GOVERNMENT, from_above_or_government
from services.kit.errors import Invalid, Refusal
from tests.support.directories import (
    CITY,
    COUNTY,
    NEIGHBOUR,
    POLICE,
    PROVINCE,
    SINCE,
    agency,
    directory,
    person,
)
from tests.support.play import A_MONDAY

LETTER: dict[str, Any] = {
    "letter_no": "协助调查函1号",
    "matter": "查明销售者",
    "requested": [NEIGHBOUR, POLICE],
    "needed_by": "2026-04-01",
}


def opened(
    procedure: str, *named: str, by: str = COUNTY, role: Role = Role.HEAD, **facts: Any
) -> MatterOpened:
    asked = MatterRequest(
        UUID(int=1), procedure, "管辖", UUID(int=9), named, facts or {"cause": "交界"}
    )
    return open_matter(asked, person(role, by), directory(), A_MONDAY)[1]


def test_a_dispute_is_of_all_its_agencies() -> None:
    event = opened("jurisdiction_dispute", NEIGHBOUR)

    assert event.agencies == (COUNTY, NEIGHBOUR)
    assert event.facts["opened_by"] == COUNTY
    assert event.facts["moved_before"] is False


def test_a_dispute_nobody_is_above_of_is_none_of_this_law() -> None:
    with pytest.raises(Invalid, match="nobody is above"):
        opened("jurisdiction_dispute", POLICE)


def test_nobody_disputes_with_itself() -> None:
    with pytest.raises(Invalid):
        opened("jurisdiction_dispute", COUNTY)


def test_a_bureau_asks_about_its_own_case_and_a_superior_about_another_s() -> None:
    assert opened("jurisdiction_change").agencies == (COUNTY,)
    above = opened("jurisdiction_change", COUNTY, by=PROVINCE)

    assert (above.agencies, above.facts["opened_by"]) == ((COUNTY,), PROVINCE)


@pytest.mark.parametrize("by", [NEIGHBOUR, POLICE, COUNTY])
def test_an_equal_opens_no_change_and_no_supervision_of_another(by: str) -> None:
    for procedure in ("jurisdiction_change", "supervision"):
        with pytest.raises(Invalid) as refused:
            opened(procedure, COUNTY, by=by, cause="超期", subject="超期")
        assert refused.value.fields["rule"] == "line_of_command"


def test_a_supervision_is_the_supervised_agency_s_and_names_who_issued_it() -> None:
    event = opened("supervision", COUNTY, by=CITY, subject="案件超期")

    assert (event.agencies, event.facts["issued_by"]) == ((COUNTY,), CITY)


def test_who_issued_it_is_not_for_the_asker_to_say() -> None:
    event = opened("supervision", COUNTY, by=CITY, subject="超期", issued_by=PROVINCE)

    assert event.facts["issued_by"] == CITY


def test_a_government_supervises_its_departments() -> None:
    with_government = _with(agency("people", "county", None, kind=GOVERNMENT))

    assert from_above_or_government("people", (COUNTY,), with_government, SINCE) is None
    assert from_above_or_government(POLICE, (COUNTY,), with_government, SINCE) is not None


def test_a_letter_goes_to_agencies_there_are() -> None:
    event = opened("assistance", role=Role.LIAISON, **LETTER)
    assert (event.agencies, event.facts["requested"]) == ((COUNTY,), [NEIGHBOUR, POLICE])

    with pytest.raises(Invalid):
        opened("assistance", role=Role.LIAISON, **LETTER | {"requested": ["nowhere"]})


@pytest.mark.parametrize(
    "procedure", ["jurisdiction_dispute", "jurisdiction_change", "supervision"]
)
def test_only_a_head_opens_what_the_head_decides(procedure: str) -> None:
    with pytest.raises(Refusal):
        opened(procedure, NEIGHBOUR, role=Role.INSPECTOR)


def _with(more: Any) -> Directory:
    plain = directory()
    return plain.model_copy(update={"agencies": (*plain.agencies, more)})

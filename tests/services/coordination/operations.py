"""Joint operations that tests play: three agencies, of which one forwards and one refuses."""

from typing import Any
from uuid import UUID

from contracts.agencies import SYSTEM, Role
from tests.support.directories import (
    CITY,
    CITY_POLICE,
    COUNTY,
    POLICE,
    PROCURATORATE,
    person,
)
from tests.support.play import A_MONDAY
from tests.support.recorded import Recorded
from workflows.joint_enforcement import JOINT_ENFORCEMENT

OF_CASE = UUID(int=7)
DAYS: dict[str, Any] = {"reply_by": "2026-03-04", "due_on": "2026-03-20"}
WHY: dict[str, Any] = {"reason": "不属于本机关职权"}
SCALE = {"name": "作弊电子秤", "kind": "physical", "custodian": "wang", "place": "证物室"}
NOTE, TASK, OUTCOME = "与公安商定同时行动", "核查网店经营者身份", "没收作弊秤三台"
LEAD, HEAD, INSPECTOR = person(Role.LIAISON), person(Role.HEAD), person(Role.INSPECTOR)


class Operation(Recorded):
    """A joint operation of the county."""

    def __init__(self, *invited: str, agency: str | tuple[str, ...] = COUNTY) -> None:
        facts = {"invited": list(invited), "level": "II", "of_case": str(OF_CASE)} | DAYS
        super().__init__(JOINT_ENFORCEMENT, at=A_MONDAY, agency=agency, **facts)


def liaison(agency: str) -> Any:
    return person(Role.LIAISON, agency)


def three_agencies() -> Operation:
    """The police forward to the city's police, who accept; the procuratorate refuses; the city
    splits its task between itself and the province's police of the city.
    """
    play = Operation(POLICE, PROCURATORATE)
    police, city_police = liaison(POLICE), liaison(CITY_POLICE)
    office = {"office": "治安支队"}
    steps: tuple[tuple[str, Any, str, dict[str, Any]], ...] = (
        ("write_note", LEAD, "main", {"text": NOTE}),
        ("forward", police, "task/1", {"to_agency": CITY_POLICE} | WHY),
        ("refuse", liaison(PROCURATORATE), "task/2", WHY),
        ("invite", LEAD, "main", {"agencies": [CITY], "task": TASK} | DAYS),
        ("accept", city_police, "task/3", office),
        ("propose_date", city_police, "task/3", DAYS | {"due_on": "2026-03-25"} | WHY),
        ("agree_date", LEAD, "task/3", DAYS | {"due_on": "2026-03-25"}),
        ("split", liaison(CITY), "task/4", {"agencies": [CITY, POLICE]} | WHY),
        ("accept", liaison(CITY), "task/5", {"office": "执法支队"}),
        ("accept", police, "task/6", office),
        ("share_evidence", person(Role.INSPECTOR, CITY_POLICE), "task/3", {"evidence": [SCALE]}),
        (
            "record_joint_inspection",
            INSPECTOR,
            "main",
            {
                "place": "农贸市场",
                "participants": [COUNTY, CITY_POLICE],
                "findings": "查获作弊秤三台",
                "evidence": [SCALE | {"name": "遥控器"}],
            },
        ),
        ("hand_over_lead", HEAD, "main", {"to_agency": CITY, "return_on": "2026-03-15"} | WHY),
        ("take_back_lead", HEAD, "mandate/1", WHY),
        ("note_hand_over", SYSTEM, "main", {"to": "公安机关"}),
        (
            "attach_decision",
            city_police,
            "task/3",
            {"document_no": "公决字1号", "decided_on": "2026-03-02", "summary": "行政拘留"},
        ),
        ("complete_task", city_police, "task/3", {"result": "已查明"}),
        ("complete_task", liaison(CITY), "task/5", {"result": "已检查"}),
        ("withdraw_invitation", LEAD, "task/6", {"reason": "任务已完成"}),
        ("propose_outcome", LEAD, "main", {"outcome": OUTCOME}),
        ("object_to_outcome", HEAD, "consent/1", WHY),
        ("resume_operation", LEAD, "main", WHY),
        ("propose_outcome", LEAD, "main", {"outcome": OUTCOME}),
        ("agree_outcome", HEAD, "consent/2", {}),
        ("conclude", LEAD, "main", {"outcome": OUTCOME}),
    )
    for step, by, line, payload in steps:
        play.wait(minutes=5)
        play.take(step, by, line=line, **payload)
    return play


def cancelled() -> Operation:
    """Called off, with an invitation still open and the lead of an agency left where it went."""
    play = Operation(POLICE, CITY)
    play.take("accept", liaison(POLICE), line="task/1", office="治安大队")
    play.take("hand_over_lead", HEAD, to_agency=POLICE, return_on="2026-03-15", **WHY)
    play.take("leave_lead", HEAD, line="mandate/1", **WHY)
    play.take("cancel", person(Role.HEAD, POLICE), reason="举报不实")
    return play

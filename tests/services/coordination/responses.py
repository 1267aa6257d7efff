"""Fast responses as the engine really plays them, written down as its workflow asks for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from contracts.agencies import SYSTEM, Principal, Role
from tests.support.directories import CITY, COUNTY, PROVINCE, person
from tests.support.play import A_MONDAY, CASE_ID
from tests.support.recorded import Recorded
from workflows.fast_response import FAST_RESPONSE

DUTY = person(Role.DUTY_OFFICER)
INSPECTOR = person(Role.INSPECTOR)
HEAD = person(Role.HEAD)

SCALE = {"name": "作弊电子秤", "kind": "physical", "custodian": "wang", "place": "证物室"}
CONTACT = {"whom": "premises", "found": "加油机铅封被破坏"}
ON_SITE = {"officers": ["wang", "li"]}
SECURED = {"measures": "封存加油机两台", "evidence": [SCALE, SCALE | {"name": "主板"}]}
AFTERWARDS = {"what_went_well": "到场快", "to_improve": "联络名单应每月核对"}


class Response(Recorded):
    """A fast response."""

    def __init__(
        self,
        level: str = "I",
        *,
        agency: str = COUNTY,
        reports_by: Sequence[str] = (COUNTY, CITY),
        case_id: UUID = CASE_ID,
    ) -> None:
        opening = {"case_id": case_id, "at": A_MONDAY, "agency": agency}
        super().__init__(FAST_RESPONSE, **opening, level=level, reports_by=list(reports_by))


def fought_through(level: str = "I") -> Response:
    """Every step of the table once, ten minutes apart, all in time."""
    play = Response(level)
    steps: tuple[tuple[str, Principal, str, dict[str, Any]], ...] = (
        ("make_first_contact", DUTY, "main", CONTACT),
        ("report_by_phone", DUTY, "report/1", {"content": "电话首报"}),
        ("report_in_writing", DUTY, "report/1", {"content": "书面报告"}),
        ("arrive_on_site", INSPECTOR, "main", ON_SITE),
        ("report_in_writing", _duty(CITY), "report/2", {"content": "转报"}),
        ("receive_report", _duty(CITY), "report/1", {"instructions": "每两小时续报"}),
        ("receive_report", _duty(PROVINCE), "report/2", {}),
        ("secure_site", INSPECTOR, "main", SECURED),
        ("raise_level", SYSTEM, "main", {"level": "I"}),
        ("note_hand_over", SYSTEM, "main", {"to": "市公安局"}),
        ("follow_up", DUTY, "main", {"content": "续报:现场平稳"}),
        ("stand_down", HEAD, "main", {"outcome": "现场已控制"}),
        ("record_after_action", HEAD, "main", AFTERWARDS),
    )
    for step, by, line, payload in steps:
        play.wait(minutes=8)
        play.take(step, by, line=line, **payload)
    return play


def escalated() -> Response:
    """Nobody makes contact: the county's head acknowledges and gives it to the city, whose chief is
    silent as well, so that the province's duty officer takes over.
    """
    play = Response()
    play.wait(minutes=20)
    of_contact = play.state.escalations[0]
    assert of_contact.clock == "first_contact"
    play.take("acknowledge", HEAD, line=of_contact.key, measures="已派员")
    play.take("reassign", HEAD, line=of_contact.key, measures="交市局", to_agency=CITY)
    play.wait(hours=1, minutes=1)
    play.wait(hours=1, minutes=1)
    play.take("take_over", _duty(PROVINCE), line=of_contact.key, measures="由省局承办")
    return play


def _duty(agency: str) -> Principal:
    return person(Role.DUTY_OFFICER, agency)

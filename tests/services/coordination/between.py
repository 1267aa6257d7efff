"""Disputes, changes, requests and supervisions that tests play, every effect among them once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from contracts.agencies import Principal, Role
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, POLICE, PROVINCE, person
from tests.support.play import A_MONDAY
from tests.support.recorded import Recorded
from workflows.assistance import ASSISTANCE
from workflows.jurisdiction_change import JURISDICTION_CHANGE
from workflows.jurisdiction_dispute import JURISDICTION_DISPUTE
from workflows.supervision import SUPERVISION

OF_CASE = UUID(int=9)
HEAD, OTHER, ABOVE = person(Role.HEAD), person(Role.HEAD, NEIGHBOUR), person(Role.HEAD, CITY)
LIAISON, ASKED = person(Role.LIAISON), person(Role.LIAISON, NEIGHBOUR)
WHY: dict[str, Any] = {"reason": "情况已查明"}
GROUNDS: dict[str, Any] = {"grounds": "违法行为发生地"}
TO_OTHER: dict[str, Any] = {"to_agency": NEIGHBOUR}
PAPER: dict[str, Any] = {"document_no": "市监1号"}
DEMANDS: dict[str, Any] = PAPER | {"demands": ["限期改正"], "findings": "超期未决"}
SCALE: dict[str, Any] = {"name": "进货单", "kind": "document", "custodian": "执法二科"}

Act = tuple[str, Principal, str, dict[str, Any]]


def _played(play: Recorded, *acts: Act) -> Recorded:
    for step, by, line, payload in acts:
        play.wait(minutes=5)
        play.take(step, by, line=line, **payload)
    return play


# ── jurisdiction ─────────────────────────────────────────────────────────────────────────────────


def dispute(*acts: Act) -> Recorded:
    facts = {"cause": "两县交界", "opened_by": COUNTY, "of_case": str(OF_CASE)}
    agencies = (COUNTY, NEIGHBOUR)
    return _played(Recorded(JURISDICTION_DISPUTE, at=A_MONDAY, agency=agencies, **facts), *acts)


def agreed() -> Recorded:
    return dispute(
        ("name_competent", HEAD, "main", TO_OTHER | GROUNDS),
        ("name_competent", OTHER, "main", TO_OTHER | GROUNDS),
        ("agree", OTHER, "main", TO_OTHER | GROUNDS),
    )


def designated(to: str = NEIGHBOUR) -> Recorded:
    return dispute(
        ("refer", HEAD, "main", {"papers": ["协商记录"]} | GROUNDS),
        ("designate", ABOVE, "main", {"to_agency": to} | PAPER | WHY),
    )


def dispute_withdrawn() -> Recorded:
    return dispute(("withdraw", HEAD, "main", WHY))


def change(*acts: Act, by: str = COUNTY) -> Recorded:
    facts = {"cause": "案情重大", "opened_by": by, "of_case": str(OF_CASE)}
    return _played(Recorded(JURISDICTION_CHANGE, at=A_MONDAY, **facts), *acts)


def called_up() -> Recorded:
    asked = {"asks": "take", "papers": ["调查报告"]} | GROUNDS
    return change(
        ("ask_superior", HEAD, "main", asked),
        ("call_up", person(Role.HEAD, PROVINCE), "main", PAPER | WHY),
    )


def assigned(to: str = NEIGHBOUR) -> Recorded:
    given = {"to_agency": to, "not_reserved": True} | PAPER | WHY
    return change(("assign", ABOVE, "main", given), by=CITY)


def transferred(to: str = NEIGHBOUR) -> Recorded:
    return change(("transfer", HEAD, "main", {"to_agency": to} | PAPER | GROUNDS))


def refused() -> Recorded:
    asked = {"asks": "assign", "papers": ["调查报告"]} | GROUNDS
    return change(("ask_superior", HEAD, "main", asked), ("refuse_request", ABOVE, "main", WHY))


def change_withdrawn() -> Recorded:
    return change(("withdraw", HEAD, "main", WHY))


# ── assistance ───────────────────────────────────────────────────────────────────────────────────


def assistance(*acts: Act, requested: tuple[str, ...] = (NEIGHBOUR,)) -> Recorded:
    facts = {
        "letter_no": "协助调查函1号",
        "matter": "查明销售者",
        "requested": list(requested),
        "needed_by": "2026-04-30",
        "of_case": str(OF_CASE),
    }
    return _played(Recorded(ASSISTANCE, at=A_MONDAY, **facts), *acts)


def assisted() -> Recorded:
    """Answered late but told in time; forwarded, returned and taken back elsewhere."""
    more = {"letter_no": "协助调查函2号", "matter": "查明销售者"}
    police, city = person(Role.LIAISON, POLICE), person(Role.LIAISON, CITY)
    return assistance(
        ("receive", ASKED, "request/1", {"office": "执法二科"}),
        ("ask_another", LIAISON, "main", {"agencies": [CITY, POLICE]} | more),
        ("tell_delay", ASKED, "request/1", WHY | {"answer_by": "2026-04-10"}),
        ("answer", ASKED, "request/1", {"result": "由本县商户售出", "evidence": [SCALE]}),
        ("forward", city, "request/2", {"to_agency": PROVINCE} | WHY),
        ("return_request", police, "request/3", WHY),
        ("move_needed_by", LIAISON, "main", {"needed_by": "2026-05-15"} | WHY),
        ("withdraw_request", LIAISON, "request/4", WHY),
        ("close", LIAISON, "main", {"summary": "已查明销售者"}),
    )


def assistance_withdrawn() -> Recorded:
    return assistance(("withdraw", LIAISON, "main", WHY))


# ── supervision ──────────────────────────────────────────────────────────────────────────────────


def supervision(*acts: Act, by: str = CITY) -> Recorded:
    facts = {"subject": "案件超期", "issued_by": by, "of_case": str(OF_CASE)}
    return _played(Recorded(SUPERVISION, at=A_MONDAY, **facts), *acts)


def noticed() -> Recorded:
    answer = {"answer": "已作出决定", "document_no": "答复1号"}
    again = WHY | {"answer_by": "2026-03-20"}
    return supervision(
        ("issue_notice", ABOVE, "main", DEMANDS),
        ("answer", HEAD, "main", answer),
        ("return_answer", ABOVE, "main", again),
        ("answer", HEAD, "main", answer),
        ("accept_answer", ABOVE, "main", {"opinion": "属实"}),
    )


def decided() -> Recorded:
    decision = DEMANDS | {"correct_by": "2026-03-20"}
    reply = PAPER | {"reasons": "事实清楚"}
    return supervision(
        ("issue_decision", ABOVE, "main", decision),
        ("object_to_decision", HEAD, "main", GROUNDS),
        ("revise_decision", ABOVE, "objection/1", reply),
        ("issue_decision", ABOVE, "main", decision),
        ("object_to_decision", HEAD, "main", GROUNDS),
        ("uphold_decision", ABOVE, "objection/2", reply),
        ("complete_correction", HEAD, "main", {"measures": "已撤销"}),
        ("report_correction", HEAD, "main", {"answer": "改正完毕"}),
        ("withdraw", ABOVE, "main", WHY),
    )


def supervised_case() -> Recorded:
    demanded = PAPER | {"demands": ["查清源头"]}
    return supervision(
        ("supervise_case", ABOVE, "main", demanded),
        ("report_progress", LIAISON, "main", {"progress": "已立案"}),
    )


def government_opinion(by: str = CITY) -> Recorded:
    issuer = person(Role.HEAD, by)
    return supervision(("issue_government_opinion", issuer, "main", DEMANDS), by=by)


PLAYS: tuple[Callable[[], Recorded], ...] = (
    agreed,
    designated,
    dispute_withdrawn,
    called_up,
    assigned,
    transferred,
    refused,
    change_withdrawn,
    assisted,
    assistance_withdrawn,
    noticed,
    decided,
    supervised_case,
)

"""Payloads of enforcement steps with dull defaults, and the way to any stage of the main line."""

from typing import Any

from contracts.agencies import Principal, Role
from tests.support.directories import COUNTY, person

INSPECTOR = person(Role.INSPECTOR, COUNTY, "wang")
PARTNER = person(Role.INSPECTOR, COUNTY, "li")
UNIT_HEAD = person(Role.UNIT_HEAD)
REVIEWER = person(Role.LEGAL_REVIEWER)
HEAD = person(Role.HEAD)

BY: dict[str, Principal] = {
    "verify_lead": INSPECTOR,
    "file_case": HEAD,
    "decline_to_file": HEAD,
    "name_investigators": UNIT_HEAD,
    "conclude_investigation": INSPECTOR,
    "agree_in_review": REVIEWER,
    "approve_proposal": HEAD,
    "serve_notice": INSPECTOR,
    "hear_statement": INSPECTOR,
    "decide_penalty": HEAD,
    "serve_decision": INSPECTOR,
    "publish_decision": INSPECTOR,
    "record_payment": INSPECTOR,
    "close_case": HEAD,
}

PAYLOADS: dict[str, dict[str, Any]] = {
    "verify_lead": {"findings": "现场秤误差超差", "initial_evidence": True},
    "file_case": {
        "initial_evidence": True,
        "penalty_due": True,
        "own_jurisdiction": True,
        "within_limitation": True,
        "cause": "使用不合格计量器具",
    },
    "decline_to_file": {"grounds": "minor_corrected_no_harm", "reasons": "已改正"},
    "name_investigators": {"investigators": ["wang", "li"]},
    "conclude_investigation": {
        "facts": "使用作弊秤",
        "nature": "一般",
        "proposal": "罚款",
        "basis": ["计量法 art. 27"],
        "discretion": "一般",
        "proposed_fine_yuan": "2000",
    },
    "agree_in_review": {"opinion": "同意"},
    "approve_proposal": {"opinion": "同意"},
    "serve_notice": {
        "served_by": "direct",
        "proposed_fine_yuan": "2000",
        "proposed_confiscation_yuan": "0",
        "party": "organisation",
        "hearing_right_told": False,
    },
    "hear_statement": {"statement": "无异议", "accepted": False, "why": "事实清楚"},
    "decide_penalty": {
        "fine_yuan": "2000",
        "confiscated_yuan": "0",
        "basis": ["计量法 art. 27"],
    },
    "serve_decision": {"served_by": "direct", "recipient": "负责人"},
    "publish_decision": {"address": "credit.example"},
    "record_payment": {"paid_yuan": "2000", "receipt": "R-1"},
    "close_case": {"summary": "执行完毕"},
}

MAIN_LINE = (
    "verify_lead",
    "file_case",
    "name_investigators",
    "conclude_investigation",
    "agree_in_review",
    "approve_proposal",
    "serve_notice",
    "hear_statement",
    "decide_penalty",
    "serve_decision",
    "publish_decision",
    "record_payment",
    "close_case",
)


def until_step(last: str) -> tuple[str, ...]:
    """The main line up to and with a step."""
    return MAIN_LINE[: MAIN_LINE.index(last) + 1]

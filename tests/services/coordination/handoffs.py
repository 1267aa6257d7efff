"""Criminal hand-offs that tests play, each to another end."""

from typing import Any

from contracts.procedure import RecordStep
from tests.support.directories import CITY_POLICE, person
from tests.support.handoff_steps import BY, FACTS, PAYLOADS, TO_THE_POLICE
from tests.support.play import A_MONDAY
from tests.support.recorded import Recorded
from workflows.criminal_handoff import CRIMINAL_HANDOFF


class Handoff(Recorded):
    """A hand-off of the county, whose case was fined before."""

    def __init__(self) -> None:
        super().__init__(CRIMINAL_HANDOFF, at=A_MONDAY, **FACTS)

    def go(self, *steps: str) -> "Handoff":
        """Each step as `name` or `name@line`."""
        for step in steps:
            name, _, line = step.partition("@")
            self.take(name, BY[name], line=line or "main", **PAYLOADS[name])
        return self

    def step(self, name: str, line: str = "main", **changed: Any) -> RecordStep:
        """Take one with something else in its payload."""
        self.take(name, BY[name], line=line, **(PAYLOADS[name] | changed))
        return self.last


DECLINED = (
    "sign_receipt@police/1",
    "accept_case@police/1",
    "decide_not_to_file@police/1",
    "receive_refusal_notice",
)
FILED = (
    "sign_receipt@police/1",
    "name_missing_papers@police/1",
    "supplement_papers",
    "decide_to_file@police/1",
    "receive_filing_notice",
)


def to_the_police() -> Handoff:
    return Handoff().go(*TO_THE_POLICE)


def judged() -> Handoff:
    return to_the_police().go(*FILED, "hand_over_goods", "ask_after", "record_judgment")


def returned() -> Handoff:
    return to_the_police().go(*FILED, "record_return")


def refused_by_the_chief() -> Handoff:
    return Handoff().go("form_team", "report_to_chief", "refuse_transfer")


def upheld() -> Handoff:
    return to_the_police().go(
        *DECLINED,
        "ask_reconsideration",
        "uphold_refusal@reconsideration/1",
        "receive_reconsideration",
    )


def left_to_stand() -> Handoff:
    play = to_the_police().go(*DECLINED)
    play.wait(days=10)
    return play


def left_to_stand_upheld() -> Handoff:
    play = upheld()
    play.wait(days=10)
    return play


def accepted_refusal() -> Handoff:
    return upheld().go("accept_refusal")


def found_justified() -> Handoff:
    return upheld().go(
        "ask_procuratorate",
        "demand_reasons@supervision/1",
        "state_reasons@reasons/1",
        "find_refusal_justified@supervision/1",
        "receive_supervision_result",
    )


def ordered() -> Handoff:
    return upheld().go(
        "ask_procuratorate",
        "demand_reasons@supervision/1",
        "state_reasons@reasons/1",
        "order_filing@supervision/1",
        "file_as_ordered@order/1",
        "receive_filing_notice",
    )


def filed_after_all() -> Handoff:
    return upheld().go(
        "ask_procuratorate", "demand_reasons@supervision/1", "file_after_all@reasons/1"
    )


def filed_on_reconsideration() -> Handoff:
    return to_the_police().go(
        *DECLINED, "ask_reconsideration", "file_on_reconsideration@reconsideration/1"
    )


def forwarded() -> Handoff:
    """To the police of the city, who sign for it."""
    play = to_the_police().go("sign_receipt@police/1", "forward_case@police/1")
    desk = person(BY["sign_receipt"].roles[0], CITY_POLICE)
    play.take("sign_receipt", desk, line="police/2", receipt_no="回执2号")
    return play


PLAYS = (
    judged,
    returned,
    refused_by_the_chief,
    left_to_stand,
    left_to_stand_upheld,
    accepted_refusal,
    found_justified,
    ordered,
    filed_after_all,
    filed_on_reconsideration,
    forwarded,
)

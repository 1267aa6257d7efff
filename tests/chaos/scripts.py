"""What each agency's own system answers to what it hears: pure, so that it may be asked again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.coordination import AgencyInvited
from contracts.procedure import StepTaken

LEAD, POLICE, PROCURATORATE, CITY_POLICE = (
    "qingdao-shinan-amr",
    "qingdao-shinan-police",
    "qingdao-shinan-procuratorate",
    "qingdao-police",
)
SCALE = {"name": "作弊电子秤", "kind": "physical", "custodian": "治安支队", "place": "证物室"}
NOT_OURS = {"reason": "不属于本机关职权"}
DECISION = {"decided_on": "2026-03-02", "summary": "依法处理"}
OUTCOME = {"outcome": "没收作弊秤三台"}


@dataclass(frozen=True)
class Answer:
    """A step this agency takes, by whoever holds the post there."""

    step: str
    line: str
    post: str
    payload: Mapping[str, Any]


Heard = Mapping[str, Any]
"""The data of an event."""
Script = Callable[[str, str, Heard], Iterator[Answer]]
"""From the agency's own code, the event's type and its data, the answers it gives."""


def forwards(code: str, kind: str, said: Heard) -> Iterator[Answer]:
    """The district's police leave it to the city's."""
    if _invited(code, kind, said):
        to = {"to_agency": CITY_POLICE}
        yield Answer("forward", said["line"], "liaison", to | NOT_OURS)


def refuses(code: str, kind: str, said: Heard) -> Iterator[Answer]:
    if _invited(code, kind, said):
        yield Answer("refuse", said["line"], "liaison", NOT_OURS)


def takes_part(code: str, kind: str, said: Heard) -> Iterator[Answer]:
    """Accepts, shares what it has, decides by its own law, and is done: one after another."""
    if _invited(code, kind, said):
        yield Answer("accept", said["line"], "liaison", {"office": "治安支队"})
    elif kind == StepTaken.type and said["agency"] == code:
        following: dict[str, tuple[str, str, Heard]] = {
            "accept": ("share_evidence", "inspector-1", {"evidence": [SCALE]}),
            "share_evidence": ("attach_decision", "liaison", {"document_no": "公1号"} | DECISION),
            "attach_decision": ("complete_task", "liaison", {"result": "已查明"}),
        }
        if said["step"] in following:
            step, post, payload = following[said["step"]]
            yield Answer(step, said["line"], post, payload)


def leads(code: str, kind: str, said: Heard) -> Iterator[Answer]:
    """Inspects with whoever joins; once all have answered, proposes, agrees and concludes."""
    if kind != StepTaken.type or said["procedure"] != "joint_enforcement":
        return
    step = said["step"]
    if step == "accept":
        found = {
            "place": "农贸市场",
            "participants": [code, said["agency"]],
            "findings": "查获作弊秤三台",
            "evidence": [SCALE],
        }
        yield Answer("record_joint_inspection", "main", "inspector-1", found)
    elif step == "propose_outcome":
        yield Answer("agree_outcome", "consent/1", "head", {})
    elif step == "agree_outcome":
        yield Answer("conclude", "main", "liaison", OUTCOME)
    elif step in ("complete_task", "refuse") and _all_answered(said):
        yield Answer("attach_decision", "main", "liaison", {"document_no": "市监1号"} | DECISION)
        yield Answer("propose_outcome", "main", "liaison", OUTCOME)


SCRIPTS: Mapping[str, Script] = {
    LEAD: leads,
    POLICE: forwards,
    PROCURATORATE: refuses,
    CITY_POLICE: takes_part,
}


def _invited(code: str, kind: str, said: Heard) -> bool:
    return kind == AgencyInvited.type and said["agency"] == code


def _all_answered(said: Heard) -> bool:
    """Only the step that ended the last task finds it so."""
    return all(line["ended"] for line in said["state"]["lines"] if line["table"] == "task")

"""A case shared by many: its joint operation, its fast response, and who may see what of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.agencies import Role
from tests.services.coordination.house import CUSTOMS, TRANSPORT, directory
from tests.services.coordination.operations import DAYS, LEAD, WHY
from tests.services.coordination.record import hear
from tests.services.coordination.responses import CONTACT, DUTY, Response
from tests.support.directories import CITY, CITY_POLICE, COUNTY, NEIGHBOUR, POLICE, person
from tests.support.owner.matrix import Door, Matrix
from tests.support.owner.record import Record
from tests.support.play import A_MONDAY
from tests.support.recorded import Recorded
from workflows.joint_enforcement import JOINT_ENFORCEMENT

VIEWERS = {
    "lead": f"{COUNTY}.inspector",
    "above the lead": f"{CITY}.head",
    "joined": f"{POLICE}.liaison",
    "above the joined": f"{CITY_POLICE}.head",
    "invited": f"{CUSTOMS}.liaison",
    "refused": f"{TRANSPORT}.liaison",
    "uninvolved": f"{NEIGHBOUR}.liaison",
    "evaluator": f"{NEIGHBOUR}.evaluator",
    "without a role": f"{COUNTY}.nobody",
}
MATTER, CASE = UUID(int=7), UUID(int=8)
REQUEST = UUID(int=77)
TITLE, NOTE, SCALE, FOUND = "标记甲事项", "标记乙便笺", "标记丙电子秤", "标记丁铅封"
TASKS = {POLICE: "标记戊任务", CUSTOMS: "标记己任务", TRANSPORT: "标记庚任务"}
REASON, RECEIPT, LINE, MISSED = "标记辛理由", "标记壬回执", '"task/1"', '"clock":"reply"'
REPLY, CALLED = '"version":1,"reply"', '"clock":"first_contact"'
RESPONSE = f'"case_id":"{CASE}"'
MARKS = (
    *(TITLE, NOTE, SCALE, FOUND, *TASKS.values(), REASON, RECEIPT),
    *(LINE, MISSED, REPLY, CALLED, RESPONSE),
)


def operation() -> Recorded:
    """The police join and share; the customs are silent till they are called; transport refuses."""
    facts = {"invited": [], "level": "II", "of_case": str(CASE)} | DAYS
    play = Recorded(JOINT_ENFORCEMENT, at=A_MONDAY, where=directory(), **facts)
    play.take("write_note", LEAD, text=NOTE)
    for agency in (POLICE, CUSTOMS, TRANSPORT):
        play.take("invite", LEAD, agencies=[agency], task=TASKS[agency], **DAYS)
    play.take("accept", person(Role.LIAISON, POLICE), line="task/1", office="治安大队")
    item = {"name": SCALE, "kind": "physical", "custodian": "li", "place": "证物室"}
    police = person(Role.INSPECTOR, POLICE)
    play.take("share_evidence", police, line="task/1", evidence=[item])
    refusing = person(Role.LIAISON, TRANSPORT)
    play.take("refuse", refusing, line="task/3", **(WHY | {"reason": REASON}))
    play.wait(days=4)
    return play


async def put_on_record(record: Record) -> None:
    """The operation with its events published, the response to its case, and what was set aside."""
    records = operation().records
    accepted = next(r for r in records if r.step == "accept")
    records[accepted.seq - 1] = accepted.model_copy(update={"request_id": REQUEST})
    await record.take_all(records)
    response = Response(case_id=CASE)
    response.take("make_first_contact", DUTY, whom=CONTACT["whom"], found=FOUND)
    late = Response(case_id=UUID(int=9))
    late.wait(minutes=20)
    await record.take_all([*response.records, *late.records])
    await hear(record, *await record.envelopes())
    async with record.worker() as session, session.begin():
        bound = {"title": TITLE, "says": RECEIPT}
        await session.execute(text("UPDATE matter SET title = :title"), bound)
        await session.execute(text("UPDATE outbox SET published_at = now()"))
        await session.execute(_ASIDE, bound)


_ASIDE = text(
    """
    INSERT INTO set_aside (digest, reason, says, topic, source, event_id, headers, received_at)
    VALUES ('d', 'r', :says, 't', '/agencies/police', 'event-1', '[]', now())
    """
)


def _shows(
    lead: set[str],
    *,
    joined: set[str] | None = None,
    invited: set[str] | None = None,
    refused: set[str] | None = None,
) -> dict[str, frozenset[str]]:
    whole = {"lead": lead, "above the lead": lead, "evaluator": lead}
    parts = {"joined": joined, "above the joined": joined, "invited": invited, "refused": refused}
    known = whole | {who: seen for who, seen in parts.items() if seen is not None}
    return {who: frozenset(seen) for who, seen in known.items()}


def _listed(marks: set[str]) -> dict[str, frozenset[str]]:
    return _shows(marks, joined=marks, invited=marks, refused=marks)


M, R = f"/matters/joint_enforcement/{MATTER}", f"/responses/{CASE}"
_OF_MATTER = _shows(
    {TITLE, NOTE, SCALE, *TASKS.values(), REASON, LINE, MISSED},
    joined={TITLE, SCALE, TASKS[POLICE], LINE},
    invited={TITLE, TASKS[CUSTOMS], MISSED},
    refused={TITLE, TASKS[TRANSPORT], REASON},
)
_LOG = _shows(
    {NOTE, SCALE, *TASKS.values(), REASON, LINE, MISSED},
    joined={SCALE, LINE},
    invited={MISSED},
    refused={REASON},
)
_PACE = _shows({TITLE, LINE}, joined={TITLE, LINE}, invited={TITLE}, refused={TITLE})
_STREAM = _shows({LINE, MISSED}, joined={LINE}, invited={MISSED}, refused=set())
_STREAM["evaluator"] |= {CALLED, RESPONSE}
_CALLED = {"invited": frozenset({MISSED}), "evaluator": frozenset({MISSED})}
"""Only who was called, and those above: the lead finds it in the matter."""
_ESCALATED = f"/escalations/joint_enforcement/{MATTER}/escalation/1"
_OUTCOME = _shows(set(), joined={REPLY, LINE}, invited=set(), refused=set())
_OUTCOME["evaluator"] = _OUTCOME["joined"]
_STEP: dict[str, Any] = {"request_id": str(UUID(int=5))}
_NOT_OURS = ("criminal_handoff", "jurisdiction_dispute", "jurisdiction_change", "assistance",
             "supervision")  # fmt: skip

_SHOWS = (
    Door("GET /matters", "/matters", _listed({TITLE}), lists=True),
    Door("GET /matters", "/matters", _listed({TITLE}), {"of_case": str(CASE)}, lists=True),
    Door("GET /matters", "/matters", _listed({TITLE}), {"open": True}, lists=True),
    Door(
        "GET /matters",
        "/matters",
        _listed({TITLE}),
        {"procedure": "joint_enforcement", "limit": 1},
        lists=True,
    ),
    Door("GET /matters/{procedure}/{matter}", M, _OF_MATTER),
    Door("GET /matters/{procedure}/{matter}/timeline", f"{M}/timeline", _LOG),
    Door("GET /operations/{operation}", f"/operations/{MATTER}", _PACE),
    Door("GET /stream", "/stream", _STREAM, lists=True),
    Door(
        "GET /matters/joint_enforcement/{case}/requests/{request_id}",
        f"{M}/requests/{REQUEST}",
        _OUTCOME,
    ),
    Door("GET /responses", "/responses", _shows({RESPONSE}), lists=True),
    Door("GET /responses", "/responses", _shows({RESPONSE}), {"agency": COUNTY}, lists=True),
    Door("GET /responses/{case}", R, _shows({FOUND, RESPONSE})),
    Door("GET /responses/{case}/timeline", f"{R}/timeline", _shows({FOUND})),
    Door("GET /responses/{case}/requests/{request_id}", f"{R}/requests/{REQUEST}", _shows(set())),
    Door(
        "GET /escalations",
        "/escalations",
        _shows({CALLED}) | _CALLED | {"evaluator": frozenset({CALLED, MISSED})},
        {"show": "all"},
        lists=True,
    ),
    Door("GET /escalations", "/escalations", _CALLED, {"case_id": str(MATTER)}, lists=True),
    Door("GET /escalations/{procedure}/{case_id}/{key}", _ESCALATED, _CALLED),
    Door(
        "GET /receipts/{agency}/{event_id}",
        "/receipts/police/event-1",
        {who: frozenset({RECEIPT}) for who in ("joined", "above the joined", "evaluator")},
    ),
)

_ACTS = (
    Door("POST /responses/{case}/steps/{step}", f"{R}/steps/stand_down", body=_STEP),
    Door("POST /matters/joint_enforcement/{case}/steps/{step}", f"{M}/steps/cancel", body=_STEP),
    *(
        Door(
            f"POST /matters/{name}/{{case}}/steps/{{step}}",
            f"/matters/{name}/{MATTER}/steps/open",
            body=_STEP,
        )
        for name in _NOT_OURS
    ),
    *(
        Door(
            f"GET /matters/{name}/{{case}}/requests/{{request_id}}",
            f"/matters/{name}/{MATTER}/requests/{REQUEST}",
        )
        for name in _NOT_OURS
    ),
)
"""What changes something, and what there is nothing behind."""

MATRIX = Matrix(
    VIEWERS,
    MARKS,
    _SHOWS,
    _ACTS,
    # a role opens the one, a signature the other
    shows_nothing=frozenset({"POST /matters", "POST /events"}),
)

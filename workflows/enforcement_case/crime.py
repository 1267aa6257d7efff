"""A crime is suspected (涉嫌犯罪): the case waits for the hand-off, and resumes or closes by it.

While it waits, the decision clock leaves out the days: PROC art. 46 lets the head suspend a case
whose decision rests on another's that is outstanding, and art. 64 does not count a suspension. No
text says of a transfer to the police in so many words that it is one; the head decides.
"""

from dataclasses import replace

from contracts import enforcement as states
from workflows.enforcement_case.measures import SEIZURE
from workflows.enforcement_case.people import HEAD, LAW
from workflows.law import AEL, APL, PROC, TRANS, both
from workflows.procedure.guard import Guard
from workflows.procedure.model import SUPERIORS, Clock, Step, from_jurisdiction, stages

FILED = stages("investigating", "reviewed", "approved", "heard")
"""Stages with no clock of their own that would run out unseen while the case waits."""
WAITING = stages("awaiting_police")
CRIMINAL_PENDING = Clock(
    "criminal_pending",
    from_jurisdiction("criminal_pending"),
    "本辖区查询间隔 local interval; PROC art. 46 sets none",
    ladder=SUPERIORS,
)

CRIME = (
    Step(
        "suspect_crime",
        HEAD,
        FILED,
        "awaiting_police",
        zh="发现涉嫌犯罪，中止并启动移送",
        basis=both(TRANS(3, 5), PROC(17, 46)),
        starts=("criminal_pending",),
        pauses=("suspension",),
        payload=states.SuspectCrime,
    ),
    Step(
        "suspect_crime_after_decision",
        HEAD,
        stages("decided", "served", "executed"),
        zh="处罚决定后发现涉嫌犯罪，启动移送",
        # what was decided stands and is carried out; fines paid are set off later
        basis=both(TRANS(3, 5, 11), APL(35)),
        payload=states.SuspectCrime,
    ),
    Step(
        "ask_after_handoff",
        HEAD,
        WAITING,
        zh="查询移送办理情况",
        basis=PROC(46),
        # asking meets its clock and starts it anew
        meets=("criminal_pending",),
        starts=("criminal_pending",),
        payload=states.AskAfterHandoff,
    ),
    Step(
        "resume_from_police",
        LAW,
        WAITING,
        "investigating",
        zh="未予刑事立案，恢复调查",
        basis=both(TRANS(10), PROC(46)),
        keeps=("declined_by",),
        meets=("criminal_pending",),
        resumes=("suspension",),
        payload=states.ResumeFromPolice,
    ),
    Step(
        "hand_over_to_justice",
        LAW,
        WAITING,
        "handed_over",
        zh="公安机关已立案，移送司法机关",
        basis=PROC(17, "60(5)"),
        keeps=("to",),
        starts=("closing_15wd",),
        meets=("criminal_pending", "decision_90d"),
        resumes=("suspension",),
        payload=states.HandOverToJustice,
    ),
    Step(
        "take_case_back",
        LAW,
        stages("handed_over"),
        "investigating",
        zh="司法机关移送回，恢复调查",
        basis=APL(27),
        keeps=("returned_by",),
        meets=("closing_15wd",),
        # no text says how long a case may take that comes back: counted anew, from its return
        starts=("decision_90d",),
        payload=states.TakeCaseBack,
    ),
)

WITH_JUSTICE = Guard(
    lambda a: a.main().stage == "handed_over",
    "案件尚未移送司法机关",
    "the case has not gone to justice",
    AEL(21),
)

SEIZURE_WITH_HANDOVER = replace(
    SEIZURE,
    ends=SEIZURE.ends | stages("handed_over"),
    steps=(
        *SEIZURE.steps,
        Step(
            "hand_over_seized",
            HEAD,
            stages("held"),
            "handed_over",
            zh="随案移送查封、扣押物品",
            basis=AEL(21),
            needs=(WITH_JUSTICE,),
            meets=("seizure_30d",),
            payload=states.HandOverSeized,
        ),
    ),
    zh={**(SEIZURE.zh or {}), "handed_over": "已随案移送"},
)
"""Seizure, and a further way in which it ends: with the case, to justice."""

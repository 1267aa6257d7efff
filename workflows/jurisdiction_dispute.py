"""A dispute over jurisdiction (管辖争议): seven working days to agree, then the common superior."""

from contracts import jurisdiction as states
from workflows.jurisdiction.guards import ALL_NAME_ONE, NOT_MOVED_BEFORE
from workflows.jurisdiction.people import COMMON_SUPERIOR, FROM_ABOVE, HEAD, OPENER
from workflows.law import PROC
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Opens,
    Procedure,
    Step,
    Table,
    stages,
    working_days,
)

NEGOTIATING = stages("negotiating")

POSITION = Table(
    "position",
    first="stated",
    ends=stages("stated"),
    steps=(),
    zh={"stated": "已表明意见"},
)
"""What an agency of the dispute said, and of whom (`named`); it waits for nothing."""

DISPUTE = Table(
    "dispute",
    first="negotiating",
    ends=stages("agreed", "designated", "withdrawn"),
    starts=("negotiation_7wd",),
    clocks=(
        # the law has the agencies refer it, with papers: silence alone gives the superior nothing
        # to decide on, so a miss climbs the ladder and refers nothing by itself
        Clock("negotiation_7wd", working_days(7), PROC(13), ladder=SUPERIORS),
        Clock("designation_7wd", working_days(7), PROC(16), ladder=FROM_ABOVE),
    ),
    steps=(
        Step(
            "name_competent",
            HEAD,
            NEGOTIATING,
            zh="主张管辖机关",
            basis=PROC(13),
            opens=Opens("position", named="to_agency", at_asker=True),
            payload=states.NameCompetent,
        ),
        Step(
            "agree",
            HEAD,
            NEGOTIATING,
            "agreed",
            zh="协商一致",
            basis=PROC(13),
            needs=(NOT_MOVED_BEFORE, ALL_NAME_ONE),
            keeps=("to_agency",),
            meets=("negotiation_7wd",),
            payload=states.AgreeJurisdiction,
        ),
        # art. 13 lets them go to the common superior at once as well: no guard asks for a failure
        Step(
            "refer",
            HEAD,
            NEGOTIATING,
            "referred",
            zh="报请共同的上一级机关",
            basis=PROC(13),
            meets=("negotiation_7wd",),
            starts=("designation_7wd",),
            payload=states.ReferDispute,
        ),
        Step(
            "designate",
            COMMON_SUPERIOR,
            stages("referred"),
            "designated",
            zh="指定管辖",
            basis=PROC(16),
            keeps=("to_agency",),
            meets=("designation_7wd",),
            payload=states.DesignateAgency,
        ),
        Step(
            "withdraw",
            OPENER,
            NEGOTIATING,
            "withdrawn",
            zh="撤回争议",
            basis=PROC(13),
            meets=("negotiation_7wd",),
            payload=states.WithdrawDispute,
        ),
    ),
    zh={
        "negotiating": "协商中",
        "referred": "已报请指定",
        "agreed": "协商一致",
        "designated": "已指定管辖",
        "withdrawn": "已撤回",
    },
)

JURISDICTION_DISPUTE = Procedure(
    "jurisdiction_dispute",
    1,
    owner="coordination",
    zh="管辖争议",
    main=DISPUTE,
    parts=(POSITION,),
)

"""The review of a gauge (量具核查): read it against a standard, then close the review."""

from contracts import gauges as states
from contracts.agencies import Directory, Role
from contracts.enforcement import CaseOpened
from workflows.procedure.model import (
    SUPERIORS,
    By,
    Clock,
    Procedure,
    Step,
    Table,
    stages,
    working_days,
)
from workflows.triggers.model import Opening, Trigger

OURS = "本例自定 set by this example, by no text"

REVIEW = Table(
    "review",
    first="opened",
    ends=stages("closed"),
    starts=("examination_5wd",),
    clocks=(
        Clock("examination_5wd", working_days(5), OURS, ladder=SUPERIORS),
        Clock("closing_5wd", working_days(5), OURS, ladder=SUPERIORS),
    ),
    steps=(
        Step(
            "examine_gauge",
            By(Role.INSPECTOR),
            stages("opened"),
            "examined",
            zh="比对量具",
            basis=OURS,
            meets=("examination_5wd",),
            starts=("closing_5wd",),
            payload=states.ExamineGauge,
        ),
        Step(
            "close_review",
            By(Role.HEAD),
            stages("examined"),
            "closed",
            zh="结束核查",
            basis=OURS,
            meets=("closing_5wd",),
            payload=states.CloseReview,
        ),
    ),
    zh={"opened": "已立项", "examined": "已比对", "closed": "已结束"},
)

GAUGE_REVIEW = Procedure("gauge_review", 1, owner="gauges", zh="量具核查", main=REVIEW)


def opening(event: CaseOpened, _directory: Directory) -> Opening:
    """Wherever a case opens, the gauge it is about is reviewed."""
    return Opening((event.agency,), {"level": event.level}, event.drill_shift_s)


TRIGGERS = (Trigger(CaseOpened, "gauge_review", opens=opening),)

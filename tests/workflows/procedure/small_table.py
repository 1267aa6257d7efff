"""A table of one step, sound, and as small as it can be."""

from dataclasses import replace
from typing import Any

from contracts.agencies import Role
from workflows.procedure.guard import Guard
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

HEAD = By(Role.HEAD)
CLOCK = Clock("answer_5wd", working_days(5), "an article", ladder=SUPERIORS)
END = Step("end", HEAD, stages("begun"), "over", zh="结束", basis="x", meets=("answer_5wd",))
SOUND = Table(
    "main_table",
    first="begun",
    ends=stages("over"),
    steps=(END,),
    clocks=(CLOCK,),
    starts=("answer_5wd",),
)


def guarded(*holds: Any) -> Procedure:
    """A procedure whose step has these guards."""
    guards = tuple(Guard(hold, "不行", "no", "an article") for hold in holds)
    main = replace(SOUND, steps=(replace(END, needs=guards),))
    return Procedure("p", 1, owner="enforcement", main=main)

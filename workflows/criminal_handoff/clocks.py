"""The clocks of a criminal hand-off. Every "three days" runs on both readings at once.

TRANS does not say whether its three days (三日) are working days. The calendar-day clock is an
alarm of ours and calls nobody outside the agency; the working-day clock is the legal limit.
"""

from contracts.agencies import Role
from workflows.law import TRANS
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Rung,
    calendar_days,
    from_jurisdiction,
    hours,
    until,
    working_days,
)

ALARM = (Rung(Role.HEAD, 0, 24), Rung(Role.CHIEF, 0, 24))
"""Within the agency itself; the times between rungs are ours."""
UNSAID = "三日未注明工作日，两种算法并行 three days, kind not said: both readings"


def three_days(name: str, basis: str, *, then: str | None = None) -> tuple[Clock, Clock]:
    """Both readings of a limit of three days: `<name>_3cd` and `<name>_3wd`."""
    alarm = f"{basis}（{UNSAID}；日历日，内部报警 calendar days, an alarm of ours）"
    limit = f"{basis}（{UNSAID}；工作日，法定期限 working days, the legal limit）"
    return (
        Clock(f"{name}_3cd", calendar_days(3), alarm, roll="none", ladder=ALARM),
        Clock(f"{name}_3wd", working_days(3), limit, ladder=() if then else SUPERIORS, then=then),
    )


def both_readings(name: str) -> tuple[str, str]:
    """The names of both clocks: whatever starts or meets one does so to the other."""
    return (f"{name}_3cd", f"{name}_3wd")


def waiting(name: str) -> Clock:
    """How often someone asks after what others have no time for, or too much."""
    local = "本辖区查询间隔 local interval; no text sets one"
    return Clock(name, from_jurisdiction("criminal_pending"), local, ladder=SUPERIORS)


PAPERS = "公通字〔2016〕16号（条号未核对，期限由本辖区定 article not at hand, length local）"

MAIN_CLOCKS = (
    Clock(  # T01
        "team_report",
        until("report_by"),
        f"{TRANS(5)}（立即；日期由提出人定 at once: the day was set by who found it）",
        roll="none",
        ladder=SUPERIORS,
    ),
    *three_days("chief_decision", TRANS(5)),  # T02
    Clock("hand_over_24h", hours(24), TRANS(5), roll="none", ladder=SUPERIORS),  # T03
    Clock(
        "supplement_papers",
        from_jurisdiction("supplement_papers", "working_days"),
        PAPERS,
        ladder=SUPERIORS,
    ),
    # the agency may object; when its time is up the refusal stands
    *three_days("objection", TRANS(9), then="let_refusal_stand"),  # T06
    *three_days("supervision_request", TRANS(9), then="let_upheld_refusal_stand"),  # T08
    *three_days("goods", TRANS(12)),  # T09
    waiting("answer_review"),
)

"""The clocks of the main line of an enforcement case."""

from workflows.enforcement_case.people import HEAD, TESTS
from workflows.law import APL, PROC, PUB, both
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Grant,
    calendar_days,
    from_jurisdiction,
    working_days,
)

CLOCKS = (
    Clock(
        "lead_verification_15wd",  # P01
        working_days(15),
        PROC(18),
        extensions=(Grant(HEAD, 15, basis=PROC(18)),),
        stops_for=TESTS,
        ladder=SUPERIORS,
    ),
    Clock(
        "decision_90d",  # P17
        calendar_days(90),
        both(PROC(64), APL(60)),
        extensions=(
            Grant(HEAD, 30, basis=PROC(64)),
            # further time by collective discussion, which fixes its length
            Grant(HEAD, None, times=1, basis=PROC(64)),
        ),
        stops_for=TESTS | {"suspension", "hearing", "public_notice", "refund"},
        ladder=SUPERIORS,
    ),
    Clock(
        "review_10wd",  # P10
        working_days(10),
        PROC(55),
        extensions=(Grant(HEAD, None, times=None, basis=PROC(55)),),
        ladder=SUPERIORS,
    ),
    Clock(
        "statement_5wd",  # P11
        working_days(5),
        both(PROC(57), APL("64(1)")),
        then="waive_statement",
    ),
    Clock("service_7wd", working_days(7), both(PROC(81), APL(61)), ladder=SUPERIORS),  # P18
    Clock("publication_20wd", working_days(20), PUB(9), ladder=SUPERIORS),  # P29
    Clock(
        "payment_15d",  # P20
        calendar_days(15),
        both(PROC(72), APL(67)),
        extensions=(Grant(HEAD, None, times=None, basis=PROC(74)),),
        ladder=SUPERIORS,
    ),
    Clock("closing_15wd", working_days(15), PROC(77), ladder=SUPERIORS),  # P26
    Clock(
        "suspension_review",
        from_jurisdiction("suspension_review"),
        "本辖区复查间隔 local interval; PROC art. 46 sets none",
        ladder=SUPERIORS,
    ),
)

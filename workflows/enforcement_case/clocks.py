"""The clocks of the main line of an enforcement case."""

from workflows.enforcement_case.people import HEAD, TESTS
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
        "PROC art. 18",
        extensions=(Grant(HEAD, 15, basis="PROC art. 18"),),
        stops_for=TESTS,
        ladder=SUPERIORS,
    ),
    Clock(
        "decision_90d",  # P17
        calendar_days(90),
        "PROC art. 64; APL art. 60",
        extensions=(
            Grant(HEAD, 30, basis="PROC art. 64"),
            # further time by collective discussion, which fixes its length
            Grant(HEAD, None, times=1, basis="PROC art. 64"),
        ),
        stops_for=TESTS | {"suspension", "hearing", "public_notice", "refund"},
        ladder=SUPERIORS,
    ),
    Clock(
        "review_10wd",  # P10
        working_days(10),
        "PROC art. 55",
        extensions=(Grant(HEAD, None, times=None, basis="PROC art. 55"),),
        ladder=SUPERIORS,
    ),
    Clock(
        "statement_5wd",  # P11
        working_days(5),
        "PROC art. 57; APL art. 64(1)",
        then="waive_statement",
    ),
    Clock("service_7wd", working_days(7), "PROC art. 81; APL art. 61", ladder=SUPERIORS),  # P18
    Clock("publication_20wd", working_days(20), "PUB art. 9", ladder=SUPERIORS),  # P29
    Clock(
        "payment_15d",  # P20
        calendar_days(15),
        "PROC art. 72; APL art. 67",
        extensions=(Grant(HEAD, None, times=None, basis="PROC art. 74"),),
        ladder=SUPERIORS,
    ),
    Clock("closing_15wd", working_days(15), "PROC art. 77", ladder=SUPERIORS),  # P26
    Clock(
        "suspension_review",
        from_jurisdiction("suspension_review"),
        "local: a suspended case is looked at again (PROC art. 46 sets no time)",
        ladder=SUPERIORS,
    ),
)

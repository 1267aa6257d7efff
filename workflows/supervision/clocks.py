"""The clocks of supervision: three of the law, one a day that was set, the others local."""

from workflows.jurisdiction.people import FROM_ABOVE
from workflows.law import SUPV
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    from_jurisdiction,
    until,
    working_days,
)
from workflows.supervision.people import CASE, GOVERNMENT, LOCAL, SET

CLOCKS = (
    Clock(
        "issue",
        from_jurisdiction("supervision_issue", "working_days"),
        LOCAL,
        ladder=FROM_ABOVE,
    ),
    Clock("notice_answer_10wd", working_days(10), SUPV(18), ladder=SUPERIORS),
    Clock(
        "supervised_case_report",
        from_jurisdiction("supervised_case_report", "working_days"),
        CASE,
        ladder=SUPERIORS,
    ),
    Clock(
        "government_report",
        from_jurisdiction("government_supervision_report"),
        GOVERNMENT,
        ladder=SUPERIORS,
    ),
    Clock("correction", until("correct_by"), SUPV(19), roll="none", ladder=SUPERIORS),
    Clock("correction_report_10wd", working_days(10), SUPV(19), ladder=SUPERIORS),
    # a right that lapses: nobody is called for it
    Clock("objection_5wd", working_days(5), SUPV(20), then="lapse_objection"),
    Clock(
        "review",
        from_jurisdiction("supervision_review", "working_days"),
        LOCAL,
        ladder=FROM_ABOVE,
    ),
    Clock("second_answer", until("answer_by"), SET, roll="none", ladder=SUPERIORS),
)

ANSWERS = ("notice_answer_10wd", "supervised_case_report", "government_report", "second_answer")
"""Met by an answer, whichever of them runs."""

OBJECTION_CLOCKS = (Clock("objection_reply_10wd", working_days(10), SUPV(20), ladder=FROM_ABOVE),)

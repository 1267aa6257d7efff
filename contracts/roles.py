"""What a person may be at an agency; the law's own offices."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be at an agency; the law's own offices."""

    SYSTEM = "system"
    """The engine itself: what the law does without anyone's hand."""
    INSPECTOR = "inspector"
    """Case handler (办案人员), holder of a law-enforcement qualification."""
    UNIT_HEAD = "unit_head"
    """Head of the case-handling unit (办案机构负责人)."""
    LEGAL_REVIEWER = "legal_reviewer"
    """Reviewer of cases (审核人员)."""
    HEAD = "head"
    """Director or deputy in charge (市场监督管理部门负责人)."""
    CHIEF = "chief"
    """Principal officer (主要负责人, 正职)."""
    DUTY_OFFICER = "duty_officer"
    """Officer on duty around the clock (值班人员)."""
    LIAISON = "liaison"
    """Speaks for the agency towards other agencies (联络员)."""
    OPERATOR = "operator"
    """Runs the system: replays and discards what is held."""
    EVALUATOR = "evaluator"
    """Reads all that was done, changes nothing (评估人员)."""

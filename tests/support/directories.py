"""A small directory for tests: a county, its city, the province and the national bureau."""

from datetime import date
from decimal import Decimal

from contracts.agencies import (
    MARKET_REGULATION,
    Agency,
    Directory,
    Holder,
    LocalClock,
    Principal,
    Role,
)
from contracts.levels import Criterion, Level, Times

SINCE = date(2004, 1, 1)
COUNTY, CITY, PROVINCE, NATION = "county", "city", "province", "nation"
NEIGHBOUR = "neighbour"
"""Another county of the same city."""
POLICE, CITY_POLICE, PROCURATORATE = "police", "city-police", "procuratorate"
"""Beside the county: who is invited, and to whom a crime is handed over."""


def person(role: Role, agency: str = COUNTY, name: str | None = None) -> Principal:
    """Someone with one role at one agency."""
    return Principal(id=name or f"{agency}.{role}", agency=agency, roles=(role,))


def agency(
    code: str, level: str, parent: str | None, *regions: str, kind: str = MARKET_REGULATION
) -> Agency:
    return Agency(
        code=code,
        name=f"{code}市场监督管理局" if kind == MARKET_REGULATION else code,
        name_en=code,
        kind=kind,
        level=level,  # type: ignore[arg-type]
        parent=parent,
        regions=regions,
        document_prefix=code[0],
        valid_from=SINCE,
        reason="for tests",
        drills=True,
    )


def directory(*clocks: LocalClock) -> Directory:
    agencies = (
        agency(COUNTY, "county", CITY, "370202"),
        agency(NEIGHBOUR, "county", CITY, "370212"),
        agency(CITY, "city", PROVINCE, "370200"),
        agency(PROVINCE, "province", NATION, "370000"),
        agency(NATION, "national", None, "100000"),
        agency(POLICE, "county", CITY_POLICE, "370202", kind="public_security"),
        agency(CITY_POLICE, "city", None, "370200", kind="public_security"),
        agency(PROCURATORATE, "county", None, "370202", kind="procuratorate"),
    )
    holders = tuple(
        Holder(
            principal=f"{a.code}.{role}",
            name=f"{a.code} {role}",
            agency=a.code,
            role=role,
            valid_from=SINCE,
            reason="for tests",
        )
        for a in agencies
        for role in Role
        if role is not Role.SYSTEM
    )
    local = (
        *(_clock(name, number, unit) for name, number, unit in LOCAL),
        *clocks,
    )
    return Directory(
        jurisdiction="test",
        name="测试",
        name_en="test",
        version="test-1",
        national=NATION,
        agencies=agencies,
        holders=holders,
        levels=tuple(_level(name, number) for number, name in enumerate(("I", "II", "III", "IV"))),
        clocks=local,
    )


LOCAL = (
    ("suspension_review", 30, "calendar_days"),
    ("test_review", 30, "calendar_days"),
    ("joint_conclusion", 60, "calendar_days"),
    ("outcome_consent", 5, "working_days"),
    ("invitation_reply", 24, "hours"),
    ("jurisdiction_request", 7, "working_days"),
    ("jurisdiction_consideration", 5, "working_days"),
    ("assistance_receipt", 2, "working_days"),
    ("supervised_case_report", 30, "working_days"),
    ("supervision_issue", 5, "working_days"),
    ("supervision_review", 10, "working_days"),
    ("government_supervision_report", 30, "calendar_days"),
    ("criminal_pending", 30, "calendar_days"),
    ("police_receipt", 24, "hours"),
    ("supplement_papers", 3, "working_days"),
    ("net_content_notice", 20, "working_days"),
    ("net_content_sampling", 5, "working_days"),
    ("net_content_measurement", 20, "working_days"),
    ("net_content_telling", 5, "working_days"),
    ("net_content_objection", 15, "working_days"),
    ("net_content_retest", 10, "working_days"),
    ("net_content_follow_up", 10, "working_days"),
    ("net_content_recheck", 20, "working_days"),
)


def _clock(name: str, number: int, unit: str) -> LocalClock:
    return LocalClock(
        clock=name,
        number=number,
        unit=unit,  # type: ignore[arg-type]
        basis="local",
        valid_from=SINCE,
    )


CRITERIA = {
    "I": (Criterion(field="deaths", at_least=Decimal(1), says="有人员死亡"),),
    "II": (Criterion(field="suspected_crime", equals=True, says="涉嫌犯罪"),),
    "III": (Criterion(field="crowd", at_least=Decimal(50), says="涉及五十人以上"),),
}


def _level(name: str, number: int) -> Level:
    slower = 2**number
    return Level(
        level=name,  # type: ignore[arg-type]
        name=name,
        any_of=CRITERIA.get(name, ()),
        mobilises=number < 3,
        times=Times(
            first_contact_min=15 * slower,
            on_site_min=60 * slower,
            first_report_min=30 * slower,
            written_report_min=60 * slower,
            follow_up_h=4 * slower,
            after_action_h=48 * slower,
        ),
        valid_from=SINCE,
        reason="for tests",
    )

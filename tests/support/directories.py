"""A small directory for tests: a county, its city, the province and the national bureau."""

from datetime import date

from contracts.agencies import Agency, Directory, Holder, LocalClock, Principal, Role
from contracts.levels import Level, Times

SINCE = date(2004, 1, 1)
NET_CONTENT_DAYS = {
    "notice": 20,
    "sampling": 5,
    "measurement": 20,
    "telling": 5,
    "objection": 15,
    "retest": 10,
    "follow_up": 10,
    "recheck": 20,
}
COUNTY, CITY, PROVINCE, NATION = "county", "city", "province", "nation"


def person(role: Role, agency: str = COUNTY, name: str | None = None) -> Principal:
    """Someone with one role at one agency."""
    return Principal(id=name or f"{agency}.{role}", agency=agency, roles=(role,))


def agency(code: str, level: str, parent: str | None, *regions: str) -> Agency:
    return Agency(
        code=code,
        name=f"{code}市场监督管理局",
        name_en=code,
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
        agency(CITY, "city", PROVINCE, "370200"),
        agency(PROVINCE, "province", NATION, "370000"),
        agency(NATION, "national", None),
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
        LocalClock(
            clock="suspension_review",
            number=30,
            unit="calendar_days",
            basis="local",
            valid_from=SINCE,
        ),
        LocalClock(
            clock="test_review", number=30, unit="calendar_days", basis="local", valid_from=SINCE
        ),
        *(
            LocalClock(
                clock=f"net_content_{name}",
                number=number,
                unit="working_days",
                basis="local",
                valid_from=SINCE,
            )
            for name, number in NET_CONTENT_DAYS.items()
        ),
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


def _level(name: str, number: int) -> Level:
    slower = 2**number
    return Level(
        level=name,  # type: ignore[arg-type]
        name=name,
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

"""Coordination as its tests know it: with two agencies more to invite, and a government."""

from contracts.agencies import Directory, Holder, Role
from services.coordination.app import unit
from services.coordination.effects import effects
from services.coordination.rules.who_may_open import GOVERNMENT
from tests.support import directories
from tests.support.directories import SINCE
from tests.support.owner.house import Owner

CUSTOMS, TRANSPORT, COUNTY_GOVERNMENT = "customs", "transport", "county-government"
KINDS = {CUSTOMS: CUSTOMS, TRANSPORT: TRANSPORT, COUNTY_GOVERNMENT: GOVERNMENT}


def directory() -> Directory:
    plain = directories.directory()
    more = [
        directories.agency(code, "county", None, "370202", kind=kind)
        for code, kind in KINDS.items()
    ]
    posts = [(a.code, role) for a in more for role in Role if role is not Role.SYSTEM]
    holders = [
        Holder(
            principal=f"{code}.{role}",
            name=f"{code} {role}",
            agency=code,
            role=role,
            valid_from=SINCE,
            reason="for tests",
        )
        for code, role in posts
    ]
    said = {"agencies": (*plain.agencies, *more), "holders": (*plain.holders, *holders)}
    return Directory.model_validate(dict(plain) | said)


OWNER = Owner("coordination", unit, effects(directory), directory())

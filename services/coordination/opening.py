"""A matter between agencies is opened, by hand or by an agency's system: by the same rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from contracts.agencies import AgencyCode, Directory, Principal
from contracts.coordination import MatterOpened
from contracts.legal_day import legal_day
from contracts.says import Says
from services.coordination.models import Matter, MatterAccess
from services.coordination.rules.openings import OPENINGS, OpeningRule
from services.kit.errors import Invalid
from services.kit.faults import fields_of
from services.kit.rights.identity import require_role

REQUESTED = "requested"
"""Stage of a matter whose procedure has not begun yet."""


@dataclass(frozen=True, slots=True)
class MatterRequest:
    """A matter someone wants opened."""

    id: UUID
    procedure: str
    title: str
    of_case: UUID | None
    agencies: tuple[AgencyCode, ...]
    facts: Mapping[str, Any]
    shift_s: int = 0


def open_matter(
    request: MatterRequest, by: Principal, directory: Directory, moment: datetime
) -> tuple[tuple[Matter, MatterAccess], MatterOpened]:
    """The rows and the event; refused where the rules of its kind say no."""
    opening = _opening(request)
    require_role(by, *opening.by)
    _check_agencies(request, opening, by.agency, directory, moment)
    seats = opening.seats(by.agency, request.agencies)
    facts = _facts(request, opening) | dict(opening.also(by.agency))
    if request.of_case is not None:
        facts |= {"of_case": str(request.of_case)}
    matter = Matter(
        id=request.id,
        procedure=request.procedure,
        of_case=request.of_case,
        agency=seats[0],
        title=request.title,
        opened_by=by.id,
        drill=request.shift_s != 0,
        opened_at=moment,
        stage=REQUESTED,
    )
    # until its procedure begins, whoever opened it sees it
    access = MatterAccess(
        agency=by.agency, matter_id=request.id, opened_at=moment, whole=True, shared=True, lines=[]
    )
    event = MatterOpened(
        case_id=request.id,
        occurred_at=moment,
        procedure=request.procedure,
        of_case=request.of_case,
        agency=by.agency,
        agencies=seats,
        facts=facts,
        drill_shift_s=request.shift_s,
    )
    return (matter, access), event


def _opening(request: MatterRequest) -> OpeningRule:
    found = OPENINGS.get(request.procedure)
    if found is None:
        raise Invalid(
            Says(
                f"「{request.procedure}」不能这样发起。",
                f"{request.procedure} is not opened so; {', '.join(OPENINGS)} are",
            ),
            field="procedure",
            rule="openings",
        )
    return found


def _check_agencies(
    request: MatterRequest,
    opening: OpeningRule,
    opener: AgencyCode,
    directory: Directory,
    moment: datetime,
) -> None:
    least, most = opening.named
    if not least <= len(request.agencies) <= most:
        raise Invalid(
            Says(
                f"「{request.procedure}」须列明{least}至{most}个其他机关。",
                f"{request.procedure} names {least} to {most} other agencies",
            ),
            field="agencies",
            rule="openings",
        )
    for code in (*request.agencies, *_listed(request)):
        if directory.agency(str(code), legal_day(moment)) is None:
            raise Invalid(
                Says(f"本辖区名录中没有 {code}。", f"{code} is no agency of this jurisdiction"),
                field="agencies",
                rule="directory",
            )
    if says := opening.check(opener, request.agencies, directory, legal_day(moment)):
        raise Invalid(says, field="agencies", rule="line_of_command")


def _listed(request: MatterRequest) -> list[Any]:
    """Agencies that its facts name: each will have a line of its own."""
    listed = (request.facts.get(name) for name in ("invited", "requested"))
    return [code for codes in listed if isinstance(codes, list | tuple) for code in codes]


def _facts(request: MatterRequest, opening: OpeningRule) -> dict[str, Any]:
    try:
        facts = opening.facts.model_validate(dict(request.facts))
    except ValidationError as wrong:
        raise Invalid(
            Says("事项内容不符合要求。", fields_of(wrong)), field="facts", rule="schema"
        ) from wrong
    return facts.model_dump(mode="json", exclude_none=True)

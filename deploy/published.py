"""The 79 published cases as reports received today, each from the agency that handled it."""

from datetime import date, datetime
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from contracts.agencies import NATIONWIDE, Agency, Directory
from contracts.intake import Instrument, Publication, ReportSubmitted, Text, Yuan
from contracts.legal_day import legal_day
from contracts.messages import Message, RegionCode
from services.enforcement.rules.divisions import region_problem


class PublishedPlace(Message):
    """Where it happened, as the record has it; the code may have been given up since."""

    code: RegionCode | None
    name: str | None
    later_code: RegionCode | None = None
    """Code of the division that took its place."""


class Money(Message):
    """The sums a record states; what it does not state is absent, never zero."""

    illegal_income_yuan: Yuan | None = None
    fine_yuan: Yuan | None = None
    penalty_total_yuan: Yuan | None = None
    goods_value_yuan: Yuan | None = None
    loss_yuan: Yuan | None = None


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
"""A day or, where the record says no more, a month."""


class PublishedCase(Message):
    """One case as the agencies made it public; the summaries are ours."""

    id: Annotated[str, Field(pattern=r"^PMC-\d{3}$")]
    published_on: Day | None = None
    discovered_on: Day | None = None
    filed_on: Day | None = None
    decided_on: Day | None = None
    transferred_on: Day | None = None
    region: PublishedPlace
    agency: str | None
    """As printed; none where the record names no particular body."""
    agency_printed: str | None = None
    """What it prints instead: a class of bodies."""
    other_agencies: tuple[str, ...]
    channel: Literal["inspection", "report", "complaint", "campaign", "transfer", "sampling"] | None
    violation: str
    premises: str
    party: Text
    instruments: tuple[Instrument, ...]
    money: Money
    confiscated: tuple[str, ...]
    legal_basis: tuple[str, ...]
    suspected_crime: bool
    cross_region: bool
    summary: Text
    outcome: Text


class _File(Message):
    about: str
    cases: tuple[PublishedCase, ...]


def published_cases() -> tuple[PublishedCase, ...]:
    """All of them, in the order of their numbers."""
    text = files(__package__).joinpath("published_cases.json").read_text(encoding="utf-8")
    return TypeAdapter(_File).validate_json(text, extra="forbid").cases


def reports(now: datetime, directory: Directory) -> list[tuple[str, ReportSubmitted]]:
    """Agency code and report, one for each case: found out now, whenever it was published."""
    on = legal_day(now)
    return [(_sender(case, directory, on).code, _report(case, now)) for case in published_cases()]


def _sender(case: PublishedCase, directory: Directory, on: date) -> Agency:
    """Who handled it or, where that body is no more, whoever took over; else the national one."""
    if case.agency is None:
        national = directory.agency(directory.national, on)
        if national is None:
            raise LookupError(f"{directory.national} does not stand on {on}")
        return national
    [handled] = directory.named(case.agency)
    standing = directory.standing(handled, on)
    if standing is None:
        raise LookupError(f"{case.id}: nobody took over from {case.agency}")
    return standing


def _report(case: PublishedCase, now: datetime) -> ReportSubmitted:
    return ReportSubmitted(
        occurred_at=now,
        reference=case.id,
        violation=case.violation,
        region=_region(case.region, legal_day(now)),
        subject_name=f"{case.party}（{case.region.name or '地区未公布'}，公开材料未具名）",
        premises=case.premises,
        channel=case.channel or "unstated",
        summary=case.summary,
        instruments=case.instruments,
        illegal_income_yuan=case.money.illegal_income_yuan,
        goods_value_yuan=case.money.goods_value_yuan,
        loss_yuan=case.money.loss_yuan,
        suspected_crime=case.suspected_crime,
        cross_region=case.cross_region,
        legal_basis=case.legal_basis,
        other_agencies=case.other_agencies,
        discovered_on=_day(case.discovered_on),
        publication=_publication(case),
    )


def _publication(case: PublishedCase) -> Publication:
    return Publication(
        record=case.id,
        published_on=case.published_on,
        decided_on=case.decided_on,
        penalty_total_yuan=case.money.penalty_total_yuan or case.money.fine_yuan,
        outcome=case.outcome,
    )


def _region(place: PublishedPlace, on: date) -> RegionCode:
    """The code in use today. A record without a place may be of anywhere in the country."""
    if place.code is None:
        return NATIONWIDE
    if place.later_code is not None and region_problem(place.code, on) is not None:
        return place.later_code
    return place.code


def _day(stated: str | None) -> date | None:
    """A month alone is no day; it stays with the record."""
    return date.fromisoformat(stated) if stated is not None and len(stated) == 10 else None

"""Measurements handed in, by whatever door: checked, judged, and the finding frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.intake import MeasurementsSubmitted, Round
from contracts.legal_day import legal_day
from contracts.net_content import FindingMade, RecheckFindingMade, RetestFindingMade
from contracts.says import Says
from services.kit.errors import Refusal
from services.kit.events.handling import Add, Change
from services.net_content.input_checks import KnownChecks, Waiting
from services.net_content.models import Check
from services.net_content.models import Finding as FindingRow
from services.net_content.rules.checks.basis import VerdictBasis
from services.net_content.rules.checks.eligibility import Awaited, Lab, problems_of
from services.net_content.rules.checks.freezing import FrozenFinding, frozen, sheet_hash
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.sheets.problems import Problem
from services.net_content.rules.sheets.spelling import unit_named
from services.net_content.rules.sheets.table import PackageReading, Sheet, quantity


class MeasurementsWrong(Refusal):
    """Measurements no verdict can rest on; every fault is named."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        more = f" (+{len(problems) - 1})" if len(problems) > 1 else ""
        super().__init__(
            "measurements_wrong",
            Says(f"{first.cell}：{first.says.zh}。", f"{first.cell}: {first.says.en}{more}"),
            problems=[problem.told() for problem in problems],
            rule=first.code,
        )
        self.problems = problems


class NotAwaited(Refusal):
    """The check waits for no measurements of this round."""

    def __init__(self, round_: str, awaiting: str | None) -> None:
        super().__init__(
            "not_awaited",
            Says(
                f"现在不接收「{round_}」轮次的检测数据。",
                f"Measurements of the round {round_!r} are not awaited now, but "
                f"{awaiting or 'none'}",
            ),
            round=round_,
            awaiting=awaiting,
        )


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-in judged: what is to be written and told. Nothing where it was known already."""

    sha256: str
    finding: FrozenFinding | None = None
    row: Add | None = None
    change: Change | None = None
    event: FindingMade | None = None


def sheet_of(said: Any) -> tuple[Sheet | None, list[Problem]]:
    """The sheet in JSON or in an event."""
    problems: list[Problem] = []
    unit = unit_named(said.unit)
    if unit is None:
        says = Says(f"「{said.unit}」不是净含量单位", f"{said.unit!r} is no unit of net content")
        problems.append(Problem("unit", "bad_unit", says))
    packages = []
    for number, package in enumerate(said.packages):
        values = {
            name: quantity(text, f"packages.{number}.{name}", problems)
            for name in ("gross", "tare", "net")
            if (text := getattr(package, name)) is not None
        }
        if "net" not in values and not {"gross", "tare"} <= values.keys():
            says = Says("须有净含量，或毛重和皮重", "give net, or gross and tare")
            problems.append(Problem(f"packages.{number}", "nothing_measured", says))
        packages.append(PackageReading(package.number.strip(), **values))
    if problems or unit is None:
        return None, problems
    sheet = Sheet(said.laboratory, tuple(said.instruments), said.measured_on, unit, tuple(packages))
    return sheet, []


def hand_in(
    sheet: Sheet, round_: Round, waiting: Waiting, lab: Lab | None, *, source: str, moment: datetime
) -> HandedOver:
    """Judge the lot; `waiting` is kept up for the next hand-in of the batch."""
    hashed = sheet_hash(sheet)
    for known_round, known_sheet, sha256 in waiting.findings[-1:]:
        if (known_round, known_sheet) == (round_, hashed):
            return HandedOver(sha256)
    if waiting.awaiting != round_:
        raise NotAwaited(round_, waiting.awaiting)
    case = _case(sheet, round_, waiting, lab, moment)
    try:
        finding = frozen(case)
    except BadInput as bad:
        raise MeasurementsWrong([Problem(bad.field, bad.code, bad.says)]) from bad
    number = len(waiting.findings) + 1
    waiting.awaiting = None
    waiting.findings.append((round_, hashed, finding.sha256))
    row = Add(
        FindingRow,
        {
            "check_id": waiting.id,
            "number": number,
            "round": round_,
            "laboratory": sheet.laboratory,
            "measured_on": sheet.measured_on,
            "verdict": finding.verdict,
            "sha256": finding.sha256,
            "sheet_sha256": hashed,
            "engine": finding.engine,
            "body": finding.body,
            "summary": finding.summary,
            "t2_percent": finding.t2_percent,
            "source": source,
            "made_at": moment,
        },
    )
    told = {
        "occurred_at": moment,
        "case_id": waiting.id,
        "laboratory": sheet.laboratory,
        "verdict": finding.verdict,
        "finding_sha256": finding.sha256,
        "sheet_sha256": hashed,
    }
    event = _event(round_, told)
    return HandedOver(
        finding.sha256, finding, row, Change(Check, waiting.id, {"awaiting": None}), event
    )


def submitted(
    event: MeasurementsSubmitted, known: KnownChecks, source: str, moment: datetime
) -> HandedOver:
    """The same for an event."""
    sheet, problems = sheet_of(event)
    if sheet is None:
        raise MeasurementsWrong(problems)
    waiting = known.checks[event.check_id]
    return hand_in(
        sheet, event.round, waiting, known.labs.get(event.laboratory), source=source, moment=moment
    )


def _event(round_: Round, data: dict[str, Any]) -> FindingMade:
    if round_ == "retest":
        return RetestFindingMade(**data)
    return RecheckFindingMade(**data) if round_ == "recheck" else FindingMade(**data)


def _case(
    sheet: Sheet, round_: Round, waiting: Waiting, lab: Lab | None, moment: datetime
) -> VerdictBasis:
    sampling = waiting.sampling
    if sampling is None or waiting.laboratory is None:
        raise NotAwaited(round_, waiting.awaiting)
    awaited = Awaited(
        waiting.laboratory, waiting.product.unit, sampling.sampled_on, sampling.sample_size
    )
    # a drill's present day is known to its procedure alone
    latest = max(legal_day(moment), sheet.measured_on) if waiting.shift_s else legal_day(moment)
    if problems := problems_of(sheet, awaited, lab, latest):
        raise MeasurementsWrong(problems)
    assert lab is not None, "an unknown laboratory is a problem"
    product = waiting.product
    return VerdictBasis(
        check=str(waiting.id),
        round=round_,
        regime=waiting.regime,
        product=product.name,
        category=product.category,
        nominal=product.nominal,
        unit=product.unit,
        lot=sampling.lot,
        lot_size=sampling.lot_size,
        sample_size=sampling.sample_size,
        place=sampling.place,
        sampled_on=sampling.sampled_on,
        sheet=sheet,
        verified={code: _held(lab.instruments[code], sheet) for code in sheet.instruments},
    )


def _held(periods: Sequence[tuple[date, date]], sheet: Sheet) -> tuple[date, date]:
    """The verification that the day of measuring falls into, the newest if there are two."""
    return max(p for p in periods if p[0] <= sheet.measured_on <= p[1])

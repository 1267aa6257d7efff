"""Measurements handed in as JSON, CSV or XLSX; a dry run lists everything that is wrong."""

from datetime import timedelta
from typing import Annotated, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from contracts.agencies import Principal, Role
from contracts.intake import Round
from contracts.says import Says
from services.kit.errors import Invalid, NotFound
from services.kit.faults import fields_of
from services.kit.http.dependencies import TheClock, TheRecord
from services.kit.rights.identity import Asking, require_role
from services.kit.rights.visibility import EVERYTHING
from services.kit.storage.transaction import Transaction, transaction
from services.net_content.handing_in import HandedOver, MeasurementsWrong, hand_in, sheet_of
from services.net_content.input_checks import KnownChecks, Waiting, known
from services.net_content.models import Check, Finding
from services.net_content.queries import checks as queries
from services.net_content.rules.sheets.problems import Problem
from services.net_content.rules.sheets.table import Sheet, read_table
from services.net_content.spreadsheets import (
    XLSX,
    rows_of_csv,
    rows_of_xlsx,
    template_csv,
    template_xlsx,
)
from services.net_content.views import HandedIn, HandIn, ProblemView

router = APIRouter(tags=["measurements 检测数据"])
BY = (Role.INSPECTOR, Role.UNIT_HEAD, Role.LIAISON, Role.HEAD)
FILES = {"text/csv": rows_of_csv, XLSX: rows_of_xlsx}


@router.get("/measurements/template.{kind}")
async def template(kind: Literal["csv", "xlsx"]) -> Response:
    """The sheet a laboratory fills in; one row a package."""
    content = template_csv() if kind == "csv" else template_xlsx()
    media_type = "text/csv; charset=utf-8" if kind == "csv" else XLSX
    name = f'attachment; filename="measurements.{kind}"'
    return Response(content, media_type=media_type, headers={"content-disposition": name})


@router.post("/checks/{check_id}/measurements")
async def hand_in_measurements(
    *,
    request: Request,
    asking: Asking,
    record: TheRecord,
    now: TheClock,
    check_id: UUID,
    round: Annotated[Round | None, Query(description="轮次；JSON 中亦可写 Of a file.")] = None,
    dry_run: bool = False,
) -> HandedIn:
    """Judge a lot by its measurements and freeze the finding. The same sheet again: the same."""
    require_role(asking, *BY)
    stated, sheet, problems = _read(request, await request.body())
    # a laboratory's own people see no check of an agency's: `_waiting` decides, and only then
    # is anything handed on
    async with transaction(record, visible=EVERYTHING) as tx:
        found = await known(tx.session, {check_id}, {sheet.laboratory} if sheet else set())
        waiting = _waiting(found, check_id, asking, sheet)
        if sheet is None:
            return _wrong(problems, dry_run=dry_run)
        at = now.now() + timedelta(seconds=waiting.shift_s)
        lab, turn = found.labs.get(sheet.laboratory), round or stated or waiting.awaiting or "first"
        source = f"/agencies/{asking.agency}"
        try:
            handed = hand_in(sheet, cast(Round, turn), waiting, lab, source=source, moment=at)
        except MeasurementsWrong as wrong:
            return _wrong(wrong.problems, dry_run=dry_run)
        if not dry_run:
            await _write(tx, handed)
        if handed.finding is None:
            return await _known_already(tx, check_id, handed.sha256, dry_run=dry_run)
    return HandedIn(
        dry_run=dry_run,
        accepted=not dry_run,
        verdict=handed.finding.verdict,
        finding_sha256=handed.sha256,
        summary=handed.finding.summary,
    )


def _read(request: Request, body: bytes) -> tuple[Round | None, Sheet | None, list[Problem]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in FILES:
        return None, *read_table(FILES[kind](body))
    try:
        said = HandIn.model_validate_json(body)
    except ValidationError as error:
        says = fields_of(error)
        raise Invalid(
            Says("检测数据不符合格式要求。", says), field="body", rule="schema"
        ) from error
    given = said.round if "round" in said.model_fields_set else None
    return given, *sheet_of(said)


def _waiting(
    checks: KnownChecks, check_id: UUID, asking: Principal, sheet: Sheet | None
) -> Waiting:
    """The check, for its agency and for whoever speaks for the laboratory that measured."""
    waiting = checks.checks.get(check_id)
    speaks = sheet is not None and checks.speak_for.get(sheet.laboratory) == asking.agency
    if waiting is None or not (waiting.agency == asking.agency or speaks):
        raise NotFound(Says("检查", "check"), check_id)
    return waiting


def _wrong(problems: list[Problem], *, dry_run: bool) -> HandedIn:
    if not dry_run:
        raise MeasurementsWrong(problems)
    views = tuple(ProblemView.model_validate(problem.told()) for problem in problems)
    return HandedIn(dry_run=True, accepted=False, problems=views)


async def _write(tx: Transaction, handed: HandedOver) -> None:
    if handed.row is None or handed.change is None or handed.event is None:
        return
    tx.add(Finding(**handed.row.values))
    check = await tx.lock(Check, handed.change.key)
    check.awaiting = None
    tx.emit(handed.event)


async def _known_already(
    tx: Transaction, check_id: UUID, sha256: str, *, dry_run: bool
) -> HandedIn:
    made = await queries.findings(tx.session, check_id)
    row = next(finding for finding in made if finding.sha256 == sha256)
    return HandedIn(
        dry_run=dry_run,
        accepted=True,
        verdict=row.verdict,
        finding_sha256=sha256,
        summary=row.summary,
    )

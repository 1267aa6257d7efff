"""The registers: subjects with their products from a file, laboratories with their instruments."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Role
from contracts.says import Says
from services.kit.errors import Forbidden, NotFound
from services.kit.http.dependencies import TheRecord, Visible
from services.kit.rights.identity import Asking, require_role
from services.kit.rights.visibility import seeing
from services.kit.storage.transaction import transaction
from services.net_content.models import Laboratory, LaboratoryInstrument, Subject, Verification
from services.net_content.registering import keep
from services.net_content.rules.sheets.register import read_register
from services.net_content.spreadsheets import lines_of_csv
from services.net_content.views import (
    InstrumentEntry,
    LaboratoryEntry,
    LaboratoryView,
    ProblemView,
    Registered,
    Verified,
)

router = APIRouter(tags=["register 名录"])
KEEPERS = (Role.INSPECTOR, Role.UNIT_HEAD, Role.HEAD)
CodeInPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]


@router.post("/subjects")
async def register_subjects(
    request: Request,
    asking: Asking,
    record: TheRecord,
    visible: Visible,
    dry_run: Annotated[bool, Query(description="只校验 Only say what is wrong.")] = False,
) -> Registered:
    """Subjects and products from a CSV file; with one bad cell nothing is taken."""
    require_role(asking, *KEEPERS)
    body = await request.body()
    # a hundred thousand rows take seconds: not in the loop that answers everyone
    register = await asyncio.to_thread(lambda: read_register(lines_of_csv(body)))
    if not dry_run and not register.wrong:
        async with transaction(record, visible=visible) as tx:
            await keep(tx.session, register, asking.agency)
    return Registered(
        dry_run=dry_run,
        subjects=len(register.subjects),
        products=len(register.products),
        wrong=register.wrong,
        problems=tuple(ProblemView.model_validate(problem.told()) for problem in register.problems),
    )


@router.get("/subjects/{code}")
async def subject(
    asking: Asking, record: TheRecord, visible: Visible, code: str
) -> dict[str, str | None]:
    """A subject as the register has it."""
    _any_role(asking.roles)
    async with seeing(record, visible) as session:
        found = await session.get(Subject, code.upper())
    if found is None:
        raise NotFound(Says("市场主体", "subject"), code)
    return found.model_dump()


@router.put("/laboratories/{code}")
async def register_laboratory(
    asking: Asking, record: TheRecord, visible: Visible, code: CodeInPath, said: LaboratoryEntry
) -> LaboratoryView:
    """A laboratory with its scope, its instruments and their verifications, as they are now.

    Verifications are added, never removed: findings rest on them.
    """
    require_role(asking, *KEEPERS)
    async with transaction(record, visible=visible) as tx:
        row = said.model_dump(exclude={"instruments"}) | {"scope": list(said.scope)}
        await tx.session.merge(Laboratory(code=code, **row))
        await tx.session.flush()
        for entry in said.instruments:
            kept = await tx.session.get(LaboratoryInstrument, entry.code)
            if kept is not None and kept.laboratory != code:
                raise Forbidden(
                    Says(
                        f"计量器具 {entry.code} 属于 {kept.laboratory}。",
                        f"{entry.code} belongs to {kept.laboratory}",
                    ),
                )
            await _keep_instrument(tx.session, code, entry)
    return await laboratory(asking, record, visible, code)


@router.get("/laboratories/{code}")
async def laboratory(
    asking: Asking, record: TheRecord, visible: Visible, code: CodeInPath
) -> LaboratoryView:
    """A laboratory as the register has it."""
    _any_role(asking.roles)
    async with seeing(record, visible) as session:
        found = await session.get(Laboratory, code)
        if found is None:
            raise NotFound(Says("检验机构", "laboratory"), code)
        of_it = select(LaboratoryInstrument).where(col(LaboratoryInstrument.laboratory) == code)
        rows = (await session.exec(of_it.order_by(col(LaboratoryInstrument.code)))).all()
        entries = []
        for row in rows:
            of_one = select(Verification).where(col(Verification.instrument) == row.code)
            held = (await session.exec(of_one.order_by(col(Verification.verified_on)))).all()
            verified = tuple(Verified.model_validate(one) for one in held)
            shown = row.model_dump() | {"verifications": verified}
            entries.append(InstrumentEntry.model_validate(shown))
    return LaboratoryView.model_validate(found.model_dump() | {"instruments": tuple(entries)})


async def _keep_instrument(session: AsyncSession, laboratory: str, entry: InstrumentEntry) -> None:
    row = entry.model_dump(exclude={"verifications"})
    await session.merge(LaboratoryInstrument(laboratory=laboratory, **row))
    await session.flush()
    for verified in entry.verifications:
        await session.merge(Verification(instrument=entry.code, **verified.model_dump()))


def _any_role(roles: tuple[Role, ...]) -> None:
    if not roles:
        raise Forbidden(Says("仅限任职人员查阅名录。", "Only holders of a role read the register"))

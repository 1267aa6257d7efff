"""Reporters: handed in apart from every report, read for a stated purpose and on record."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status

from contracts.agencies import Role
from contracts.enforcement import ReadingPurpose, ReporterRead
from contracts.says import Says
from services.enforcement.models import Reporter
from services.enforcement.queries import case_of_reporter
from services.enforcement.vault import Vault
from services.enforcement.views import ReporterIdentity, ReporterReference
from services.kit.errors import NotFound
from services.kit.http.dependencies import TheClock, TheRecord
from services.kit.rights.identity import Asking, require_role
from services.kit.rights.visibility import own
from services.kit.storage.transaction import transaction

router = APIRouter(prefix="/reporters", tags=["reporters 举报人"])
HAND_IN = (Role.INSPECTOR, Role.UNIT_HEAD, Role.DUTY_OFFICER, Role.LIAISON)
READ = (Role.HEAD, Role.CHIEF)


def vault(request: Request) -> Vault:
    found: Vault = request.app.state.vault
    return found


TheVault = Annotated[Vault, Depends(vault)]


@router.post("", status_code=status.HTTP_201_CREATED)
async def hand_in(
    asking: Asking, record: TheRecord, vault: TheVault, now: TheClock, identity: ReporterIdentity
) -> ReporterReference:
    """Keep who reported, and get the reference that goes into the report instead of a name."""
    require_role(asking, *HAND_IN)
    row = vault.seal(identity, asking.agency, now.now())
    reference = row.reference
    async with transaction(record, visible=own(asking)) as tx:
        tx.add(row)
    return ReporterReference(reference=reference)


@router.get("/{reference}")
async def read(
    *,
    asking: Asking,
    record: TheRecord,
    vault: TheVault,
    now: TheClock,
    response: Response,
    reference: str,
    purpose: ReadingPurpose,
) -> ReporterIdentity:
    """Who it is. Only a head at the agency of the case, and never without a trace."""
    require_role(asking, *READ)
    response.headers["cache-control"] = "no-store"
    async with transaction(record, visible=own(asking)) as tx:
        row = await tx.session.get(Reporter, reference)
        case_id = await case_of_reporter(tx.session, reference, asking.agency)
        if row is None or case_id is None:
            raise NotFound(Says("举报人", "reporter"), reference)
        identity = vault.open(row)
        tx.emit(
            ReporterRead(
                occurred_at=now.now(),
                case_id=case_id,
                reference=reference,
                by=asking.id,
                agency=asking.agency,
                purpose=purpose,
            )
        )
    return identity  # only now: the reading is on record

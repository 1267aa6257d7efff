"""What holds for every matter between agencies: it is put on record, and followed to its end."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.procedure import Payload, RecordStep
from services.coordination.models import Matter, MatterAccess
from services.coordination.rules import responses as rules
from services.coordination.rules import sharing
from services.coordination.rules.sharing import Access
from services.kit.steps.effects import TakenStep
from services.kit.storage.transaction import Transaction


async def put_on_record(tx: Transaction, step: TakenStep[Payload]) -> None:
    """Whoever asked for it put it on record already; one that an event opened is put there now."""
    state = step.record.state
    facts = state.lines[0].facts
    of_case = facts.get("of_case")
    matter = {
        "id": step.case_id,
        "procedure": state.procedure,
        "of_case": UUID(str(of_case)) if of_case else None,
        "agency": rules.leader(state),
        "opened_by": None,
        "title": None,
        "drill": state.shift_s != 0,
        "opened_at": step.happened_at,
        "stage": state.lines[0].stage,
    }
    opened = insert(Matter).values(**matter).on_conflict_do_nothing()
    await tx.session.execute(opened)


async def follow(tx: Transaction, record: RecordStep) -> None:
    """Its row shows where it stands, and who may see what of it."""
    state, main = record.state, record.state.lines[0]
    matter = await tx.lock(Matter, record.case_id)
    matter.agency, matter.stage = main.agencies[0], main.stage
    if state.ended:
        matter.ended_at = record.happened_at
    await grant(tx, matter, sharing.access(state))


async def grant(tx: Transaction, matter: Matter, granted: Mapping[str, Access]) -> None:
    """These agencies may see these parts of it, and no other may."""
    rows = [
        {
            "agency": agency,
            "matter_id": matter.id,
            "opened_at": matter.opened_at,
            "whole": may.whole,
            "shared": may.shared,
            "lines": sorted(may.lines),
        }
        for agency, may in granted.items()
    ]
    fresh = insert(MatterAccess).values(rows)
    changed = {name: fresh.excluded[name] for name in ("whole", "shared", "lines")}
    key = ["agency", "matter_id"]
    await tx.session.execute(fresh.on_conflict_do_update(index_elements=key, set_=changed))
    others = col(MatterAccess.agency).not_in(list(granted))
    await tx.session.execute(
        delete(MatterAccess).where(col(MatterAccess.matter_id) == matter.id, others)
    )

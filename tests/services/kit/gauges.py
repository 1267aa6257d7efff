"""A record for tests of the kit: gauges (量具), each with a procedure of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Select, text
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Role
from contracts.legal_day import SHANGHAI
from contracts.procedure import Line, Payload, ProcedureState, RecordStep
from services.kit.effects import Reply, Step
from services.kit.errors import NotFound
from services.kit.pages import Page, newest_first
from services.kit.record_effects import At, RecordEffects
from services.kit.record_queries import may_see, with_procedure
from services.kit.records import Records, Viewer, record_router
from services.kit.sight import Sight
from services.kit.transaction import Transaction
from services.kit.views import Moment, PageView, View
from tests.support.directories import COUNTY, person

PROCEDURE = "gauge"
A_MONDAY = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
TABLE = """
CREATE TABLE gauge (
    case_id uuid PRIMARY KEY, agency text NOT NULL, made_at timestamptz NOT NULL,
    reading int NOT NULL
)
"""


class Gauge(SQLModel, table=True):
    """One gauge."""

    case_id: UUID = Field(primary_key=True)
    agency: str
    made_at: datetime = Field(sa_type=DateTime(timezone=True))
    reading: int = 0


class Read(Payload):
    """What it shows."""

    reading: int


effects = RecordEffects(PROCEDURE, Gauge)


@effects.opening
async def make(tx: Transaction, step: Step[Payload]) -> None:
    tx.add(Gauge(case_id=step.case_id, agency=COUNTY, made_at=step.happened_at))


@effects.on("read", "read_again", payload=Read)
async def read(_tx: Transaction, at: At[Gauge, Read]) -> Reply:
    before, at.row.reading = at.row.reading, at.payload.reading
    return {"before": before, "seq": at.seq, "on": at.on.isoformat()}


def a_step(seq: int, step: str, case_id: UUID, **payload: Any) -> RecordStep:
    """A step as the engine hands it on."""
    main = Line(
        key="main",
        table=PROCEDURE,
        stage="in_use",
        agencies=(COUNTY,),
        version=seq - 1,
        entered_at=A_MONDAY,
    )
    state = ProcedureState(procedure=PROCEDURE, version=1, case_id=case_id, seq=seq, lines=(main,))
    return RecordStep(
        request_id=uuid4(),
        digest=f"{step}{payload}",
        procedure=PROCEDURE,
        case_id=case_id,
        seq=seq,
        step=step,
        line="main",
        table=PROCEDURE,
        by=person(Role.HEAD),
        payload=payload,
        taken_at=A_MONDAY,
        happened_at=A_MONDAY,
        state=state,
    )


# ── as the API shows them ────────────────────────────────────────────────────────────────────────


class GaugeView(View):
    """A gauge, and as whom the database was asked for it."""

    case_id: UUID
    made_at: Moment
    reading: int
    seen_as: str = ""


class GaugePage(PageView):
    """Part of the list."""

    gauges: tuple[GaugeView, ...]


@dataclass(frozen=True)
class Filters:
    """What the list may be narrowed to."""

    reading: int | None = None


@dataclass(frozen=True)
class Found:
    """A gauge, and what the database was told of who asks."""

    gauge: Gauge
    seen_as: str


def _gauges(sight: Sight) -> Select[Any]:
    asked = with_procedure(PROCEDURE, Gauge, Gauge.case_id)
    return asked.where(may_see(sight, col(Gauge.agency)))


async def listed(viewer: Viewer, narrowed: Filters, page: Page) -> GaugePage:
    """Newest first."""
    asked = newest_first(_gauges(viewer.sight), page, col(Gauge.made_at), col(Gauge.case_id))
    if narrowed.reading is not None:
        asked = asked.where(col(Gauge.reading) == narrowed.reading)
    found = [row[0] for row in (await viewer.session.execute(asked)).all()]
    rows, following = page.cut(found, lambda row: (row.made_at, row.case_id))
    return GaugePage(gauges=tuple(map(GaugeView.model_validate, rows)), next=following)


async def find(session: AsyncSession, sight: Sight, case_id: UUID) -> Found:
    asked = _gauges(sight).where(col(Gauge.case_id) == case_id)
    row = (await session.execute(asked)).first()
    if row is None:
        raise NotFound("gauge", case_id)
    told = text("SELECT current_setting('steelyard.sight')")
    return Found(row[0], (await session.execute(told)).scalar_one())


async def shown(_viewer: Viewer, found: Found) -> GaugeView:
    """One gauge."""
    return GaugeView.model_validate(found.gauge.model_dump() | {"seen_as": found.seen_as})


router = record_router(
    Records(
        path="/gauges",
        procedure=PROCEDURE,
        tag="gauges 量具",
        noun="gauge",
        filters=Filters,
        listed=listed,
        page=GaugePage,
        find=find,
        case_id=lambda found: found.gauge.case_id,
        shown=shown,
        view=GaugeView,
    )
)

"""A record for tests of the kit: gauges (量具), each with a procedure of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, text
from sqlmodel import Field, SQLModel, col

from contracts.agencies import Role
from contracts.legal_day import SHANGHAI
from contracts.procedure import Line, Payload, ProcedureState, RecordStep
from contracts.says import Says
from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer, record_router
from services.kit.http.views import Moment, PageView, View
from services.kit.steps.effects import Reply, TakenStep
from services.kit.steps.record_effects import At, RecordEffects
from services.kit.storage.record_queries import STAGE, FoundRecord, RecordQuery, narrowed
from services.kit.storage.transaction import Transaction
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
async def make(tx: Transaction, step: TakenStep[Payload]) -> None:
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
    stage: str | None = None
    seen_as: str = ""


class GaugePage(PageView):
    """Part of the list."""

    gauges: tuple[GaugeView, ...]


@dataclass(frozen=True)
class Filters:
    """What the list may be narrowed to."""

    reading: int | None = None
    stage: str | None = None


GAUGES = RecordQuery(
    procedure=PROCEDURE,
    noun=Says("量具", "gauge"),
    row=Gauge,
    case_id=col(Gauge.case_id),
    agency=col(Gauge.agency),
    at=col(Gauge.made_at),
)


async def listed(viewer: Viewer, asked: Filters, page: Page) -> GaugePage:
    """Newest first."""
    wanted = narrowed((col(Gauge.reading), asked.reading), (STAGE, asked.stage))
    found = await GAUGES.page(viewer.session, viewer.visible, page, *wanted)
    shown, following = page.cut(found, GAUGES.place)
    views = tuple(GaugeView.model_validate(one.row) for one in shown)
    return GaugePage(gauges=views, next=following)


async def shown(viewer: Viewer, found: FoundRecord[Gauge]) -> GaugeView:
    """One gauge."""
    told = text("SELECT current_setting('steelyard.sight')")
    seen_as = (await viewer.session.execute(told)).scalar_one()
    said = {"stage": found.stage, "seen_as": seen_as}
    return GaugeView.model_validate(found.row.model_dump() | said)


router = record_router(
    Records(
        path="/gauges",
        procedure=PROCEDURE,
        tag="gauges 量具",
        noun=GAUGES.noun,
        filters=Filters,
        listed=listed,
        page=GaugePage,
        find=GAUGES.one,
        case_id=GAUGES.id_of,
        shown=shown,
        view=GaugeView,
    )
)

"""What the steps of a review do to a gauge's record."""

from contracts.gauges import CloseReview, ExamineGauge, GaugeReviewed
from contracts.procedure import Payload
from services.gauges.models import Gauge
from services.gauges.queries import GAUGES
from services.kit.steps.effects import Effects, TakenStep
from services.kit.steps.record_effects import At, Current, RecordEffects, effects_of
from services.kit.storage.transaction import Transaction

REVIEW = RecordEffects(GAUGES.procedure, Gauge)


@REVIEW.opening
async def put_on_record(tx: Transaction, step: TakenStep[Payload]) -> None:
    agency = step.record.state.lines[0].agencies[0]
    tx.add(Gauge(case_id=step.case_id, agency=agency, opened_at=step.happened_at))


@REVIEW.on("examine_gauge", payload=ExamineGauge)
async def examine_gauge(_tx: Transaction, at: At[Gauge, ExamineGauge]) -> None:
    at.row.deviation_um = at.payload.deviation_um


@REVIEW.on("close_review", payload=CloseReview)
async def close_review(tx: Transaction, at: At[Gauge, CloseReview]) -> None:
    gauge, outcome = at.row, at.payload.outcome
    gauge.outcome = outcome
    happened_at = at.step.happened_at
    tx.emit(
        GaugeReviewed(
            occurred_at=happened_at, case_id=gauge.case_id, agency=gauge.agency, outcome=outcome
        )
    )


def effects(directory: Current) -> Effects:
    return effects_of(directory, REVIEW)

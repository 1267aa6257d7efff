"""From the draw to measurements: notice, sampling record, and whose data are awaited."""

from contracts.legal_day import legal_day
from contracts.net_content import CommissionRetest, NotifyCheck, RecordSampling
from contracts.procedure import Payload
from contracts.says import Says
from services.kit.errors import Invalid, Refusal
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At, RecordEffects
from services.kit.storage.transaction import Transaction
from services.net_content.input_checks import lab_of
from services.net_content.models import Campaign, Check, Product, Sampling
from services.net_content.queries import checks as queries
from services.net_content.rules.checks.eligibility import sampling_problems
from services.net_content.rules.checks.judging import planned
from services.net_content.rules.draw.repeat import free_from, is_too_soon
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.sheets.spelling import kind_of

effects = RecordEffects(queries.PROCEDURE, Check)


@effects.on("open", payload=Payload)
async def open_check(_tx: Transaction, at: At[Check, Payload]) -> Reply:
    """Its procedure begins; the draw has made its record already."""
    return {"inspectors": list(at.row.inspectors)}


@effects.on("notify_check", payload=NotifyCheck)
async def notify_check(tx: Transaction, at: At[Check, NotifyCheck]) -> None:
    """Where the local rule forbids a repeat, a product that passed meanwhile is not checked."""
    check = at.row
    rule = at.directory.rule("no_repeat_check", check.region, at.on)
    campaign = await _campaign(tx, at)
    passed = await queries.last_passed(tx.session, check.product_id, check.id)
    months = rule.months if rule else None
    if is_too_soon(passed, at.on, months, campaign.kind):
        assert rule is not None, "without a rule nothing is too soon"
        assert passed is not None, "nor without a day"
        free = free_from(passed, rule.months)
        raise Refusal(
            "passed_recently",
            Says(
                f"该产品{passed}检查合格，{free}前不得重复检查。",
                f"This product passed on {passed}: not to be checked again before {free}",
            ),
            basis=rule.basis,
        )


@effects.on("record_sampling", "sample_again", payload=RecordSampling)
async def record_sampling(tx: Transaction, at: At[Check, RecordSampling]) -> Reply:
    """The lot is on record, its sample is of the plan, and its measurements are awaited."""
    said, check = at.payload, at.row
    campaign = await _campaign(tx, at)
    product = await tx.session.get(Product, check.product_id)
    assert product is not None, "a foreign key"
    size = _planned(campaign.regime, said.lot_size, product.unit)
    for problem in sampling_problems(said.lot_size, said.sample_size, size):
        raise Invalid(
            Says(f"{problem.says.zh}。", problem.says.en), field=problem.cell, rule=problem.code
        )
    await _commission(tx, at, said.laboratory, kind_of(product.unit))
    round_ = "recheck" if at.step.record.step == "sample_again" else "first"
    tx.add(
        Sampling(
            check_id=check.id,
            seq=at.seq,
            round=round_,
            **said.model_dump(exclude={"happened_at", "note"}),
            sampled_on=legal_day(at.step.happened_at),
        )
    )
    check.awaiting = round_
    return {"awaiting": round_}


@effects.on("commission_retest", payload=CommissionRetest)
async def commission_retest(tx: Transaction, at: At[Check, CommissionRetest]) -> Reply:
    """Another laboratory measures the samples kept back."""
    product = await tx.session.get(Product, at.row.product_id)
    assert product is not None, "a foreign key"
    await _commission(tx, at, at.payload.laboratory, kind_of(product.unit))
    at.row.awaiting = "retest"
    return {"awaiting": "retest"}


async def _campaign(
    tx: Transaction, at: At[Check, NotifyCheck] | At[Check, RecordSampling]
) -> Campaign:
    campaign = await tx.session.get(Campaign, at.row.campaign_id)
    assert campaign is not None, "a foreign key"
    return campaign


async def _commission(
    tx: Transaction,
    at: At[Check, RecordSampling] | At[Check, CommissionRetest],
    code: str,
    kind: str,
) -> None:
    """A laboratory on the register, approved today, and within its scope."""
    lab = await lab_of(tx.session, code)
    valid = (
        lab is not None and lab.valid_from <= at.on and (not lab.valid_to or at.on < lab.valid_to)
    )
    if lab is None or not valid or kind not in lab.scope:
        raise Invalid(
            Says(
                f"{code} 未登记，或当日不具备该项能力。",
                f"No laboratory {code} is registered for {kind} on {at.on}",
            ),
            field="laboratory",
            rule="scope",
        )
    at.row.laboratory = code


def _planned(regime: str, lot_size: int, unit: str) -> int:
    try:
        return planned(regime, lot_size, unit)
    except BadInput as bad:
        raise Invalid(bad.says, field=bad.field, rule=bad.code) from bad

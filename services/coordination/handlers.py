"""What coordination does with what it hears: missed clocks, and what agencies' systems send."""

from collections.abc import Awaitable, Callable
from functools import partial

from contracts.agencies import Directory
from contracts.intake import AnswerSubmitted, MatterSubmitted
from contracts.legal_day import legal_day
from contracts.procedure import StepOutcome, TakeStep, procedure_id
from contracts.says import Says
from services.coordination.escalating import ESCALATING
from services.coordination.intake import id_from
from services.coordination.opening import MatterRequest, open_matter
from services.coordination.rules.openings import MATTERS
from services.kit.errors import Invalid, Unavailable
from services.kit.events.handling import Heard, Reaction, hears
from services.kit.steps.taking import Pending

Take = Callable[[str, TakeStep], Awaitable[StepOutcome | Pending]]


def handlers(
    directory: Callable[[], Directory], take: Take, *, drills: bool = False
) -> tuple[Callable[..., Reaction], ...]:
    """What this unit hears, with the directory it judges by and the hand that takes steps."""

    @hears(MatterSubmitted)
    def open_submitted(heard: Heard[MatterSubmitted]) -> Reaction:
        """An agency's system opens a matter, by the rules that hold for a person."""
        event, sender = heard.event, heard.sender
        at = heard.legal_time(event.drill_shift_s, drills=drills)
        asked = MatterRequest(
            id_from(heard.envelope.source, heard.envelope.id),
            event.procedure,
            event.title,
            event.of_case,
            event.agencies,
            event.facts,
            event.drill_shift_s,
        )
        where = directory()
        by = where.principal(event.by, sender.code, legal_day(heard.received_at))
        rows, opened = open_matter(asked, by, where, at)
        return Reaction(rows=rows, events=[opened])

    @hears(AnswerSubmitted)
    def take_submitted(heard: Heard[AnswerSubmitted]) -> Reaction:
        """An agency's system takes a step, as whoever it names may by the directory."""
        event, sender = heard.event, heard.sender
        if event.procedure not in MATTERS:
            raise Invalid(
                Says(
                    f"「{event.procedure}」不是跨部门事项。",
                    f"{event.procedure} is no matter between agencies",
                ),
                field="procedure",
                rule="matters",
            )
        by = directory().principal(event.by, sender.code, legal_day(heard.received_at))
        asked = TakeStep(
            request_id=id_from(heard.envelope.source, heard.envelope.id),
            step=event.step,
            line=event.line,
            by=by,
            expected_version=event.expected_version,
            payload=event.payload,
        )
        return Reaction(calls=[partial(_taken, take, event, asked)])

    return (*ESCALATING, open_submitted, take_submitted)


async def _taken(take: Take, event: AnswerSubmitted, request: TakeStep) -> None:
    """Not known in time is a fault: the same request is asked again until it is known."""
    outcome = await take(procedure_id(event.procedure, event.case_id), request)
    if isinstance(outcome, Pending):
        raise Unavailable(Says("该步骤的结果尚不可知。", "The step's outcome is not known yet"))

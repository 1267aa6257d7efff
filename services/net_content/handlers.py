"""What net content decides when a laboratory hands measurements in by event."""

from collections.abc import Callable
from datetime import timedelta

from contracts.intake import MeasurementsSubmitted
from contracts.says import Says
from services.kit.errors import Forbidden, NotFound
from services.kit.events.handling import Heard, Reaction, hears
from services.net_content.handing_in import submitted
from services.net_content.input_checks import KnownChecks, known_of


@hears(MeasurementsSubmitted, knowing=known_of)
def take_measurements(heard: Heard[MeasurementsSubmitted], known: KnownChecks) -> Reaction:
    """Measurements are judged and frozen; what no verdict can rest on is set aside with why."""
    event, sender = heard.event, heard.sender
    waiting = known.checks.get(event.check_id)
    if waiting is None:
        raise NotFound(Says("检查", "check"), event.check_id)
    if sender.code not in (waiting.agency, known.speak_for.get(event.laboratory)):
        raise Forbidden(
            Says(
                f"{sender.code} 既不是检查机关，也不代表该检验机构。",
                f"{sender.code} speaks neither for the agency nor for the laboratory",
            ),
        )
    at = heard.received_at + timedelta(seconds=waiting.shift_s)
    handed = submitted(event, known, heard.envelope.source, at)
    if handed.row is None or handed.change is None or handed.event is None:
        return Reaction()  # the same sheet again
    return Reaction(rows=[handed.row], changes=[handed.change], events=[handed.event])


HANDLERS: tuple[Callable[..., Reaction], ...] = (take_measurements,)

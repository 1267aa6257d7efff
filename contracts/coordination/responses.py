"""Fast responses (快速反应): what is told of one, and what its steps state."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.enforcement import Evidence, ResponseLevel
from contracts.intake import Text
from contracts.messages import CaseEvent, Instant, RegionCode
from contracts.procedure import Payload


class ResponseMobilised(CaseEvent):
    """A fast response (快速反应) was set off."""

    agency: AgencyCode
    level: ResponseLevel
    violation: str | None = None
    """Kind of violation, where the case's own opening set it off: who joins depends on it."""
    region: RegionCode | None = None
    drill_shift_s: int = 0
    """Not zero only in a drill; what follows from it plays in the same time."""


class TeamOnSite(CaseEvent):
    """The team reached the place (到达现场)."""

    arrived_at: Instant


class SiteSecured(CaseEvent):
    """Evidence and instruments on site are secured (现场控制)."""

    secured_at: Instant


class ReportedUp(CaseEvent):
    """A first, written or follow-up report went up the line of command (信息报告)."""

    agency: AgencyCode
    """Who reported."""
    to: AgencyCode
    kind: Literal["first", "written", "follow_up"]


class ResponseStoodDown(CaseEvent):
    """The response was ended (响应终止). How it came out is told on its record, not here."""

    stood_down_at: Instant


class MakeFirstContact(Payload):
    """First contact with whoever reported or with the place (首次联系)."""

    whom: Literal["reporter", "premises", "local_agency"]
    """Never a name: a reporter is known by the case's opaque reference only."""
    found: Text


class ArriveOnSite(Payload):
    """The team is on site (到场)."""

    officers: Annotated[tuple[str, ...], Field(min_length=2)]


class SecureSite(Payload):
    """What was secured (固定证据、控制现场)."""

    measures: Text
    evidence: tuple[Evidence, ...] = ()


class SendReport(Payload):
    """A report to the agency next up (向上级报告)."""

    content: Text


class ReceiveReport(Payload):
    """The superior confirms a report (签收)."""

    instructions: Text | None = None


class FollowUp(Payload):
    """A follow-up report (续报)."""

    content: Text


class RaiseLevel(Payload):
    """A further report raised the level (响应升级); running times follow the new one."""

    level: ResponseLevel


class NoteHandOver(Payload):
    """The case of this response went to another agency or a judicial organ (移送)."""

    to: Text


class StandDown(Payload):
    """End of the response (终止响应)."""

    outcome: Text


class RecordAfterAction(Payload):
    """After-action record (总结评估)."""

    what_went_well: Text
    to_improve: Text

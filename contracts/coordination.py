"""Coordination: fast responses and escalations, what it tells and what a step of a response
states.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from contracts.agencies import AgencyCode
from contracts.enforcement import Evidence, ResponseLevel
from contracts.intake import Text
from contracts.messages import CaseEvent, Instant
from contracts.procedure import Payload

# ── events ───────────────────────────────────────────────────────────────────────────────────────


class ResponseMobilised(CaseEvent):
    """A fast response (快速反应) was set off."""

    agency: AgencyCode
    level: ResponseLevel
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


# ── matters between agencies ─────────────────────────────────────────────────────────────────────


class MatterOpened(CaseEvent):
    """A matter between agencies was opened (跨部门事项发起): its procedure may begin."""

    procedure: str
    of_case: UUID | None = None
    """The enforcement case it serves, where there is one; `case_id` is the matter's own."""
    agency: AgencyCode
    """Who opened it."""
    agencies: tuple[AgencyCode, ...]
    """Whose main line it is: the leads, the disputing, the supervised."""
    facts: dict[str, JsonValue] = {}
    drill_shift_s: int = 0


class AgencyInvited(CaseEvent):
    """An agency was asked to take part in a joint operation (邀请参加联合执法)."""

    agency: AgencyCode
    line: str
    """Under which it answers."""
    reply_by: date
    due_on: date


class InvitationAnswered(CaseEvent):
    """An invited agency accepted, forwarded, split or refused (答复邀请)."""

    agency: AgencyCode
    line: str
    how: Literal["accepted", "forwarded", "split", "refused"]
    to: tuple[AgencyCode, ...] = ()


class LeadHandedOver(CaseEvent):
    """The lead of an operation went to another agency, or came back (牵头变更)."""

    agencies: tuple[AgencyCode, ...]
    """Who leads now."""


class OperationConcluded(CaseEvent):
    """A joint operation reached its one outcome (联合执法结束). The outcome is on its record."""

    of_case: UUID | None = None
    agencies: tuple[AgencyCode, ...]
    """Who led it in the end."""


# ── what a step states ───────────────────────────────────────────────────────────────────────────


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

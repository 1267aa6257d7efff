"""What is told of matters between agencies: operations, jurisdiction, assistance, supervision."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import JsonValue

from contracts.agencies import AgencyCode
from contracts.enforcement import ChangeOfJurisdiction
from contracts.messages import CaseEvent


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


class JurisdictionFixed(CaseEvent):
    """It was fixed which agency is competent (确定管辖); the case it is about goes there."""

    of_case: UUID | None = None
    parties: tuple[AgencyCode, ...]
    """Among whom it was in question; a case of none of them does not move."""
    to: AgencyCode
    how: ChangeOfJurisdiction
    by: AgencyCode
    """Who fixed it: a superior, or one of the agencies that agreed."""


class AssistanceRequested(CaseEvent):
    """A letter asks an agency for assistance (发出协助调查函)."""

    of_case: UUID | None = None
    agency: AgencyCode
    line: str
    """Under which it answers."""


class AssistanceDelayed(CaseEvent):
    """The requested agency said in time that it takes longer (告知延期)."""

    of_case: UUID | None = None
    agency: AgencyCode
    line: str
    answer_by: date


class AssistanceAnswered(CaseEvent):
    """A requested agency answered, forwarded the letter or returned it (复函、转送、退回)."""

    of_case: UUID | None = None
    agency: AgencyCode
    line: str
    how: Literal["answered", "forwarded", "returned"]


class SupervisionIssued(CaseEvent):
    """A supervision paper was issued (发出监督文书)."""

    of_case: UUID | None = None
    kind: Literal["notice", "decision", "supervised_case", "government_opinion"]
    agency: AgencyCode
    """Who is supervised."""
    by: AgencyCode


class SupervisionAnswered(CaseEvent):
    """The supervised agency answered, or reported its correction (答复监督文书)."""

    of_case: UUID | None = None
    agency: AgencyCode
    to: AgencyCode

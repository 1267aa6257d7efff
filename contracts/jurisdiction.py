"""What the steps of a dispute over jurisdiction and of its change state.

PROC is 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018, as amended 2021 and 2022), arts 13-16.
"""

from typing import Annotated, Literal

from pydantic import Field

from contracts.agencies import AgencyCode
from contracts.intake import Text
from contracts.messages import Message
from contracts.procedure import Payload

Papers = Annotated[tuple[Text, ...], Field(min_length=1, max_length=100)]


class OpenJurisdiction(Message):
    """What opens a dispute or a change of jurisdiction (管辖争议、管辖变更)."""

    cause: Text
    """Why the question arises."""
    moved_before: bool = False
    """The case was handed on once already: its receiver passes it on no further (PROC art. 14)."""


# ── a dispute (管辖争议) ─────────────────────────────────────────────────────────────────────────


class NameCompetent(Payload):
    """An agency in dispute says whom it holds competent (主张管辖机关); its last word counts."""

    to_agency: AgencyCode
    grounds: Text


class AgreeJurisdiction(Payload):
    """The agencies agree (协商一致), PROC art. 13."""

    to_agency: AgencyCode
    grounds: Text


class ReferDispute(Payload):
    """The dispute goes to the common superior (报请指定管辖), PROC art. 13.

    It happens when the superior receives the papers: from then on its seven working days run.
    """

    papers: Papers
    grounds: Text


class DesignateAgency(Payload):
    """The common superior designates an agency (指定管辖), PROC art. 16."""

    to_agency: AgencyCode
    document_no: Text
    reason: Text


class WithdrawDispute(Payload):
    """Whoever raised the dispute takes it back (撤回争议)."""

    reason: Text


# ── a change of jurisdiction (提级管辖、指定管辖、移送管辖) ──────────────────────────────────────


class AskSuperior(Payload):
    """A bureau asks the next above to take its hard case, or to assign it (报请上级管辖), PROC
    art. 15.

    It happens when the superior receives the papers.
    """

    asks: Literal["take", "assign"]
    papers: Papers
    grounds: Text


class CallUp(Payload):
    """A superior takes the case itself (提级管辖), PROC art. 15."""

    document_no: Text
    reason: Text


class AssignCase(Payload):
    """A superior gives the case to another of its bureaus (指定下级管辖), PROC art. 15."""

    to_agency: AgencyCode
    document_no: Text
    reason: Text
    not_reserved: bool
    """No law gives this case to the superior itself."""


class RefuseRequest(Payload):
    """The superior leaves the case where it is (不予变更管辖)."""

    reason: Text


class TransferCase(Payload):
    """The case goes to the market regulator that is competent (移送管辖), PROC art. 14."""

    to_agency: AgencyCode
    document_no: Text
    grounds: Text


class WithdrawChange(Payload):
    """Whoever raised the question takes it back (撤回)."""

    reason: Text

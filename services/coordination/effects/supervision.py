"""What the steps of supervision do to its record: papers down, answers up."""

from typing import Any, Literal

from contracts import supervision as states
from contracts.coordination import SupervisionAnswered, SupervisionIssued
from contracts.says import Says
from services.coordination.effects.acting import matter_effects, paper
from services.coordination.models import Matter
from services.coordination.rules.openings import SUPERVISION
from services.coordination.rules.who_may_open import GOVERNMENT
from services.kit.errors import Invalid
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = matter_effects(SUPERVISION)

SupervisionKind = Literal["notice", "decision", "supervised_case", "government_opinion"]


# ── whoever supervises ───────────────────────────────────────────────────────────────────────────


@effects.on("issue_notice", payload=states.IssueNotice)
async def issue_notice(tx: Transaction, at: At[Matter, states.IssueNotice]) -> None:
    _issue(tx, at, "notice", at.payload.findings)


@effects.on("issue_decision", payload=states.IssueDecision)
async def issue_decision(tx: Transaction, at: At[Matter, states.IssueDecision]) -> None:
    _issue(tx, at, "decision", at.payload.findings, dated_on=at.payload.correct_by)


@effects.on("supervise_case", payload=states.SuperviseCase)
async def supervise_case(tx: Transaction, at: At[Matter, states.SuperviseCase]) -> None:
    _issue(tx, at, "supervised_case", None)


@effects.on("issue_government_opinion", payload=states.IssueGovernmentOpinion)
async def issue_government_opinion(
    tx: Transaction, at: At[Matter, states.IssueGovernmentOpinion]
) -> None:
    _issue(tx, at, "government_opinion", at.payload.findings)


@effects.on("accept_answer", payload=states.AcceptAnswer)
async def accept_answer(tx: Transaction, at: At[Matter, states.AcceptAnswer]) -> None:
    at.row.outcome = at.payload.opinion
    _file(tx, at, "outcome", at.payload.opinion)


@effects.on("return_answer", payload=states.ReturnAnswer)
async def return_answer(tx: Transaction, at: At[Matter, states.ReturnAnswer]) -> None:
    _file(tx, at, "return", at.payload.reason, dated_on=at.payload.answer_by)


@effects.on("uphold_decision", "revise_decision", payload=states.ReplyToObjection)
async def reply_to_objection(tx: Transaction, at: At[Matter, states.ReplyToObjection]) -> None:
    how = {"how": at.line.stage}
    _file(tx, at, "objection_reply", at.payload.reasons, name=at.payload.document_no, more=how)


@effects.on("withdraw", payload=states.WithdrawSupervision)
async def withdraw(tx: Transaction, at: At[Matter, states.WithdrawSupervision]) -> None:
    _file(tx, at, "withdrawal", at.payload.reason)


# ── whoever is supervised ────────────────────────────────────────────────────────────────────────


@effects.on("answer", "report_correction", payload=states.AnswerNotice)
async def answer(tx: Transaction, at: At[Matter, states.AnswerNotice]) -> None:
    said = at.payload
    _file(tx, at, "answer", said.answer, name=said.document_no, sha256=said.sha256)
    tx.emit(
        SupervisionAnswered(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=at.row.of_case,
            agency=at.step.by.agency,
            to=str(at.line.facts["issued_by"]),
        )
    )


@effects.on("report_progress", payload=states.ReportProgress)
async def report_progress(tx: Transaction, at: At[Matter, states.ReportProgress]) -> None:
    _file(tx, at, "progress", at.payload.progress)


@effects.on("complete_correction", payload=states.CompleteCorrection)
async def complete_correction(tx: Transaction, at: At[Matter, states.CompleteCorrection]) -> None:
    _file(tx, at, "correction", at.payload.measures)


@effects.on("object_to_decision", payload=states.ObjectToDecision)
async def object_to_decision(tx: Transaction, at: At[Matter, states.ObjectToDecision]) -> None:
    _file(tx, at, "objection", at.payload.grounds)


def _issue(
    tx: Transaction,
    at: At[Matter, Any],
    kind: SupervisionKind,
    findings: str | None,
    **stated: Any,
) -> None:
    """The paper on record, and told: whose it is depends on who supervises."""
    by = at.directory.agency(at.step.by.agency, at.on)
    if (by is not None and by.kind == GOVERNMENT) != (kind == "government_opinion"):
        raise Invalid(
            Says(
                "政府监督机构只发监督意见书，其他监督文书由上级市场监督管理部门发出。",
                f"{at.step.by.agency} issues no {kind}",
            ),
            field="step",
            rule="who_supervises",
        )
    demands = {"demands": list(at.payload.demands)}
    _file(tx, at, kind, findings, name=at.payload.document_no, more=demands, **stated)
    tx.emit(
        SupervisionIssued(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=at.row.of_case,
            kind=kind,
            agency=at.main.agencies[0],
            by=at.step.by.agency,
        )
    )


def _file(tx: Transaction, at: At[Matter, Any], kind: str, body: str | None, **stated: Any) -> None:
    """Between those two alone: both see the whole of it."""
    tx.add(paper(at, kind, audience="lead", body=body, **stated))

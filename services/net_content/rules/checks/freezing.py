"""A finding, frozen with its inputs: computed again from its text, it is the same to the byte."""

import json
from dataclasses import dataclass

from contracts.net_content import PassOrFail
from services.net_content.rules.checks.basis import (
    VerdictBasis,
    canonical,
    case_of,
    said_of,
    sha256,
    sheet_said,
)
from services.net_content.rules.checks.judging import judged
from services.net_content.rules.sheets.table import Sheet

FORM = 1
"""Of the frozen text; another form is another number."""


@dataclass(frozen=True)
class FrozenFinding:
    """A verdict with the text it stands in."""

    verdict: PassOrFail
    engine: str
    summary: str
    t2_percent: int
    body: str
    sha256: str


def frozen(case: VerdictBasis) -> FrozenFinding:
    judgement = judged(case)
    body = canonical(
        {
            "form": FORM,
            "engine": judgement.engine,
            "case": said_of(case),
            "verdict": judgement.verdict,
            "result": judgement.result,
        }
    )
    return FrozenFinding(
        judgement.verdict,
        judgement.engine,
        judgement.summary,
        judgement.t2_percent,
        body,
        sha256(body),
    )


def again(body: str) -> FrozenFinding:
    """The finding worked out anew from the inputs in a frozen text."""
    return frozen(case_of(json.loads(body)["case"]))


def sheet_hash(sheet: Sheet) -> str:
    return sha256(canonical(sheet_said(sheet)))

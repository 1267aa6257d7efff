"""Effects of matters between agencies, and the papers that they bring to the file."""

from typing import Any

from contracts.agencies import AgencyCode
from contracts.says import Says
from services.coordination.effects.matters import follow, put_on_record
from services.coordination.models import Matter, Paper
from services.coordination.rules.sharing import Audience
from services.kit.errors import Invalid
from services.kit.steps.record_effects import At, RecordEffects


def matter_effects(procedure: str) -> RecordEffects[Matter]:
    """Every matter is put on record when it opens, and followed at every step."""
    effects = RecordEffects(procedure, Matter)
    effects.opening(put_on_record)
    effects.after_each(follow)
    return effects


def known(at: At[Matter, Any], code: AgencyCode, field: str) -> AgencyCode:
    """The code of an agency there is on that day; refused otherwise."""
    if at.directory.agency(code, at.on) is None:
        raise Invalid(
            Says(
                f"本辖区名录中没有 {code}。",
                f"{code} is no agency of this jurisdiction on {at.on}",
            ),
            field=field,
            rule="directory",
        )
    return code


def paper(
    at: At[Matter, Any],
    kind: str,
    number: int = 1,
    *,
    audience: Audience,
    line: str | None = None,
    **stated: Any,
) -> Paper:
    """A paper this step brings to the file; of its own line, if no other is named."""
    return Paper(
        matter_id=at.case_id,
        seq=at.seq,
        number=number,
        kind=kind,
        line=line or at.step.line,
        agency=at.step.by.agency,
        audience=audience,
        filed_at=at.step.happened_at,
        **stated,
    )

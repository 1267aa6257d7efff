"""Reports as an agency's system writes them into a file, and as `Cast` submits them."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from contracts.intake import ReportSubmitted
from services.kit.clock import WallClock

AGENCY = "qingdao-shinan-amr"
REGION = "370202"
VIOLATION = "cheating_scale_use"
MAJOR: dict[str, Any] = {"deaths": 1, "summary": "加油机爆炸,一人死亡"}
"""What makes the highest level."""


def report(**changes: Any) -> ReportSubmitted:
    """A minor report of a subject of its own."""
    mark = uuid4().hex[:8]
    said = {
        "occurred_at": WallClock().now(),
        "reference": f"J-{mark}",
        "violation": VIOLATION,
        "region": REGION,
        "subject_name": f"某水果店{mark}",
        "summary": "秤不准",
    }
    return ReportSubmitted.model_validate(said | changes)


def event(of: ReportSubmitted, **attributes: str) -> dict[str, Any]:
    """The report as a CloudEvent, not signed."""
    said = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": f"/agencies/{AGENCY}",
        "type": of.type,
        "subject": of.key,
        "time": of.occurred_at.isoformat(),
        "datacontenttype": "application/json",
        "data": json.loads(of.model_dump_json(exclude_defaults=True)),
    }
    return said | attributes


def receipt(of: dict[str, Any]) -> str:
    """Where it is told what became of it."""
    return f"/receipts/{AGENCY}/{of['id']}"


def written(folder: Path, *events: dict[str, Any]) -> str:
    """A file of them, as `steelyard submit` takes it."""
    file = folder / "reports.jsonl"
    lines = (json.dumps(one, ensure_ascii=False) for one in events)
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)

"""Writes a directory as the TOML file a process would read it from."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from contracts.agencies import Directory

SECTIONS = ("agencies", "holders", "levels", "clocks", "violations", "rules")


def write_jurisdiction(directory: Directory, path: Path) -> Path:
    told = directory.model_dump(exclude_defaults=True)
    head = [f"{k} = {_spelled(v)}" for k, v in told.items() if k not in SECTIONS]
    tables = [_table(section, entry) for section in SECTIONS for entry in told.get(section, ())]
    path.write_text("\n".join([*head, *tables]), encoding="utf-8")
    return path


def _table(section: str, entry: dict[str, Any]) -> str:
    filled = {"reason": "for tests"} | entry
    return "\n".join([f"\n[[{section}]]", *(f"{k} = {_spelled(v)}" for k, v in filled.items())])


def _spelled(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_spelled(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_spelled, value)) + "]"
    if isinstance(value, date | Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)

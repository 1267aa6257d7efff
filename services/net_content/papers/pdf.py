"""Sets reports as PDF (Typst): what they say is handed over as JSON, never as markup."""

import asyncio
import json
from pathlib import Path
from typing import Any

import typst

from services.net_content.papers.svg import fonts

TEMPLATES = Path(__file__).with_name("templates")


async def pdf(template: str, says: dict[str, Any], pictures: dict[str, str]) -> bytes:
    """One report; in a thread, since setting it takes a while."""
    return await asyncio.to_thread(_set, template, says, pictures)


def _set(template: str, says: dict[str, Any], pictures: dict[str, str]) -> bytes:
    told = json.dumps(says | {"pictures": pictures}, ensure_ascii=False)
    made: bytes | list[bytes] | None = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"says": told},
        timestamp=0,
    )
    assert isinstance(made, bytes), "a PDF is one file, whatever its pages"
    return made

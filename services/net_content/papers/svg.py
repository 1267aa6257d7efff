"""Draws charts as SVG, in the process and without a network (Vega-Lite in vl-convert)."""

import asyncio
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import vl_convert

FONTS = "cvttf_NotoSansCJK_Regular"
"""Package with Noto Sans CJK: an office's server may have no Chinese font at all."""


async def svg(chart: dict[str, Any]) -> str:
    """In a thread: drawing takes a tenth of a second."""
    return await asyncio.to_thread(_drawn, chart)


@cache
def fonts() -> Path:
    """The folder with our font, known to the drawing engine from now on."""
    spec = find_spec(FONTS)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the font package {FONTS} is not installed")
    folder = Path(spec.submodule_search_locations[0])
    vl_convert.register_font_directory(str(folder))
    return folder


def _drawn(chart: dict[str, Any]) -> str:
    fonts()
    # nothing is ever fetched: no address is allowed
    return vl_convert.vegalite_to_svg(json.dumps(chart), allowed_base_urls=[])

"""The two pictures as Vega-Lite describes them: a lot's errors, and a campaign's pass rates.

Pictures are the one place where binary fractions will do: nothing is judged by them.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

FONT = "Noto Sans CJK SC, Noto Sans CJK TC, Microsoft YaHei, PingFang SC, sans-serif"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
MARKS = (
    ("nominal", "标注 Qn", "#1f6f3f"),
    ("t1", "Qn − T", "#c98a00"),
    ("t2", "Qn − 2T", "#b3261e"),
    ("mean_limit", "平均值下限 mean limit", "#5b4fa3"),
    ("mean", "平均值 mean", "#3367a8"),
)


def histogram(errors: Iterable[Decimal], marks: Mapping[str, Decimal], unit: str) -> dict[str, Any]:
    """Errors of a lot's packages, with what they are judged by. `marks` are errors too."""
    lines: list[dict[str, Any]] = [
        {"at": float(marks[name]), "zh": f"{zh} {marks[name].normalize():f}", "colour": colour}
        for name, zh, colour in MARKS
        if name in marks
    ]
    for number, line in enumerate(sorted(lines, key=lambda line: line["at"])):
        line["y"] = -8 - 14 * number  # above the bars, one below the other
    values = [float(error) for error in errors]
    shown = [*values, *(line["at"] for line in lines)]
    bars = {
        "data": {"values": [{"error": value} for value in values]},
        "mark": {"type": "bar", "color": "#9db7d5", "stroke": "#ffffff"},
        "encoding": {
            "x": {
                "field": "error",
                "type": "quantitative",
                "bin": {"maxbins": 40, "extent": [min(shown), max(shown)]},
                "title": f"偏差 error ({unit})",
            },
            "y": {
                "aggregate": "count",
                "type": "quantitative",
                "title": "件数 packages",
                "axis": {"tickMinStep": 1, "format": "d"},
            },
        },
    }
    at = {"x": {"field": "at", "type": "quantitative"}}
    colour = {"color": {"field": "colour", "type": "nominal", "scale": None}}
    rules = {
        "data": {"values": lines},
        "mark": {"type": "rule", "strokeWidth": 1.6},
        "encoding": at | colour,
    }
    labels = {
        "data": {"values": lines},
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10, "clip": False},
        "encoding": at
        | colour
        | {"text": {"field": "zh"}, "y": {"field": "y", "type": "quantitative", "scale": None}},
    }
    return _chart(560, 260) | {"layer": [bars, rules, labels]}


def pass_rates(rows: Iterable[tuple[str, str, int, int]]) -> dict[str, Any]:
    """Kind of goods, division, lots passed and lots judged."""
    values = [
        {
            "category": category,
            "region": region,
            "rate": passed / judged,
            "says": f"{passed}/{judged}",
        }
        for category, region, passed, judged in rows
        if judged
    ]
    y = {"field": "category", "type": "nominal", "title": None}
    x = {
        "field": "region",
        "type": "nominal",
        "title": "行政区划 division",
        "axis": {"labelAngle": 0},
    }
    scale = {"domain": [0, 1], "range": ["#b3261e", "#f2e6c9", "#1f6f3f"]}
    rate = {
        "field": "rate",
        "type": "quantitative",
        "title": "合格率 pass rate",
        "scale": scale,
        "legend": {"format": ".0%"},
    }
    cells = {"mark": {"type": "rect", "stroke": "#ffffff"}, "encoding": {"color": rate}}
    counts = {
        "mark": {"type": "text", "fontSize": 12, "stroke": None, "fill": "#1b1b1b"},
        "encoding": {"text": {"field": "says"}},
    }
    return _chart({"step": 90}, {"step": 40}) | {
        "data": {"values": values},
        "encoding": {"x": x, "y": y},
        "layer": [cells, counts],
    }


def _chart(width: Any, height: Any) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "config": {"font": FONT, "view": {"stroke": "#dddddd"}},
    }

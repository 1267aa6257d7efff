"""What the two reports say, of one lot and of a whole campaign; the same for HTML and PDF."""

import html
import json
from collections.abc import Sequence
from typing import Any

from services.net_content.models import Campaign, Finding
from services.net_content.queries.checks import FoundCheck
from services.net_content.rules.checks.basis import VerdictBasis, case_of
from services.net_content.rules.checks.judging import figures

VERDICTS = {"pass": "合格 pass", "fail": "不合格 fail"}
ROUNDS = {"first": "初检 first", "retest": "复检 re-test", "recheck": "复查 re-check"}
COLUMNS = ("序号", "企业 producer", "商品 goods", "区划", "结论", "公示日期")


def lot_report(check: FoundCheck, finding: Finding) -> dict[str, Any]:
    """One page on one lot; everything in it is in the frozen finding or on the check's record."""
    frozen = json.loads(finding.body)
    case: VerdictBasis = case_of(frozen["case"])
    sheet = case.sheet
    facts = [
        ("生产者 producer", check.subject.name),
        ("统一社会信用代码 code", check.subject.code),
        ("商品 goods", f"{case.product}({case.category})"),
        ("标注净含量 declared Qn", f"{case.nominal} {case.unit}"),
        ("批号 lot", case.lot),
        ("批量、样本量 N, n", f"{case.lot_size}, {case.sample_size}"),
        ("抽样日期 sampled on", str(case.sampled_on)),
        ("测量日期 measured on", str(sheet.measured_on)),
        ("检验机构 laboratory", sheet.laboratory),
        ("轮次 round", ROUNDS[case.round]),
    ]
    return {
        "title": "定量包装商品净含量检验报告",
        "subtitle": f"Net content of a lot of prepackaged goods · {case.check}",
        "facts": facts,
        "figures": figures(frozen["result"]),
        "verdict": finding.verdict,
        "conclusion": f"结论 {VERDICTS[finding.verdict]}:{finding.summary}",
        "instruments": [
            (code, str(since), str(until)) for code, (since, until) in case.verified.items()
        ],
        "footer": f"SHA-256 {finding.sha256} · {finding.engine}",
    }


def campaign_report(campaign: Campaign, counted: Any, lots: Sequence[FoundCheck]) -> dict[str, Any]:
    """The campaign, how it was drawn, and how each lot came out."""
    passed, failed = counted.passed or 0, counted.failed or 0
    judged = passed + failed
    rate = f"{100 * passed / judged:.1f} %" if judged else "-"
    drawn = "未抽取 not drawn" if campaign.drawn_at is None else f"{campaign.drawn_at:%Y-%m-%d}"
    facts = [
        ("组织机关 agency", campaign.agency),
        ("名录企业数 subjects listed", str(campaign.subjects)),
        ("抽取日期 drawn on", drawn),
        ("检查批次 lots", str(counted.checks or 0)),
        ("已有结论 judged", str(judged)),
        ("合格、不合格 passed, failed", f"{passed}, {failed}"),
        ("合格率 pass rate", rate),
        ("名录哈希 list SHA-256", campaign.list_sha256),
        ("种子承诺 commitment", campaign.commitment),
        ("种子 seed", campaign.seed if campaign.drawn_at else "-"),
        ("公开口令 public word", campaign.public_word or "-"),
    ]
    return {
        "title": f"{campaign.name} 净含量监督抽查报告",
        "subtitle": f"Campaign of net-content checks · {campaign.id}",
        "facts": facts,
        "columns": COLUMNS,
        "lots": [_lot(one) for one in sorted(lots, key=lambda one: one.check.number)],
        "footer": "任何人可用 steelyard draw verify 重新抽取 anyone can hold the draw again",
    }


def as_html(says: dict[str, Any], picture: str) -> str:
    """A page that needs nothing beside it. `picture` is SVG of our own; all else is escaped."""
    facts = "".join(f"<tr><th>{_safe(k)}<td>{_safe(v)}" for k, v in says["facts"])
    head = "".join(f"<th>{_safe(name)}" for name in says["columns"])
    lots = "".join("<tr>" + "".join(f"<td>{_safe(cell)}" for cell in lot) for lot in says["lots"])
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f"<title>{_safe(says['title'])}</title><style>{STYLE}</style>"
        f"<h1>{_safe(says['title'])}</h1><p>{_safe(says['subtitle'])}</p>"
        f"<table>{facts}</table><h2>合格率 Pass rates</h2>{picture}"
        f"<h2>批次 Lots</h2><table><tr>{head}{lots}</table><p>{_safe(says['footer'])}</p></html>"
    )


STYLE = (
    "body{font:14px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60em;"
    "margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;word-break:break-all}"
)


def _lot(one: FoundCheck) -> tuple[str, ...]:
    check = one.check
    verdict = "fail" if check.failed_on else check.verdict
    product = one.product
    return (
        str(check.number + 1),
        one.subject.name,
        f"{product.name} {product.nominal} {product.unit}",
        check.region,
        VERDICTS.get(verdict or "", check.outcome or "-"),
        str(check.published_on or "-"),
    )


def _safe(text: str) -> str:
    return html.escape(str(text))

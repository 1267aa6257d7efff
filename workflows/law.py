"""How a table cites the law: act and article as a regulator reads them, then in short.

Editions: PROC 2018 as amended 2021 and 2022; HEAR 2018 as amended 2021; PUB 2021; APL 2021;
AEL 2011; ERL 2024; TRANS 2001 as amended 2020; SPP 2001; SUPV
2019.
"""

import re
from dataclasses import dataclass

DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Act:
    """An act of law; called with articles, it gives the citation."""

    short: str
    zh: str

    def __call__(self, *articles: int | str) -> str:
        """`PROC(60)`, or an item of an article: `PROC("60(1)")`."""
        zh = "、".join(_zh(str(article)) for article in articles)
        plural = "arts" if len(articles) > 1 else "art."
        return f"{self.zh}{zh} {self.short} {plural} {', '.join(map(str, articles))}"


PROC = Act("PROC", "市场监督管理行政处罚程序规定")
HEAR = Act("HEAR", "市场监督管理行政处罚听证办法")
PUB = Act("PUB", "市场监督管理行政处罚信息公示规定")
APL = Act("APL", "行政处罚法")
AEL = Act("AEL", "行政强制法")
ERL = Act("ERL", "突发事件应对法")
TRANS = Act("TRANS", "行政执法机关移送涉嫌犯罪案件的规定")
SUPV = Act("SUPV", "市场监督管理执法监督暂行规定")
SPP = Act("SPP", "人民检察院办理行政执法机关移送涉嫌犯罪案件的规定")


def both(*citations: str) -> str:
    """Two grounds for one rule."""
    return "; ".join(citations)


def _zh(article: str) -> str:
    number, item = re.fullmatch(r"(\d+)(?:\((\d+)\))?", article).groups()  # type: ignore[union-attr]
    return f"第{_numeral(int(number))}条" + (f"第({_numeral(int(item))})项" if item else "")


def _numeral(number: int) -> str:
    """Chinese numeral of a number below a hundred."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")

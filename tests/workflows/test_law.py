"""Citations read as a regulator writes them."""

import pytest

from workflows.law import APL, PROC, both


@pytest.mark.parametrize(
    ("cited", "reads"),
    [
        (PROC(9), "市场监督管理行政处罚程序规定第九条 PROC art. 9"),
        (PROC(10), "市场监督管理行政处罚程序规定第十条 PROC art. 10"),
        (PROC(18), "市场监督管理行政处罚程序规定第十八条 PROC art. 18"),
        (PROC(60), "市场监督管理行政处罚程序规定第六十条 PROC art. 60"),
        (PROC("60(1)"), "市场监督管理行政处罚程序规定第六十条第(一)项 PROC art. 60(1)"),
        (PROC(33, 36), "市场监督管理行政处罚程序规定第三十三条、第三十六条 PROC arts 33, 36"),
        (
            both(PROC(64), APL(60)),
            "市场监督管理行政处罚程序规定第六十四条 PROC art. 64; 行政处罚法第六十条 APL art. 60",
        ),
    ],
)
def test_a_citation_names_act_and_article(cited: str, reads: str) -> None:
    assert cited == reads

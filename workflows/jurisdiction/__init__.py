"""Who is competent (管辖): what the dispute over jurisdiction and its change share.

PROC: 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018, amended by Orders 42 of 2021 and 61 of
2022), arts 13-16. The case itself moves when it hears how jurisdiction was fixed; its clocks run
on.
"""

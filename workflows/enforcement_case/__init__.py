"""The ordinary procedure of an administrative penalty (行政处罚普通程序): from a lead to a closed
case.

PROC: 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018, amended by Orders 42 of 2021 and 61 of
2022), in force 2019-04-01.
APL: 行政处罚法 (2021). PUB: 市场监督管理行政处罚信息公示规定 (Order 45 of 2021). HEAR: 听证办法
(Order 3 of 2018, amended 2021).

Version 2 is version 1, and what a suspected crime and a change of jurisdiction add to it.
"""

from dataclasses import replace

from workflows.enforcement_case.clocks import CLOCKS
from workflows.enforcement_case.crime import CRIME, CRIMINAL_PENDING, SEIZURE_WITH_HANDOVER
from workflows.enforcement_case.decision import DECISION
from workflows.enforcement_case.investigation import INVESTIGATION
from workflows.enforcement_case.jurisdiction import JURISDICTION
from workflows.enforcement_case.measures import PRESERVATION, SEIZURE, TESTING
from workflows.procedure.model import Procedure, Table, stages

ENFORCEMENT_CASE_V1 = Procedure(
    "enforcement_case",
    1,
    owner="enforcement",
    zh="行政处罚普通程序",
    main=Table(
        "case",
        first="lead",
        ends=stages("not_filed", "closed"),
        starts=("lead_verification_15wd",),
        steps=(*INVESTIGATION, *DECISION),
        clocks=CLOCKS,
        zh={
            "lead": "案源登记",
            "verified": "已核查",
            "not_filed": "不予立案",
            "investigating": "调查取证",
            "suspended": "中止",
            "terminated": "终止",
            "in_review": "审核中",
            "reviewed": "审核通过",
            "approved": "已批准处理建议",
            "notified": "已告知",
            "heard": "已听取意见",
            "decided": "已决定",
            "served": "已送达",
            "executed": "已执行",
            "no_penalty": "不予处罚",
            "not_proved": "事实不能成立",
            "handed_over": "已移送",
            "closed": "已结案",
        },
    ),
    parts=(PRESERVATION, SEIZURE, TESTING),
)

ENFORCEMENT_CASE_V2 = replace(
    ENFORCEMENT_CASE_V1,
    version=2,
    main=replace(
        ENFORCEMENT_CASE_V1.main,
        steps=(*ENFORCEMENT_CASE_V1.main.steps, *CRIME, *JURISDICTION),
        clocks=(*CLOCKS, CRIMINAL_PENDING),
        zh={**(ENFORCEMENT_CASE_V1.main.zh or {}), "awaiting_police": "涉嫌犯罪，待司法机关处理"},
    ),
    parts=(PRESERVATION, SEIZURE_WITH_HANDOVER, TESTING),
)

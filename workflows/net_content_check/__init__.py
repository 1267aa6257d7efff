"""The check of prepackaged goods' net content (定量包装商品净含量计量监督抽查): notice, sampling,
measurement, finding, objection and re-test, rectification, re-check, publication.

Order 70: 定量包装商品计量监督管理办法, in force 2023-06-01. JJF 1070: how lots are sampled,
measured and judged. SD-ML: 山东省计量条例, whose times to object and to re-test a jurisdiction may
adopt. Double random draw: 国办发〔2015〕58号.
"""

from workflows.net_content_check.clocks import CLOCKS
from workflows.net_content_check.finding import FINDING
from workflows.net_content_check.follow_up import FOLLOW_UP
from workflows.net_content_check.objection import OBJECTION
from workflows.procedure.model import Procedure, Table, stages

NET_CONTENT_CHECK = Procedure(
    "net_content_check",
    1,
    owner="net_content",
    zh="定量包装商品净含量计量监督抽查",
    main=Table(
        "check",
        first="drawn",
        ends=stages("closed", "called_off"),
        starts=("notice",),
        steps=(*FINDING, *OBJECTION, *FOLLOW_UP),
        clocks=CLOCKS,
        zh={
            "drawn": "已抽取",
            "notified": "已通知",
            "sampled": "已抽样",
            "found": "已有结论",
            "told": "已告知",
            "objected": "异议待处理",
            "retesting": "复检中",
            "stands": "结论确定",
            "rectifying": "整改中",
            "rectified": "已整改",
            "rechecking": "复查中",
            "rechecked": "已复查",
            "closed": "已办结",
            "called_off": "已终止",
        },
    ),
)

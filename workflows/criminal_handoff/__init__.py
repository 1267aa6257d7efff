"""The criminal hand-off (行刑衔接): from suspicion to the police, and back where they decline.

TRANS: 行政执法机关移送涉嫌犯罪案件的规定 (State Council Order 310 of 2001, as amended 2020). SPP:
人民检察院办理行政执法机关移送涉嫌犯罪案件的规定 (2001). What the police ask for on paper is known
from 公通字〔2016〕16号 without its articles at hand, so its lengths are the jurisdiction's.
"""

from workflows.criminal_handoff.clocks import MAIN_CLOCKS
from workflows.criminal_handoff.objecting import OBJECTING
from workflows.criminal_handoff.outcome import OUTCOME
from workflows.criminal_handoff.police import POLICE, RECONSIDERATION
from workflows.criminal_handoff.procuratorate import ORDER, REASONS, SUPERVISION
from workflows.criminal_handoff.transfer import TRANSFER
from workflows.procedure.model import Procedure, Table, stages

CRIMINAL_HANDOFF = Procedure(
    "criminal_handoff",
    1,
    owner="coordination",
    zh="行刑衔接",
    main=Table(
        "transfer",
        first="suspected",
        ends=stages("not_transferred", "declined", "judged", "returned"),
        starts=("team_report",),
        steps=(*TRANSFER, *OBJECTING, *OUTCOME),
        clocks=MAIN_CLOCKS,
        zh={
            "suspected": "发现涉嫌犯罪",
            "verifying": "专案组核实",
            "reported": "已报正职负责人",
            "not_transferred": "不批准移送",
            "approved": "已批准移送",
            "with_police": "公安机关审查中",
            "refused_by_police": "公安机关不予立案",
            "reconsidering": "提请复议中",
            "upheld": "复议维持不予立案",
            "under_supervision": "立案监督中",
            "declined": "不予立案，依法自行处理",
            "filed": "公安机关已立案",
            "with_justice": "刑事程序中",
            "judged": "已判决",
            "returned": "退回行政处理",
        },
    ),
    parts=(POLICE, RECONSIDERATION, SUPERVISION, REASONS, ORDER),
)

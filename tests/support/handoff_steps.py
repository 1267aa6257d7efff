"""Payloads of a criminal hand-off's steps with dull defaults, and who takes them."""

from typing import Any

from contracts.agencies import Principal, Role
from tests.support.directories import CITY_POLICE, COUNTY, POLICE, PROCURATORATE, person

INSPECTOR = person(Role.INSPECTOR, COUNTY, "wang")
OUTSIDER = person(Role.INSPECTOR, COUNTY, "zhao")
UNIT_HEAD = person(Role.UNIT_HEAD)
CHIEF = person(Role.CHIEF)
HEAD = person(Role.HEAD)
LIAISON = person(Role.LIAISON)
POLICE_DESK, POLICE_HEAD = person(Role.LIAISON, POLICE), person(Role.HEAD, POLICE)
CITY_POLICE_DESK = person(Role.LIAISON, CITY_POLICE)
PROSECUTOR = person(Role.HEAD, PROCURATORATE)

CASE = "00000000-0000-0000-0000-000000000007"
FACTS: dict[str, Any] = {
    "of_case": CASE,
    "report_by": "2026-03-04",
    "standing": ["罚款2000元"],
    "fine_paid_yuan": "2000.00",
}
PAPERS: list[dict[str, Any]] = [
    {"kind": "transfer_letter", "name": "涉嫌犯罪案件移送书", "document_no": "市监涉罪移1号"},
    {"kind": "investigation_report", "name": "涉嫌犯罪案件情况的调查报告"},
    {"kind": "goods_list", "name": "涉案物品清单"},
    {"kind": "test_report", "name": "检定结果通知书", "absent_reason": "检定机构尚未出具"},
    {"kind": "penalty_decision", "name": "行政处罚决定书", "sha256": "ab" * 32},
]

BY: dict[str, Principal] = {
    "form_team": UNIT_HEAD,
    "report_to_chief": INSPECTOR,
    "approve_transfer": CHIEF,
    "refuse_transfer": CHIEF,
    "hand_over_papers": LIAISON,
    "supplement_papers": LIAISON,
    "sign_receipt": POLICE_DESK,
    "accept_case": POLICE_DESK,
    "name_missing_papers": POLICE_DESK,
    "forward_case": POLICE_DESK,
    "decide_to_file": POLICE_HEAD,
    "decide_not_to_file": POLICE_HEAD,
    "receive_filing_notice": LIAISON,
    "receive_refusal_notice": LIAISON,
    "ask_reconsideration": HEAD,
    "uphold_refusal": POLICE_HEAD,
    "file_on_reconsideration": POLICE_HEAD,
    "receive_reconsideration": LIAISON,
    "ask_procuratorate": HEAD,
    "accept_refusal": HEAD,
    "demand_reasons": PROSECUTOR,
    "state_reasons": POLICE_HEAD,
    "file_after_all": POLICE_HEAD,
    "order_filing": PROSECUTOR,
    "file_as_ordered": POLICE_HEAD,
    "find_refusal_justified": PROSECUTOR,
    "close_supervision": PROSECUTOR,
    "receive_supervision_result": LIAISON,
    "hand_over_goods": LIAISON,
    "ask_after": LIAISON,
    "record_judgment": LIAISON,
    "record_return": LIAISON,
}

PAYLOADS: dict[str, dict[str, Any]] = {
    "form_team": {"officers": ["wang", "li"]},
    "report_to_chief": {
        "facts": "以遥控秤欺骗消费者，金额较大",
        "offence": "诈骗罪（刑法第二百六十六条）",
        "proposal": "移送公安机关",
    },
    "approve_transfer": {"opinion": "同意移送"},
    "refuse_transfer": {"reasons": "金额未达追诉标准"},
    "hand_over_papers": {"police": POLICE, "document_no": "市监涉罪移1号", "papers": PAPERS},
    "supplement_papers": {"papers": [{"kind": "test_report", "name": "检定结果通知书"}]},
    "sign_receipt": {"receipt_no": "回执1号"},
    "accept_case": {},
    "name_missing_papers": {"missing": ["test_report"], "document_no": "补正通知1号"},
    "forward_case": {
        "to_agency": CITY_POLICE,
        "reason": "跨区县作案",
        "notice_no": "转送告知1号",
    },
    "decide_to_file": {"document_no": "立案告知1号"},
    "decide_not_to_file": {
        "ground": "not_liable",
        "reasons": "情节显著轻微",
        "document_no": "不予立案1号",
    },
    "receive_filing_notice": {"document_no": "立案告知1号"},
    "receive_refusal_notice": {"document_no": "不予立案1号"},
    "ask_reconsideration": {"police": POLICE, "reasons": "金额已达追诉标准"},
    "uphold_refusal": {"reasons": "维持", "document_no": "复议1号"},
    "file_on_reconsideration": {"document_no": "立案告知2号"},
    "receive_reconsideration": {"document_no": "复议1号"},
    "ask_procuratorate": {"procuratorate": PROCURATORATE, "reasons": "应当立案而不立案"},
    "accept_refusal": {"reasons": "不再提出异议"},
    "demand_reasons": {"police": POLICE, "document_no": "说明理由1号"},
    "state_reasons": {"reasons": "情节显著轻微"},
    "file_after_all": {"document_no": "立案告知3号"},
    "order_filing": {"police": POLICE, "reasons": "理由不成立", "document_no": "通知立案1号"},
    "file_as_ordered": {"document_no": "立案告知4号"},
    "find_refusal_justified": {"reasons": "理由成立", "document_no": "监督答复1号"},
    "close_supervision": {},
    "receive_supervision_result": {"document_no": "监督答复1号"},
    "hand_over_goods": {
        "list_no": "移交清单1号",
        "items": [{"name": "遥控电子秤", "quantity": "3台", "place": "市监局物证室"}],
        "received_by": "治安大队",
    },
    "ask_after": {"answer": "正在侦查"},
    "record_judgment": {
        "court": "市南区人民法院",
        "document_no": "刑初1号",
        "criminal_fine_yuan": "5000",
    },
    "record_return": {"by": "procuratorate", "document_no": "检察意见书1号"},
}

TO_THE_POLICE = ("form_team", "report_to_chief", "approve_transfer", "hand_over_papers")

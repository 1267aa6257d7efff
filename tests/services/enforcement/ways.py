"""A way to each step of an enforcement case that has an effect."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from contracts.agencies import SYSTEM, Principal
from contracts.procedure import RecordStep
from tests.support.directories import CITY, PROVINCE, person
from tests.support.enforcement import Played
from tests.support.enforcement_steps import BY, HEAD, INSPECTOR, MAIN_LINE, PAYLOADS
from tests.support.play import CASE_ID

Way = Callable[[Played], object]

ITEM: dict[str, Any] = {"name": "电子秤", "kind": "physical", "custodian": "王某", "place": "店内"}
TAKEN: dict[str, Any] = {"items": ["电子秤", "砝码"], "place": "店内"}
TEST: dict[str, Any] = {
    "kind": "testing",
    "laboratory": "市计量所",
    "items": ["电子秤"],
    "told_party_document": "告知书1号",
}
UP_TO = {name: MAIN_LINE[: MAIN_LINE.index(name)] for name in MAIN_LINE}
INVESTIGATING = (*UP_TO["name_investigators"], "name_investigators")


def go(play: Played, *steps: str) -> None:
    for step in steps:
        play.take(step, BY[step], **PAYLOADS[step])


def _after(steps: Sequence[str], step: str, by: Principal = HEAD, **payload: Any) -> Way:
    def way(play: Played) -> None:
        go(play, *steps)
        play.take(step, by, **payload)

    return way


def _main(step: str) -> Way:
    return _after(UP_TO[step], step, BY[step], **PAYLOADS[step])


def _held(opening: str, ending: str, payload: dict[str, Any]) -> Way:
    """A measure is taken, and ends on its own line."""

    def way(play: Played) -> None:
        go(play, *INVESTIGATING)
        play.take(opening, INSPECTOR, **(TEST if opening == "commission_test" else TAKEN))
        [line] = [x.key for x in play.state.lines if x.key != "main"]
        by = INSPECTOR if ending == "receive_test_result" else HEAD
        play.take(ending, by, line=line, **payload)

    return way


def _lifted_by_law(play: Played) -> None:
    go(play, *INVESTIGATING)
    play.take("preserve_evidence", INSPECTOR, **TAKEN)
    play.wait(days=14)
    assert play.records[-1].step == "lift_by_law"


def _reassigned(play: Played) -> None:
    play.wait(days=40)  # the lead was never verified
    [rung] = play.state.escalations
    by = person(rung.role, rung.agency)
    play.take("reassign", by, line=rung.key, measures="由市局办理", to_agency=CITY)


def _taken_over(play: Played) -> None:
    play.wait(days=24)  # the third rung called is the city's
    [rung] = play.state.escalations
    play.take("take_over", person(rung.role, rung.agency), line=rung.key, measures="市局接办")


CRIME: dict[str, Any] = {"offence": "诈骗罪", "facts": "遥控秤", "report_by": "2026-03-20"}
HANDOFF = "00000000-0000-0000-0000-000000000009"
_FILED: dict[str, Any] = {"handoff": HANDOFF, "to": "police"}


def _with_police(*then: tuple[str, dict[str, Any]]) -> Way:
    """A crime is suspected in a case with a seizure, and this is what the hand-off makes of it."""

    def way(play: Played) -> None:
        go(play, *INVESTIGATING)
        play.take("seize", INSPECTOR, **TAKEN)
        play.take("suspect_crime", HEAD, **CRIME)
        for step, payload in then:
            play.take(step, SYSTEM, **payload)

    return way


def _seized_handed_over(play: Played) -> None:
    _with_police(("hand_over_to_justice", _FILED))(play)
    paper: dict[str, Any] = {"to": "市公安局", "told_party_document": "移送告知书1号"}
    play.take("hand_over_seized", HEAD, line="seizure/1", **paper)


def _moved(play: Played) -> None:
    go(play, *INVESTIGATING)
    stated: dict[str, Any] = {"to_agency": CITY, "by": PROVINCE, "how": "designated"}
    play.take("change_jurisdiction", SYSTEM, **stated)


_REASONS: dict[str, Any] = {"reasons": "证据不足"}
WAYS: dict[str, Way] = {
    "open": lambda _play: None,
    **{
        step: _main(step)
        for step in (
            "verify_lead",
            "file_case",
            "serve_notice",
            "decide_penalty",
            "serve_decision",
            "publish_decision",
            "record_payment",
            "close_case",
        )
    },
    "decline_to_file": _after(UP_TO["file_case"], "decline_to_file", **PAYLOADS["decline_to_file"]),
    "investigate": _after(
        INVESTIGATING,
        "investigate",
        INSPECTOR,
        officers=["wang", "li"],
        act="inspection",
        findings="秤内有遥控装置",
        evidence=[ITEM, ITEM | {"name": "照片", "kind": "audiovisual", "sha256": "a" * 64}],
    ),
    "preserve_evidence": _after(INVESTIGATING, "preserve_evidence", INSPECTOR, **TAKEN),
    "preserve_evidence_at_once": _after(
        INVESTIGATING, "preserve_evidence_at_once", INSPECTOR, **TAKEN
    ),
    "seize": _after(INVESTIGATING, "seize", INSPECTOR, **TAKEN),
    "seize_at_once": _after(INVESTIGATING, "seize_at_once", INSPECTOR, **TAKEN),
    "commission_test": _after(INVESTIGATING, "commission_test", INSPECTOR, **TEST),
    "receive_test_result": _held(
        "commission_test",
        "receive_test_result",
        {"result": "不合格", "report": ITEM | {"kind": "appraisal", "name": "检测报告"}},
    ),
    "refuse_preservation": _held(
        "preserve_evidence_at_once", "refuse_preservation", {"reason": "无必要"}
    ),
    "dispose_preserved": _held("preserve_evidence", "dispose_preserved", {"disposal": "returned"}),
    "lift_by_law": _lifted_by_law,
    "lift_seizure": _held("seize", "lift_seizure", {"reason": "已查清"}),
    "confiscate_seized": _held("seize", "confiscate_seized", {"reason": "作弊工具"}),
    "extend_seizure_30d": _held("seize", "extend_seizure_30d", {"reason": "案情复杂"}),
    "decide_no_penalty": _after(UP_TO["serve_notice"], "decide_no_penalty", **_REASONS),
    "find_not_proved": _after(UP_TO["serve_notice"], "find_not_proved", **_REASONS),
    "hand_over": _after(INVESTIGATING, "hand_over", to="市公安局", reason="涉嫌犯罪"),
    "terminate": _after(UP_TO["name_investigators"], "terminate", reasons="当事人死亡"),
    "reassign": _reassigned,
    "take_over": _taken_over,
    "reckon_again": lambda play: play.take("reckon_again", SYSTEM),
    "suspect_crime": _with_police(),
    "suspect_crime_after_decision": _after(
        (*UP_TO["record_payment"], "record_payment"), "suspect_crime_after_decision", **CRIME
    ),
    "resume_from_police": _with_police(
        ("resume_from_police", {"handoff": HANDOFF, "declined_by": "police"})
    ),
    "hand_over_to_justice": _with_police(("hand_over_to_justice", _FILED)),
    "take_case_back": _with_police(
        ("hand_over_to_justice", _FILED),
        ("take_case_back", {"handoff": HANDOFF, "returned_by": "procuratorate"}),
    ),
    "hand_over_seized": _seized_handed_over,
    "change_jurisdiction": _moved,
}


def records_to(step: str, case_id: UUID = CASE_ID) -> list[RecordStep]:
    """Everything the service is asked to write until this step, with it as the last."""
    play = Played(case_id=case_id)
    WAYS[step](play)
    assert play.records[-1].step == step
    return play.records

"""The fast response to a major violation (重大计量违法行为快速反应): mobilise, contact, go,
secure, report up, stand down.

The founding plans ask for it and print no steps or times; levels and times are the jurisdiction's.
Reporting level by level,
skipping levels where need be: 突发事件应对法 (2024) arts 17, 61.
"""

from contracts import coordination as states
from contracts.agencies import Role
from contracts.says import Says
from workflows.law import ERL
from workflows.procedure.guard import Attempt, guard
from workflows.procedure.model import (
    By,
    Clock,
    Opens,
    Procedure,
    Rung,
    Step,
    Table,
    from_jurisdiction,
    stages,
)

DUTY_OFFICER = By(Role.DUTY_OFFICER)
INSPECTOR = By(Role.INSPECTOR)
HEAD = By(Role.HEAD)
LAW = By(Role.SYSTEM)

QUICK = (
    Rung(Role.HEAD, 0, 1),
    Rung(Role.CHIEF, 0, 1),
    Rung(Role.DUTY_OFFICER, 1, 2),
    Rung(Role.HEAD, 1, 4),
    Rung(Role.DUTY_OFFICER, 2, 12),
)
LOCAL = "本辖区响应级别时限 times of the jurisdiction's level"


def _reports_sent(a: Attempt) -> bool:
    return all(line.ended for line in a.lines("report"))


REPORTS_SENT = guard(
    _reports_sent,
    Says("尚有未完成的上报", "a report up the line of command is still outstanding"),
    ERL(61),
)


def _clock(name: str, time: str, unit: str = "minutes") -> Clock:
    return Clock(name, from_jurisdiction(time, unit), LOCAL, roll="none", ladder=QUICK)  # type: ignore[arg-type]


REPORT = Table(
    "report",
    first="owed",
    ends=stages("received"),
    starts=("first_report", "written_report"),
    clocks=(
        _clock("first_report", "first_report_min"),
        _clock("written_report", "written_report_min"),
        _clock("receipt", "first_report_min"),
    ),
    steps=(
        Step(
            "report_by_phone",
            DUTY_OFFICER,
            stages("owed"),
            "phoned",
            zh="电话首报",
            basis=ERL(61),
            meets=("first_report",),
            payload=states.SendReport,
        ),
        Step(
            "report_in_writing",
            DUTY_OFFICER,
            stages("owed", "phoned"),
            "sent",
            zh="书面报告",
            basis=ERL(61),
            meets=("first_report", "written_report"),
            starts=("receipt",),
            payload=states.SendReport,
        ),
        Step(
            "receive_report",
            By(Role.DUTY_OFFICER, at="superior"),
            stages("sent"),
            "received",
            zh="上级签收",
            basis=ERL(61),
            meets=("receipt",),
            payload=states.ReceiveReport,
        ),
    ),
    zh={"owed": "待报", "phoned": "已电话首报", "sent": "已书面报告", "received": "上级已签收"},
)

RESPONSE = Table(
    "response",
    first="mobilised",
    ends=stages("closed"),
    starts=("first_contact", "on_site"),
    opens=(Opens("report", each="reports_by", at_named=True),),
    clocks=(
        _clock("first_contact", "first_contact_min"),
        _clock("on_site", "on_site_min"),
        _clock("follow_up", "follow_up_h", "hours"),
        _clock("after_action", "after_action_h", "hours"),
    ),
    steps=(
        Step(
            "make_first_contact",
            DUTY_OFFICER,
            stages("mobilised"),
            "contacted",
            zh="首次联系",
            basis=LOCAL,
            meets=("first_contact",),
            payload=states.MakeFirstContact,
        ),
        Step(
            "arrive_on_site",
            INSPECTOR,
            stages("mobilised", "contacted"),
            "on_site",
            zh="到达现场",
            basis=LOCAL,
            meets=("first_contact", "on_site"),
            starts=("follow_up",),
            payload=states.ArriveOnSite,
        ),
        Step(
            "secure_site",
            INSPECTOR,
            stages("on_site"),
            "secured",
            zh="现场控制",
            basis=LOCAL,
            payload=states.SecureSite,
        ),
        Step(
            "follow_up",
            DUTY_OFFICER,
            stages("on_site", "secured"),
            zh="续报",
            basis=LOCAL,
            # a follow-up report meets its clock and starts it anew
            meets=("follow_up",),
            starts=("follow_up",),
            payload=states.FollowUp,
        ),
        Step(
            "raise_level",
            LAW,
            stages("mobilised", "contacted", "on_site", "secured"),
            zh="响应升级",
            basis=LOCAL,
            # every running clock reads its length by this fact, so all of them are worked out anew
            keeps=("level",),
            payload=states.RaiseLevel,
        ),
        Step(
            "note_hand_over",
            LAW,
            stages("mobilised", "contacted", "on_site", "secured", "stood_down"),
            zh="案件已移送",
            basis=LOCAL,
            keeps=("to",),
            payload=states.NoteHandOver,
        ),
        Step(
            "stand_down",
            HEAD,
            stages("secured"),
            "stood_down",
            zh="终止响应",
            basis=LOCAL,
            needs=(REPORTS_SENT,),
            meets=("follow_up",),
            starts=("after_action",),
            payload=states.StandDown,
        ),
        Step(
            "record_after_action",
            HEAD,
            stages("stood_down"),
            "closed",
            zh="总结评估",
            basis=LOCAL,
            meets=("after_action",),
            payload=states.RecordAfterAction,
        ),
    ),
    zh={
        "mobilised": "已启动",
        "contacted": "已联系",
        "on_site": "已到场",
        "secured": "已控制",
        "stood_down": "已终止响应",
        "closed": "已总结",
    },
)

FAST_RESPONSE = Procedure(
    "fast_response", 1, owner="coordination", zh="快速反应", main=RESPONSE, parts=(REPORT,)
)

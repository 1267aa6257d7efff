"""Every unit, every procedure and every type of event there is, listed once.

Whoever needs to know which services there are, who keeps a procedure's record, where that record
is found, or who may tell of what, reads it here. What has to say the same in another form (a
table's owner, import rules, the compose file) is compared with it by
`tests/architecture/test_catalogue.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from contracts import coordination, enforcement, intake, net_content, oversight, procedure
from contracts.messages import Event
from contracts.topics import AGENCIES, INTAKE, Topic


@dataclass(frozen=True)
class UnitRow:
    """One process (单元), with a PostgreSQL schema of the same name: a service, or the engine."""

    name: str
    """As Python, PostgreSQL and Kafka name it."""
    zh: str
    keyed_by: str | None = None
    """What the events on its topic are keyed by; None: it has no topic."""
    package: str = ""
    """Where its `app` and its migrations lie, if not under `services`."""
    secrets: tuple[str, ...] = ()
    """Settings that this unit alone is told."""

    @property
    def command(self) -> str:
        """As `steelyard run` and the compose file name it."""
        return self.name.replace("_", "-")

    @property
    def home(self) -> str:
        """The package that has its `app` and its `migrations`."""
        return self.package or f"services.{self.name}"

    @cached_property
    def topic(self) -> Topic:
        """The one topic it tells on. Raises `LookupError` for a unit that tells on none."""
        if self.keyed_by is None:
            raise LookupError(f"{self.name} tells nothing: it has no topic")
        return Topic(name=f"metrology.{self.name}.v1", key=self.keyed_by, writers=(self.name,))


ENFORCEMENT = UnitRow(
    "enforcement", "行政执法", keyed_by="case id", secrets=("STEELYARD_REPORTER_KEYS",)
)
COORDINATION = UnitRow("coordination", "联动协调", keyed_by="case id")
NET_CONTENT = UnitRow("net_content", "净含量计量检验", keyed_by="check or campaign id")
OVERSIGHT = UnitRow("oversight", "审计监督", secrets=("AUDIT_SIGNING_KEY",))
WORKFLOWS = UnitRow("workflows", "流程引擎", package="workflows")

UNITS = (ENFORCEMENT, COORDINATION, NET_CONTENT, OVERSIGHT, WORKFLOWS)
"""In the order in which they are started."""
TOPICS = (INTAKE, *(unit.topic for unit in UNITS if unit.keyed_by))
"""Every topic there is."""


@dataclass(frozen=True)
class ProcedureRow:
    """One procedure (程序), whatever versions its table has."""

    name: str
    zh: str
    owner: UnitRow
    """The service that keeps its record and carries out its steps' effects."""
    path: str
    """Of its records on the owner's HTTP API; below it `/{id}`, `/{id}/timeline`, `/{id}/steps`."""
    short: str | None = None
    """What the command line calls it for short."""
    opened_by_agencies: bool = False
    """Whether a person or an agency's system may open one; else it follows from an event."""

    def steps_at(self, id_: object) -> str:
        """The path at which the steps of one record are taken."""
        return f"{self.path}/{id_}/steps"


def _matter(name: str, zh: str, *, opened_by_agencies: bool = True) -> ProcedureRow:
    """A procedure between agencies: its record is one of coordination's matters."""
    path = f"/matters/{name}"
    return ProcedureRow(name, zh, COORDINATION, path, opened_by_agencies=opened_by_agencies)


PROCEDURES = (
    ProcedureRow("enforcement_case", "行政处罚普通程序", ENFORCEMENT, "/cases", short="case"),
    ProcedureRow("fast_response", "快速反应", COORDINATION, "/responses", short="response"),
    _matter("joint_enforcement", "联合执法"),
    _matter("criminal_handoff", "行刑衔接", opened_by_agencies=False),
    _matter("jurisdiction_dispute", "管辖争议"),
    _matter("jurisdiction_change", "管辖变更"),
    _matter("assistance", "协助调查"),
    _matter("supervision", "执法监督"),
    ProcedureRow(
        "net_content_check", "定量包装商品净含量计量监督抽查", NET_CONTENT, "/checks", short="check"
    ),
)
OWNERS = tuple(dict.fromkeys(row.owner for row in PROCEDURES))
"""The services that keep records of procedures."""


def unit(name: str) -> UnitRow:
    """By its name or its command. Raises `LookupError`."""
    for row in UNITS:
        if name in (row.name, row.command):
            return row
    raise LookupError(f"no unit {name}")


def find_procedure(name: str) -> ProcedureRow | None:
    """By its name or its short one."""
    return next((row for row in PROCEDURES if name in (row.name, row.short)), None)


# ── who may tell of what ─────────────────────────────────────────────────────────────────────────

_OF_EVERY_OWNER: tuple[type[Event], ...] = (
    procedure.StepTaken,
    procedure.ClockBreached,
    procedure.EscalationRaised,
    procedure.EscalationAnswered,
    procedure.EscalationEnded,
    procedure.ProcedureEnded,
)
"""What the owner of a procedure tells of it, whichever procedure it is."""

_TOLD_BY: Mapping[str, tuple[type[Event], ...]] = {
    AGENCIES: (
        intake.ReportSubmitted,
        intake.MatterSubmitted,
        intake.AnswerSubmitted,
        intake.MeasurementsSubmitted,
    ),
    ENFORCEMENT.name: (
        enforcement.CaseOpened,
        enforcement.ReportLinked,
        enforcement.LevelRaised,
        enforcement.CaseFiled,
        enforcement.CaseNotFiled,
        enforcement.PenaltyDecided,
        enforcement.NoPenaltyDecided,
        enforcement.CaseHandedOver,
        enforcement.CaseReferred,
        enforcement.CaseResumed,
        enforcement.CaseMoved,
        enforcement.DecisionPublished,
        enforcement.CaseClosed,
        enforcement.ReporterRead,
    ),
    COORDINATION.name: (
        coordination.ResponseMobilised,
        coordination.TeamOnSite,
        coordination.SiteSecured,
        coordination.ReportedUp,
        coordination.ResponseStoodDown,
        coordination.MatterOpened,
        coordination.AgencyInvited,
        coordination.InvitationAnswered,
        coordination.LeadHandedOver,
        coordination.OperationConcluded,
        coordination.CriminalHandoffStarted,
        coordination.CrimeTransferred,
        coordination.TransferReceived,
        coordination.PapersFoundMissing,
        coordination.PapersSupplemented,
        coordination.TransferForwarded,
        coordination.FilingRefused,
        coordination.ReconsiderationAsked,
        coordination.FilingSupervisionAsked,
        coordination.CrimeAccepted,
        coordination.CrimeDeclined,
        coordination.GoodsHandedOver,
        coordination.CrimeJudged,
        coordination.CrimeReturned,
        coordination.JurisdictionFixed,
        coordination.AssistanceRequested,
        coordination.AssistanceDelayed,
        coordination.AssistanceAnswered,
        coordination.SupervisionIssued,
        coordination.SupervisionAnswered,
    ),
    NET_CONTENT.name: (
        net_content.CampaignOpened,
        net_content.CampaignDrawn,
        net_content.CheckDrawn,
        net_content.FindingMade,
        net_content.RetestFindingMade,
        net_content.RecheckFindingMade,
        net_content.LotFailed,
        net_content.FindingOverturned,
        net_content.ResultPublished,
        net_content.CheckClosed,
    ),
    OVERSIGHT.name: (oversight.EntryErased,),  # an entry of its own log, on no topic
}
"""Every type of event by the one who tells it: a unit, or the agencies."""


def told_by(writer: str) -> tuple[type[Event], ...]:
    """Every type of event that a unit, or `AGENCIES`, may tell."""
    shared = _OF_EVERY_OWNER if writer in {row.name for row in OWNERS} else ()
    return (*_TOLD_BY.get(writer, ()), *shared)


WRITERS: Mapping[type[Event], frozenset[str]] = {
    event: frozenset(w for w in (AGENCIES, *(u.name for u in UNITS)) if event in told_by(w))
    for event in (*(e for told in _TOLD_BY.values() for e in told), *_OF_EVERY_OWNER)
}
"""Who may tell each type of event."""


def topics_of(events: Iterable[type[Event]]) -> tuple[Topic, ...]:
    """The topics on which these types of event come; `Event` itself stands for every type."""
    asked = set(events)
    writers = frozenset().union(*(WRITERS[event] for event in asked - {Event}))
    return tuple(t for t in TOPICS if Event in asked or writers.intersection(t.writers))

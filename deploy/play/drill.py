"""Plays a scenario on a running stack: fixed dates, skipped time, a judgement at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import SecretStr, ValidationError

from contracts.intake import MatterSubmitted, ReportSubmitted
from contracts.procedure import procedure_id
from contracts.says import Says
from deploy.play.campaign import CHECK, Begun, drawn_check, measured
from deploy.play.cast import Answered, Cast
from deploy.play.operations import otherwise
from deploy.play.played_step import PlayedStep
from deploy.play.quiet import Quiet
from deploy.play.scenario import BadScenario, Expectation, OpensMatter, Scenario, Scene
from deploy.play.time_travel import TimeTravel
from deploy.stack.whereabouts import Whereabouts
from services.kit.clock import WallClock
from services.kit.errors import Refusal
from services.kit.running.temporal import connect
from services.kit.settings import TemporalSettings

Tell = Callable[[datetime, str], None]


@dataclass
class Played:
    """What came of a drill."""

    case_id: UUID
    agency: str
    """Whose case it is at the beginning."""
    lead_id: UUID | None = None
    """The enforcement case that a failing lot opened."""
    timelines: dict[str, list[Answered]] = field(default_factory=dict)
    records: dict[str, Answered] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def of(self, procedure: str) -> UUID:
        """The case a procedure of this drill runs on."""
        return self.case_id if procedure == CHECK or self.lead_id is None else self.lead_id


async def play(
    scenario: Scenario, file: Path, where: Whereabouts, cast: Cast, tell: Tell
) -> Played:
    """Report, act, let time pass, and compare with what the scenario expects."""
    shift = scenario.begins_at - WallClock().now()
    seconds = round(shift.total_seconds())
    async with Quiet(where.env["DATABASE_URL"], where.env["KAFKA_BOOTSTRAP_SERVERS"]) as quiet:
        begun = await _begun(scenario, file, cast, seconds)
        played = Played(begun.id, scenario.agency)
        settings = TemporalSettings(
            address=where.env["TEMPORAL_ADDRESS"],
            codec_keys=SecretStr(where.env["TEMPORAL_CODEC_KEYS"]),
        )
        shifted = timedelta(seconds=seconds)
        client = await connect(settings)

        async def cases() -> list[UUID]:
            played.lead_id = played.lead_id or await begun.lead()
            own = [begun.id, *([played.lead_id] if played.lead_id else [])]
            matters = {UUID(one["id"]) for case in own for one in await cast.matters(case)}
            return [*own, *sorted(matters - {*own})]

        travel = TimeTravel(client, cases, shifted, quiet, lambda at: tell(at, "到期 due …"))
        tell(travel.now(), begun.says)
        for scene in scenario.scenes:
            await travel.to(scene.at)
            if scene.opens:
                said = await _open(scene, scene.opens, cast, travel, played)
            else:
                said = await _act(scene, cast, scenario.agency, played)
            tell(travel.now(), said)
        await quiet()
    for expected in scenario.expects:
        await _judge(expected, cast, played)
    return played


def _report(scenario: Scenario, file: Path, shift_s: int) -> ReportSubmitted:
    run = uuid4().hex[:8]
    # a subject of its own: a second drill of the same scenario is another case
    subject = f"{scenario.report.get('subject_name', '')}(演练 {run})"
    ours = {"reference": f"drill-{run}", "drill_shift_s": shift_s, "subject_name": subject}
    stated = scenario.report | ours
    try:
        return ReportSubmitted(occurred_at=scenario.begins_at, **stated)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, ("report", *first["loc"])))
        raise BadScenario(file, where, Says("", first["msg"])) from fault


async def _begun(scenario: Scenario, file: Path, cast: Cast, shift_s: int) -> Begun:
    """A report becomes a case, or a campaign draws a check."""
    if scenario.goods is not None:
        return await drawn_check(cast, scenario.agency, scenario.goods, shift_s)
    report = _report(scenario, file, shift_s)
    case_id = await cast.case_of(await cast.submit(scenario.agency, report))
    return Begun(case_id, f"报告成案 reported: {case_id}")


async def _act(scene: Scene, cast: Cast, agency: str, played: Played) -> str:
    if scene.measured is not None:
        return await measured(cast, agency, played.case_id, scene.measured)
    if scene.step is None:
        return "时间推移 time passes"
    act = PlayedStep(
        scene.step, scene.procedure, scene.line, scene.payload, scene.holder, scene.agency
    )
    if scene.refused:
        return await _refused(scene, act, cast, agency, played)
    outcome = await cast.take(
        await cast.matter_of(scene.procedure, played.of(scene.procedure)), act
    )
    reply = ", ".join(str(v) for v in outcome["reply"].values() if isinstance(v, str))
    return f"{scene.step}: 第 {outcome['seq']} 步 {reply}"


async def _open(
    scene: Scene, opens: OpensMatter, cast: Cast, travel: TimeTravel, played: Played
) -> str:
    """A matter of the case, handed in by an agency's system; it begins at the drill's own time."""
    agency = scene.agency or played.agency
    matter = MatterSubmitted(
        occurred_at=scene.at,
        reference=f"drill-{uuid4().hex[:8]}",
        procedure=scene.procedure,
        by=cast.holder(scene.role, agency, scene.holder).principal,
        of_case=played.of(scene.procedure),
        drill_shift_s=travel.shift_s(),
        **opens.model_dump(),
    )
    id_ = await cast.open_matter(agency, matter)
    travel.began_now(procedure_id(scene.procedure, id_))
    return f"发起 opened: {scene.procedure}「{opens.title}」"


async def _refused(scene: Scene, act: PlayedStep, cast: Cast, agency: str, played: Played) -> str:
    """A step asked for although it is not open: the refusal is what must come."""
    holder = cast.holder(scene.role, scene.agency or agency, scene.holder)
    try:
        await cast.ask(
            await cast.matter_of(scene.procedure, played.of(scene.procedure)), act, holder
        )
    except Refusal as refusal:
        if refusal.code != scene.refused:
            raise
        return f"{scene.step}: 被拒绝 refused, {refusal.code}"
    played.failures.append(f"{scene.step} was to be refused ({scene.refused}) and was not")
    return f"{scene.step}: 未被拒绝 not refused"


async def _judge(expected: Expectation, cast: Cast, played: Played) -> None:
    name = expected.procedure
    id_ = await cast.matter_of(name, played.of(name))
    record = await cast.record(name, id_)
    if record is None:
        played.failures.append(f"{name} never began")
        return
    played.records[name] = record
    played.timelines[name] = await cast.timeline(name, id_)
    steps = [step["step"] for step in played.timelines[name]]
    found = {
        "stage": record["stage"],
        "breached": sorted({c["name"] for c in clocks_of(record) if c["breached_at"]}),
        "rungs": steps.count("call_next_rung") + steps.count("breach"),
        "by_law": sorted(s["step"] for s in played.timelines[name] if _by_law(s)),
    }
    wanted = {
        "stage": expected.stage,
        "breached": sorted(expected.breached),
        "rungs": expected.rungs,
        "by_law": sorted(expected.by_law),
    }
    for what, value in wanted.items():
        if found[what] != value:
            played.failures.append(f"{name}: {what} is {found[what]}, expected {value}")
    played.failures += await otherwise(expected, id_, record, cast)


def clocks_of(record: Answered) -> list[Answered]:
    """Its clocks: a case shows them with its procedure, all else by itself."""
    inner = record.get("procedure")
    clocks: list[Answered] = (inner if isinstance(inner, dict) else record)["clocks"]
    return clocks


BY_THE_CLOCK = {"open", "warn", "breach", "call_next_rung"}


def _by_law(step: Answered) -> bool:
    return step["role"] == "system" and step["step"] not in BY_THE_CLOCK

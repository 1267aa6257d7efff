"""The demonstration: 79 published cases from report to procedure, two of them to their end."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from deploy.audit import audit
from deploy.play.cast import Answered, Cast
from deploy.play.demo_acts import (
    HANDED_OVER,
    PENALTY,
    STAND_DOWN,
    TO_A_PENALTY,
    TO_THE_POLICE,
    report_up,
)
from deploy.play.drill import Played, Tell, play
from deploy.play.played_step import PlayedStep
from deploy.play.quiet import Quiet
from deploy.play.scenario import Scenario, load_scenario
from deploy.published import reports
from deploy.stack.whereabouts import Whereabouts, adopt
from services.kit.clock import WallClock
from services.kit.settings import DatabaseSettings
from services.oversight.keys import AuditSettings
from services.oversight.verifying import AuditVerdict

SCENARIO = Path(__file__).parents[1] / "scenarios" / "missed_clock.toml"
ShowProgress = Callable[[int, int], None]


@dataclass
class Story:
    """What the demonstration saw, and what did not hold."""

    cases: dict[str, UUID] = field(default_factory=dict)
    records: dict[str, Answered] = field(default_factory=dict)
    responses: dict[str, Answered] = field(default_factory=dict)
    timelines: dict[str, list[Answered]] = field(default_factory=dict)
    drill: Played | None = None
    verdict: AuditVerdict | None = None
    failures: list[str] = field(default_factory=list)

    def table(self) -> dict[str, Counter[str]]:
        """Cases by kind of violation and response level."""
        rows: dict[str, Counter[str]] = {}
        for record in self.records.values():
            rows.setdefault(record["violation_name"], Counter())[record["level"]] += 1
        return rows

    def check(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.failures.append(otherwise)


class Demonstration:
    """Plays on a running stack, chapter by chapter."""

    def __init__(self, where: Whereabouts, data_dir: Path, cast: Cast) -> None:
        self._where = where
        self._data_dir = data_dir
        self._cast = cast
        self.story = Story()

    async def report(self, progress: ShowProgress) -> None:
        """Each agency hands in its case; each becomes an enforcement case with its procedure."""
        told = reports(WallClock().now(), self._cast.directory)
        receipts = {}
        for number, (agency, report) in enumerate(told, 1):
            receipts[report.reference] = await self._cast.submit(agency, report)
            progress(number, 2 * len(told))
        for number, (reference, receipt) in enumerate(receipts.items(), 1):
            self.story.cases[reference] = await self._cast.case_of(receipt)
            progress(len(told) + number, 2 * len(told))
        different = len(set(self.story.cases.values()))
        self.story.check(different == len(told), f"{len(told)} reports made {different} cases")

    async def mobilise(self, progress: ShowProgress) -> None:
        """Every case has its procedure; those whose level mobilises have a fast response."""
        total = len(self.story.cases)
        for number, (reference, case_id) in enumerate(self.story.cases.items(), 1):
            record = await self._cast.opened(case_id)
            self.story.records[reference] = record
            progress(number, total)
        await self._quiet()
        for reference, case_id in self.story.cases.items():
            response = await self._cast.record("fast_response", case_id)
            if response is not None:
                self.story.responses[reference] = response
        levels = {x.level: x.mobilises for x in self._cast.directory.levels}
        major = {name for name, one in self.story.records.items() if levels[one["level"]]}
        self.story.check(bool(major), "no case was major")
        self.story.check(
            major == set(self.story.responses), "the major cases and the responses are not the same"
        )

    async def act(self, tell: Callable[[str, PlayedStep, Answered], None]) -> None:
        """An inspector's steps on two cases, up to closed ones."""
        await self._play(PENALTY, TO_A_PENALTY, tell)
        await self._play(HANDED_OVER, TO_THE_POLICE, tell)
        owed = (await self._response(HANDED_OVER))["open_steps"]
        for line in sorted({s["line"] for s in owed if s["line"].startswith("report/")}):
            await self._play(HANDED_OVER, report_up(line), tell)
        await self._play(HANDED_OVER, STAND_DOWN, tell)
        for reference, outcome in ((PENALTY, "penalty"), (HANDED_OVER, "handed_over")):
            await self._remember(reference, outcome)

    async def drill(self, tell: Tell) -> Scenario:
        """One case in skipped time, where a clock is missed and escalates rung by rung."""
        scenario = load_scenario(SCENARIO)
        self.story.drill = await play(scenario, SCENARIO, self._where, self._cast, tell)
        self.story.failures += self.story.drill.failures
        return scenario

    async def audit(self) -> None:
        """The whole log is checked, once every event is in it."""
        await self._quiet()
        adopt(self._data_dir)
        self.story.verdict = await audit(DatabaseSettings(), AuditSettings())
        self.story.check(self.story.verdict.holds, "the audit log does not hold")

    async def _response(self, reference: str) -> Answered:
        record = await self._cast.record("fast_response", self.story.cases[reference])
        assert record is not None, "mobilise() has seen it"
        return record

    async def _play(
        self,
        reference: str,
        acts: Sequence[PlayedStep],
        tell: Callable[[str, PlayedStep, Answered], None],
    ) -> None:
        for act in acts:
            tell(reference, act, await self._cast.take(self.story.cases[reference], act))

    async def _remember(self, reference: str, outcome: str) -> None:
        case_id = self.story.cases[reference]
        record = await self._cast.record("enforcement_case", case_id)
        assert record is not None, "it was played"
        self.story.records[reference] = record
        self.story.timelines[reference] = await self._cast.timeline("enforcement_case", case_id)
        self.story.check(not record["open"], f"{reference} is not closed")
        self.story.check(
            record["decision"] is not None and record["decision"]["kind"] == outcome,
            f"{reference} did not end as {outcome}",
        )

    async def _quiet(self) -> None:
        where = self._where.env
        async with Quiet(where["DATABASE_URL"], where["KAFKA_BOOTSTRAP_SERVERS"]) as quiet:
            await quiet()

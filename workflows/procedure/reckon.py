"""Works out every deadline, its derivation and its ladder, from the facts and from calendar and
directory as they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pydantic import Field

from contracts.agencies import Directory, LocalClock
from contracts.ladders import LadderRung
from contracts.legal_day import legal_day
from contracts.messages import Message
from contracts.procedure import Call, ClockState, EngineEvent, Line, ProcedureState, TimeUnit
from workflows.law import both
from workflows.procedure import escalation, succession
from workflows.procedure.model import Clock, Procedure, Rung
from workflows.procedure.time.calendar import Calendar
from workflows.procedure.time.legal_time import ClockTerms, Deadline, deadline, on_day, warn_at


class Reckoned(Message):
    """What was worked out; it goes into the workflow's history, so that a replay reads no
    calendar.
    """

    clocks: tuple[ClockState, ...]
    chains: dict[str, tuple[str, ...]]
    successors: dict[str, str] = Field(default_factory=dict)
    """Who took over from agencies that stand no more; asked for when all is reckoned again."""


class NoLength(ValueError):
    """The jurisdiction gives no length for a clock that the table leaves to it."""


@dataclass(frozen=True)
class Reckoner:
    """Deadlines from one calendar and one directory."""

    calendar: Calendar
    directory: Directory

    def reckon(
        self, procedure: Procedure, state: ProcedureState, now: datetime, *, anew: bool = False
    ) -> Reckoned:
        """`anew`: directory or calendar have changed, so agencies may have gone as well."""
        today = legal_day(now)
        gone = succession.successors(state, self.directory, today) if anew else {}
        state, _ = succession.succeed(state, gone, now)
        chains = {
            agency: self.directory.chain(agency, today)
            for line in state.lines
            for agency in line.agencies
        }
        clocks = tuple(
            c if c.status in ("met", "ended") else self._clock(procedure, state, c, chains)
            for c in state.clocks
        )
        return Reckoned(clocks=clocks, chains=chains, successors=dict(gone))

    def _clock(
        self,
        procedure: Procedure,
        state: ProcedureState,
        clock: ClockState,
        chains: dict[str, tuple[str, ...]],
    ) -> ClockState:
        line = next(x for x in state.lines if x.key == clock.line)
        rule = procedure.clock(line, clock.name)
        assert rule is not None, "lint lets no step start an unknown clock"
        stopping = [w for w in state.windows if w.kind in rule.stops_for]
        windows = [(w.kind, w.from_on, w.to_on) for w in stopping if w.to_on]
        due = self._strictest(rule, line, state, clock, windows)
        last = due.due_on or legal_day(due.due_at)
        if any(w.to_on is None and w.from_on <= last for w in stopping):
            stopped = {"status": "paused", "due_on": None, "due_at": None, "warn_at": None}
            return clock.model_copy(update=stopped)
        ladder = self._ladder(rule, line, chains, due.due_at)
        status = "running" if clock.status == "paused" else clock.status
        return clock.model_copy(
            update={
                "status": status,
                "due_on": due.due_on,
                "due_at": due.due_at,
                "warn_at": warn_at(due, clock.started_at, calendar=self.calendar),
                "derivation": due.derivation,
                "basis": due.derivation.basis,
                "ladder": ladder,
            }
        )

    def _strictest(
        self,
        rule: Clock,
        line: Line,
        state: ProcedureState,
        clock: ClockState,
        windows: list[tuple[str, date, date]],
    ) -> Deadline:
        """The table's own length, or the jurisdiction's or an inherited one that ends sooner.

        What did not win stays readable: its basis stands behind the winner's.
        """
        found = [
            deadline(
                terms,
                clock.started_at,
                calendar=self.calendar,
                directory_version=self.directory.version,
                extensions=clock.extensions,
                windows=windows,
            )
            for terms in self._terms(rule, state, clock)
        ]
        if rule.length.until:
            day = date.fromisoformat(str(line.facts[rule.length.until]))
            found.append(
                on_day(
                    ClockTerms(rule.name, rule.basis, "calendar_days", 0, "none"),
                    clock.started_at,
                    day,
                    calendar=self.calendar,
                    directory_version=self.directory.version,
                    extensions=clock.extensions,
                )
            )
        first = min(found, key=lambda due: due.due_at)
        bases = dict.fromkeys(due.derivation.basis for due in (first, *found))
        derivation = first.derivation.model_copy(update={"basis": both(*bases)})
        return replace(first, derivation=derivation)

    def _terms(self, rule: Clock, state: ProcedureState, clock: ClockState) -> list[ClockTerms]:
        on = legal_day(clock.started_at)
        terms = []
        if rule.length.number is not None:
            terms.append(
                ClockTerms(rule.name, rule.basis, rule.length.unit, rule.length.number, rule.roll)
            )
        local = self.directory.local_clocks(rule.length.local or rule.name, on)
        terms += [_local(rule, clock) for clock in local]
        if not local and rule.length.local:
            number, unit = self._of_level(rule.length.local, state, on)
            terms.append(ClockTerms(rule.name, rule.basis, unit, number, rule.roll))
        return terms

    def _of_level(self, name: str, state: ProcedureState, on: date) -> tuple[int, TimeUnit]:
        level = self.directory.level(str(state.lines[0].facts.get("level")), on)
        number = getattr(level.times, name, None) if level else None
        if number is None:
            raise NoLength(f"{self.directory.jurisdiction} gives no length for {name}")
        return number, "hours" if name.endswith("_h") else "minutes"

    def _rungs(self, rule: Clock, due_at: datetime) -> Sequence[Rung | LadderRung]:
        """The jurisdiction's ladder where it has one, else the table's."""
        if not rule.ladder:
            return ()
        return self.directory.ladder(rule.name, legal_day(due_at)) or rule.ladder

    def _ladder(
        self, rule: Clock, line: Line, chains: dict[str, tuple[str, ...]], due_at: datetime
    ) -> tuple[Call, ...]:
        """Who is called, rung by rung; a rung above the top of the line of command falls away."""
        own = line.agencies[0]
        above = (own, *chains.get(own, ()))
        calls: list[Call] = []
        at = due_at
        for rung in self._rungs(rule, due_at):
            if rung.up >= len(above):
                continue
            until = at + timedelta(hours=rung.within_h)
            calls.append(Call(agency=above[rung.up], role=rung.role, call_at=at, answer_by=until))
            at = until
        return tuple(calls)


def _local(rule: Clock, local: LocalClock) -> ClockTerms:
    return ClockTerms(rule.name, local.basis, local.unit, local.number, rule.roll)


def adopt(
    state: ProcedureState, reckoned: Reckoned, now: datetime
) -> tuple[ProcedureState, tuple[EngineEvent, ...]]:
    """The state with its deadlines, its lines where they belong now; a breach that a late-entered
    fact moved into the future is corrected.
    """
    missed = {(c.line, c.name) for c in state.clocks if c.status == "breached"}
    state, tells = succession.succeed(state, reckoned.successors, now)
    state = state.model_copy(update={"clocks": reckoned.clocks, "chains": reckoned.chains})
    for clock in reckoned.clocks:
        if (clock.line, clock.name) in missed and (clock.due_at is None or clock.due_at > now):
            state, more = escalation.correct(state, clock, now)
            tells = (*tells, *more)
    return state, tells

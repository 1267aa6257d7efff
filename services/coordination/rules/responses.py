"""Fast responses and escalations: who answers, and how fast a response went."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from contracts.agencies import AgencyCode, Principal
from contracts.levels import Times
from contracts.procedure import Line, ProcedureState

FAST_RESPONSE = "fast_response"
"""Name of the procedure whose record coordination keeps."""
OFFICERS = 2
"""Officers who act on site: two at least, as for every act of investigation (PROC art. 22)."""

Stage = Literal[
    "contacted", "on_site", "first_report", "written_report", "secured", "handed_over", "stood_down"
]


# ── who answers ──────────────────────────────────────────────────────────────────────────────────


def may_answer(who: Principal, agency: AgencyCode, role: str) -> bool:
    """Whether a rung that was called is this person's to answer."""
    return who.agency == agency and role in who.roles


# ── what a step of a response must state ─────────────────────────────────────────────────────────


def are_enough(officers: Collection[str]) -> bool:
    """Two different people at least: naming one twice makes no second officer."""
    return len({name.strip() for name in officers}) >= OFFICERS


def leader(state: ProcedureState) -> AgencyCode:
    """Who leads the response: the agency of its main line."""
    return state.lines[0].agencies[0]


def superior(state: ProcedureState, line: str) -> tuple[AgencyCode, AgencyCode | None]:
    """Who reports on this line, and the agency next up; None above the top."""
    running: Line = next(x for x in state.lines if x.key == line)
    reporting = running.agencies[0]
    return reporting, next(iter(state.chains.get(reporting, ())), None)


# ── how fast it went ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class StageTime:
    """How long a response took to one of its stages, beside what its level allows."""

    stage: Stage
    zh: str
    agency: AgencyCode
    reached_at: datetime | None
    took: timedelta | None
    allowed: timedelta | None

    @property
    def kept(self) -> bool | None:
        """Whether it came in time; None while it is open, or where the level sets no time."""
        if self.took is None or self.allowed is None:
            return None
        return self.took < self.allowed


def measured(
    agency: AgencyCode, since: datetime, reached: Mapping[Stage, datetime | None], times: Times
) -> tuple[StageTime, ...]:
    """The stages of one agency, from the mobilisation on."""
    allowed = {
        "contacted": times.first_contact_min,
        "on_site": times.on_site_min,
        "first_report": times.first_report_min,
        "written_report": times.written_report_min,
    }
    return tuple(
        StageTime(
            stage=stage,
            zh=_ZH[stage],
            agency=agency,
            reached_at=at,
            took=None if at is None else at - since,
            allowed=timedelta(minutes=allowed[stage]) if stage in allowed else None,
        )
        for stage, at in reached.items()
    )


def stages_reached(
    *,
    contacted_at: datetime | None,
    on_site_at: datetime | None,
    secured_at: datetime | None,
    handed_over_at: datetime | None,
    stood_down_at: datetime | None,
) -> dict[Stage, datetime | None]:
    """Whoever is on site is in contact, so arriving first counts as the first contact too."""
    return {
        "contacted": contacted_at or on_site_at,
        "on_site": on_site_at,
        "secured": secured_at,
        "handed_over": handed_over_at,
        "stood_down": stood_down_at,
    }


def reports_reached(sent: Iterable[tuple[str, datetime]]) -> dict[Stage, datetime | None]:
    """A written report is a first report as well, where nobody telephoned before."""
    of_kind = dict(sorted(sent, key=lambda s: s[1], reverse=True))
    first = [of_kind[kind] for kind in ("first", "written") if kind in of_kind]
    return {"first_report": min(first, default=None), "written_report": of_kind.get("written")}


_ZH: dict[Stage, str] = {
    "contacted": "首次联系",
    "on_site": "到达现场",
    "first_report": "电话首报",
    "written_report": "书面报告",
    "secured": "现场控制",
    "handed_over": "案件移送",
    "stood_down": "终止响应",
}

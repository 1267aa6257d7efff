"""Fingerprints: a released table never changes, since cases run on it for years."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from workflows.procedure.fingerprints import scheme_1, scheme_2
from workflows.procedure.fingerprints.syntax import CannotSee
from workflows.procedure.model import Procedure

SCHEMES: Mapping[str, Callable[[Procedure], str]] = {
    "scheme_1": scheme_1.fingerprint,
    "scheme_2": scheme_2.fingerprint,
}
"""How a table is turned into a fingerprint, by the name of the scheme."""
NEWEST = "scheme_2"
"""The one by which every table is pinned when it is released."""

Released = Mapping[str, Mapping[str, str]]
"""Scheme → `<procedure>.v<version>` → fingerprint at release."""


def named(procedure: Procedure) -> str:
    return f"{procedure.name}.v{procedure.version}"


def fingerprint(procedure: Procedure, scheme: str = NEWEST) -> str:
    """SHA-256 of everything a table says; comments, layout and docstrings do not count."""
    return SCHEMES[scheme](procedure)


def unseen(procedures: Iterable[Procedure]) -> Iterator[str]:
    """Tables that cannot be pinned, each with the reason."""
    for procedure in procedures:
        try:
            fingerprint(procedure)
        except CannotSee as why:
            yield f"{named(procedure)} cannot be pinned: {why}"


def changed(procedures: Iterable[Procedure], released: Released) -> Iterator[str]:
    """Released tables that are not what they were, and tables that are not released yet."""
    current = {named(p): p for p in procedures}
    for name in sorted({name for pinned in released.values() for name in pinned}):
        if name not in current:
            yield f"{name} was released and is gone: running cases are still on it"
        elif broken := [s for s in released if _differs(current[name], s, released[s])]:
            yield (
                f"{name} was released and has changed ({', '.join(broken)}): leave it, and the "
                "functions and constants its guards use, as they were and add a new version"
            )
    for name in sorted(current.keys() - released.get(NEWEST, {}).keys()):
        yield f"{name} is not in released.toml: release it with `make release-tables`"


def _differs(procedure: Procedure, scheme: str, pinned: Mapping[str, str]) -> bool:
    mark = pinned.get(named(procedure))
    return mark is not None and mark != fingerprint(procedure, scheme)

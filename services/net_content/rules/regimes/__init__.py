"""Which law on net content (净含量计量监管制度) holds where and when: an edition, a TOML file."""

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import Regime

__all__ = ["Regime", "digest", "editions", "find", "read"]


def find(
    name: str, edition: str | None, on: date | None, configured: Iterable[Regime] = ()
) -> Regime:
    """That edition; or where none is named, the one in force on that day.

    `configured` are editions that a deployment has filled in from the official text; each takes the
    place of ours of the same name and edition.
    """
    known = {(r.name, r.edition): r for r in (*editions(), *configured)}
    own = [r for r in known.values() if r.name == name]
    if not own:
        names = ", ".join(sorted({r.name for r in known.values()}))
        raise BadInput(
            "regime_unknown",
            f"没有制度“{name}”；可选：{names}。",
            f"There is no regime {name!r}; there are {names}.",
            field="regime",
        )
    if edition is None and on is not None:
        fitting = [r for r in own if r.in_force(on)]
    else:
        fitting = [r for r in own if edition in {None, r.edition}]
    if not fitting:
        there = ", ".join(r.edition for r in own)
        raise BadInput(
            "edition_unknown",
            f"制度“{name}”没有{edition or f'{on}当日施行的'}版本；可选：{there}。",
            f"Regime {name!r} has no edition {edition or f'in force on {on}'}; there are {there}.",
            field="edition",
        )
    return max(fitting, key=lambda r: r.edition)


@cache
def editions() -> tuple[Regime, ...]:
    """All we have; read once, part of the package, so as fixed as a constant."""
    found = sorted(files(__package__).iterdir(), key=lambda file: file.name)
    return tuple(read(f.read_text(encoding="utf-8")) for f in found if f.name.endswith(".toml"))


def read(text: str) -> Regime:
    """One edition from its TOML, every number exact."""
    return Regime.model_validate(tomllib.loads(text, parse_float=Decimal))


@cache
def digest(regime: Regime) -> str:
    """SHA-256 of its tables: which numbers a verdict was reached by."""
    return hashlib.sha256(regime.model_dump_json().encode()).hexdigest()

"""Which law on net content (净含量计量监管制度) holds where and when: an edition, a TOML file."""

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from contracts.says import Says
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import Regime

__all__ = ["Regime", "editions", "find", "read"]


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
            Says(
                f"没有制度“{name}”；可选：{names}。",
                f"There is no regime {name!r}; there are {names}.",
            ),
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
            Says(
                f"制度“{name}”没有{edition or f'{on}当日施行的'}版本；可选：{there}。",
                f"Regime {name!r} has no edition {edition or f'in force on {on}'}; "
                f"there are {there}.",
            ),
            field="edition",
        )
    return max(fitting, key=lambda r: r.edition)


@cache
def editions() -> tuple[Regime, ...]:
    """All we have; read once, part of the package, so as fixed as a constant."""
    found = sorted(file.name for file in files(__package__).iterdir())
    return tuple(read(_text(name)) for name in found if name.endswith(".toml"))


def read(text: str) -> Regime:
    """One edition from its TOML, every number exact.

    `like = "cn_2023"` begins with that one of ours: its deficiencies are added to, all else is
    replaced, and whoever brings a plan ends its waiting. So an edition is filled in by whoever has
    the official text, as `configured` of `find`, with its name and day under `source`.
    """
    return Regime.model_validate(_parsed(text))


def _parsed(text: str) -> dict[str, Any]:
    said = tomllib.loads(text, parse_float=Decimal)
    like = said.pop("like", None)
    if like is None:
        return said
    base = _parsed(_text(f"{like}.toml"))
    deficiencies = [*base.get("deficiencies", ()), *said.get("deficiencies", ())]
    if "plans" in said:
        base.pop("awaiting", None)
    return {**base, **said, "deficiencies": deficiencies}


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")

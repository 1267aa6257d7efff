"""Checks every procedure there is, and writes down new versions: `python -m workflows.lint`."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from workflows.procedure.fingerprints import (
    NEWEST,
    SCHEMES,
    Released,
    changed,
    fingerprint,
    named,
    unseen,
)
from workflows.procedure.lint import problems
from workflows.registry import PROCEDURES

RELEASED = Path(__file__).with_name("released.toml")
HEAD = """\
# Released tables and what they hashed to, by each scheme of fingerprints that pins them. Never edit
# one: add a version. scheme_1 saw a guard's own code; scheme_2 sees all its answer hangs on.
"""


def released(path: Path = RELEASED) -> Released:
    """Scheme → `<procedure>.v<version>` → fingerprint at release."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def release(path: Path = RELEASED) -> None:
    """Write down the fingerprints of new tables; what is pinned stays as it is."""
    known = released(path)
    pinned = {named(p): fingerprint(p) for p in PROCEDURES} | dict(known.get(NEWEST, {}))
    sections = [_section(s, known[s]) for s in SCHEMES if s in known and s != NEWEST]
    path.write_text("\n".join([HEAD, *sections, _section(NEWEST, pinned)]), encoding="utf-8")


def _section(scheme: str, pinned: Mapping[str, str]) -> str:
    lines = "".join(f'"{name}" = "{mark}"\n' for name, mark in sorted(pinned.items()))
    return f"[{scheme}]\n{lines}"


def main(arguments: list[str]) -> int:
    """Check every procedure; with `--release`, pin the new ones first."""
    found = [problem for p in PROCEDURES for problem in problems(p)]
    if cannot := list(unseen(PROCEDURES)):
        found += cannot
    else:
        if "--release" in arguments:
            release()
        found += changed(PROCEDURES, released())
    for problem in found:
        sys.stderr.write(problem + "\n")
    if not found:
        steps = sum(len(t.steps) for p in PROCEDURES for t in (p.main, *p.parts))
        sys.stdout.write(f"{len(PROCEDURES)} procedures, {steps} steps: nothing to object to\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

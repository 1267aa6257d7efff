"""Checks every procedure there is, and writes down new versions: `python -m workflows.lint`."""

import sys
import tomllib
from pathlib import Path

from workflows.procedure.lint import changed, fingerprint, problems
from workflows.registry import PROCEDURES

RELEASED = Path(__file__).with_name("released.toml")


def released(path: Path = RELEASED) -> dict[str, str]:
    """`<procedure>.v<version>` → fingerprint at release."""
    return tomllib.loads(path.read_text(encoding="utf-8"))["released"] if path.exists() else {}


def main(arguments: list[str]) -> int:
    """Check every procedure; `--release` writes down the fingerprints of new ones."""
    known = released()
    if "--release" in arguments:
        for p in PROCEDURES:
            known.setdefault(f"{p.name}.v{p.version}", fingerprint(p))
        lines = "".join(f'"{name}" = "{mark}"\n' for name, mark in sorted(known.items()))
        RELEASED.write_text(
            "# Released tables and what they hashed to. Never edit one: add a version.\n"
            f"[released]\n{lines}"
        )
    found = [problem for p in PROCEDURES for problem in problems(p)]
    found += changed(PROCEDURES, known)
    for problem in found:
        sys.stderr.write(problem + "\n")
    if not found:
        steps = sum(len(t.steps) for p in PROCEDURES for t in (p.main, *p.parts))
        sys.stdout.write(f"{len(PROCEDURES)} procedures, {steps} steps: nothing to object to\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

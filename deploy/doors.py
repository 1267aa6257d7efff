"""Where the record of a procedure is found and its steps are taken: the unit, and the path."""

from contracts.says import Says
from services.coordination.rules.openings import MATTERS
from services.kit.errors import Invalid

DOORS = {
    "enforcement_case": ("enforcement", "/cases"),
    "fast_response": ("coordination", "/responses"),
    "net_content_check": ("net-content", "/checks"),
} | {name: ("coordination", f"/matters/{name}") for name in MATTERS}
SHORT = {"case": "enforcement_case", "response": "fast_response", "check": "net_content_check"}
"""What the command line calls those it is asked for most."""


def door(of: str) -> tuple[str, str]:
    """Unit and path of a procedure, by its name or its short one."""
    found = DOORS.get(SHORT.get(of, of))
    if found is None:
        names = ", ".join([*SHORT, *MATTERS])
        raise Invalid(
            Says(f"--of 只能是 {names}。", f"--of is one of {names}"),
            field="--of",
            rule="procedure",
        )
    return found

"""The unit or the procedure that a command names, or a refusal that lists those there are."""

from contracts.catalogue import (
    PROCEDURES,
    UNITS,
    ProcedureRow,
    UnitRow,
    find_procedure,
)
from contracts.says import Says
from services.kit.errors import Invalid

UNIT_NAMES = tuple(unit.command for unit in UNITS)


def unit_named(name: str) -> UnitRow:
    found = next((unit for unit in UNITS if unit.command == name), None)
    if found is None:
        raise Invalid(
            Says(f"没有单元 {name}。", f"there is no unit {name}: {', '.join(UNIT_NAMES)}"),
            field="UNIT",
            rule="unit",
        )
    return found


def procedure_named(of: str) -> ProcedureRow:
    """By its name or its short one."""
    found = find_procedure(of)
    if found is None:
        names = ", ".join(row.short or row.name for row in PROCEDURES)
        raise Invalid(
            Says(f"--of 只能是 {names}。", f"--of is one of {names}"),
            field="--of",
            rule="procedure",
        )
    return found

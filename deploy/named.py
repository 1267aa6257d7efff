"""The unit or the procedure that a command names, or a refusal that lists those there are."""

from contracts.catalogue import (
    PROCEDURES,
    UNITS,
    ProcedureRow,
    UnitRow,
    find_procedure,
)
from services.kit.errors import Invalid

UNIT_NAMES = tuple(unit.command for unit in UNITS)


def unit_named(name: str) -> UnitRow:
    found = next((unit for unit in UNITS if unit.command == name), None)
    if found is None:
        raise Invalid(
            f"there is no unit {name}: {', '.join(UNIT_NAMES)}",
            f"没有单元 {name}。",
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
            f"--of is one of {names}", f"--of 只能是 {names}。", field="--of", rule="procedure"
        )
    return found

"""Who takes the steps of jurisdiction, and who is called when a superior is silent."""

from contracts.agencies import Role
from workflows.procedure.model import By, Rung

HEAD = By(Role.HEAD)
OPENER = By(Role.HEAD, fact="opened_by")
SUPERIOR = By(Role.HEAD, at="superior")
ANY_ABOVE = By(Role.HEAD, at="above")
COMMON_SUPERIOR = By(Role.HEAD, at="common_superior")

FROM_ABOVE = (
    Rung(Role.HEAD, 1, 24),
    Rung(Role.CHIEF, 1, 24),
    Rung(Role.HEAD, 2, 24),
    Rung(Role.HEAD, 3, 24),
)
"""The ladder of a clock that a superior has to meet; the times between rungs are ours, not law."""

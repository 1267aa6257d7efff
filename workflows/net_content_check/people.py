"""Who takes the steps of a check."""

from contracts.agencies import Role
from workflows.procedure.model import By

INSPECTOR = By(Role.INSPECTOR)
HEAD = By(Role.HEAD)
LAW = By(Role.SYSTEM)

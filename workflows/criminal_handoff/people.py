"""Who takes the steps of a criminal hand-off."""

from contracts.agencies import Role
from workflows.procedure.model import By

UNIT_HEAD = By(Role.UNIT_HEAD)
INSPECTOR = By(Role.INSPECTOR)
LIAISON = By(Role.LIAISON)
HEAD = By(Role.HEAD)
CHIEF = By(Role.CHIEF)
LAW = By(Role.SYSTEM)

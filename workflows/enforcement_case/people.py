"""Who takes the steps of an enforcement case, and which days its clocks leave out."""

from contracts.agencies import Role
from workflows.procedure.model import By

INSPECTOR = By(Role.INSPECTOR)
UNIT_HEAD = By(Role.UNIT_HEAD)
REVIEWER = By(Role.LEGAL_REVIEWER)
HEAD = By(Role.HEAD)
LAW = By(Role.SYSTEM)

TESTS = frozenset({"testing"})
"""Testing, inspection, quarantine and appraisal: windows of one kind, so that overlapping ones
merge.
"""

"""Who takes the steps of a request for assistance, and what a rule rests on that the law leaves
open.
"""

from contracts.agencies import Role
from workflows.procedure.model import By

LIAISON = By(Role.LIAISON)
REQUESTER = By(Role.LIAISON, at="main")

OURS = "协查办理规程（我们所设；第四十五条未规定） ours: art. 45 is silent on it"

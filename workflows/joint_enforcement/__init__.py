"""Joint enforcement (执法联动): a lead invites, each agency answers for itself, one outcome for
all.

The founding plans ask for it and print no steps. These follow the European Union's Internal Market
Information System (Regulation (EU) No 1024/2012): a request is accepted, forwarded, split or
refused with a reason, by an agreed date. Lengths are the jurisdiction's.
"""

from workflows.joint_enforcement.leads import CONSENT, MANDATE
from workflows.joint_enforcement.operation import OPERATION
from workflows.joint_enforcement.task import TASK
from workflows.procedure.model import Procedure

JOINT_ENFORCEMENT = Procedure(
    "joint_enforcement",
    1,
    owner="coordination",
    zh="联合执法",
    main=OPERATION,
    parts=(TASK, CONSENT, MANDATE),
)

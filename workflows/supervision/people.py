"""Who supervises, who is supervised, and what a rule rests on that no national text prints."""

from contracts.agencies import Role
from workflows.procedure.model import By

HEAD = By(Role.HEAD)
LIAISON = By(Role.LIAISON)
SUPERVISOR = By(Role.HEAD, fact="issued_by")
LAW = By(Role.SYSTEM)

SET = "监督机关确定的日期 the day the supervisor set"
LOCAL = "本辖区执法监督办理期限 the jurisdiction's times of supervision"
CASE = "案件督办（本辖区规定；未见全国性规定期限） supervised handling, the jurisdiction's"
GOVERNMENT = "本地行政执法监督条例 the local ordinance on enforcement supervision"

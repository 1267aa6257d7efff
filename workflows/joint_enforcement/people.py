"""Who takes the steps of a joint operation, and on whose rules."""

from contracts.agencies import Role
from workflows.procedure.model import By

LIAISON = By(Role.LIAISON)
HEAD = By(Role.HEAD)
INSPECTOR = By(Role.INSPECTOR)
LEAD = By(Role.LIAISON, at="main")
LAW = By(Role.SYSTEM)

OURS = "联合执法规程（我们所设，仿欧盟内部市场信息系统） ours, after the EU's IMI"
AGREED = "约定的日期 the date agreed"
LOCAL = "本辖区联合执法期限 the jurisdiction's times of joint enforcement"

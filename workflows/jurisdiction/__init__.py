"""Who is competent (管辖): a dispute settled or decided, a case called up, assigned or moved.

PROC: 市场监督管理行政处罚程序规定 (SAMR Order 2 of 2018, amended by Orders 42 of 2021 and 61 of
2022), arts 13-16. The case itself moves when it hears how jurisdiction was fixed; its clocks run
on.
"""

from workflows.jurisdiction.change import CHANGE
from workflows.jurisdiction.dispute import DISPUTE, POSITION
from workflows.procedure.model import Procedure

JURISDICTION_DISPUTE = Procedure(
    "jurisdiction_dispute",
    1,
    owner="coordination",
    zh="管辖争议",
    main=DISPUTE,
    parts=(POSITION,),
)
JURISDICTION_CHANGE = Procedure(
    "jurisdiction_change", 1, owner="coordination", zh="管辖变更", main=CHANGE
)

"""Messages as they are really sent, one of every type: what the committed examples are made of."""

from contracts.messages import Message
from tests.support.examples import (
    coordination,
    criminal_handoff,
    decisions,
    intake,
    investigation,
    joint_enforcement,
    matters,
    net_content,
    oversight,
    procedure,
)

EXAMPLES: tuple[Message, ...] = (
    *intake.EXAMPLES,
    *investigation.EXAMPLES,
    *decisions.EXAMPLES,
    *coordination.EXAMPLES,
    *joint_enforcement.EXAMPLES,
    *criminal_handoff.EXAMPLES,
    *matters.EXAMPLES,
    *net_content.EXAMPLES,
    *procedure.EXAMPLES,
    *oversight.EXAMPLES,
)

"""How the rules of a procedure say no: a code for machines, a sentence for the person, the
article that closes the gate.
"""

from typing import Any

from contracts.says import Says


class StepRefused(Exception):
    """A step that may not be taken now. Carries what the caller's format needs."""

    def __init__(self, code: str, says: Says, **fields: Any) -> None:
        super().__init__(str(says))
        self.code, self.says, self.fields = code, says, fields

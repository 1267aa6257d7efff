"""How the rules of a procedure say no: a code for machines, a sentence for the person, the
article that closes the gate.
"""

from typing import Any


class StepRefused(Exception):
    """A step that may not be taken now. Carries what the caller's format needs."""

    def __init__(self, code: str, zh: str, en: str, **fields: Any) -> None:
        super().__init__(f"{zh} / {en}")
        self.code, self.zh, self.en, self.fields = code, zh, en, fields

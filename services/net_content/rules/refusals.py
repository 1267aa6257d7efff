"""How a rule says that it cannot judge what it was given."""

from contracts.says import Says


class BadInput(ValueError):
    """The facts or the question break a rule of form; names the rule (`code`) and the field.

    A ValueError, so that pydantic reports it as one when it comes up while JSON is read.
    """

    def __init__(self, code: str, says: Says, *, field: str) -> None:
        super().__init__(code, says, field)
        self.code = code
        self.says = says
        self.field = field

    def __str__(self) -> str:
        return str(self.says)


class NotKnown(BadInput):
    """The law has a number here that nobody confirmed to us; we do not invent one."""

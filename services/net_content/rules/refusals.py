"""How a rule says that it cannot judge what it was given."""


class BadInput(ValueError):
    """The facts or the question break a rule of form; names the rule (`code`) and the field.

    A ValueError, so that pydantic reports it as one when it comes up while JSON is read.
    """

    def __init__(self, code: str, zh: str, en: str, *, field: str) -> None:
        super().__init__(code, zh, en, field)
        self.code = code
        self.zh = zh
        self.en = en
        self.field = field

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


class NotKnown(BadInput):
    """The law has a number here that nobody confirmed to us; we do not invent one."""

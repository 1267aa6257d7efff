"""Our exceptions: the rules say no, or something is down.

* SteelyardError
  + Refusal: the request was understood and the rules say no; never retried
    - Invalid (422), Unauthorised (401), Forbidden (403), NotFound (404), … (beside the rule)
  + Fault: a key, a file or the log itself is not as it must be; whoever runs it mends it
  + Unavailable: something we depend on is down; always asked again
  + OutOfStep: the record and its procedure disagree; stops and alarms
"""

from typing import Any

from contracts.says import Says


class SteelyardError(Exception):
    """Base of every exception this project raises on purpose. `says` is for people."""

    def __init__(self, says: Says) -> None:
        super().__init__(says)
        self.says = says

    def __str__(self) -> str:
        return str(self.says)


class Refusal(SteelyardError):
    """The rules say no. `code` is stable and for machines."""

    status = 409

    def __init__(self, code: str, says: Says, *, status: int | None = None, **fields: Any) -> None:
        super().__init__(says)
        self.code = code
        self.fields = fields
        if status is not None:
            self.status = status


class Invalid(Refusal):
    """What was sent breaks the form it must have."""

    status = 422

    def __init__(self, says: Says, *, field: str, rule: str, **fields: Any) -> None:
        super().__init__("invalid", says, field=field, rule=rule, **fields)


class Unauthorised(Refusal):
    """Nobody proved who is asking."""

    status = 401

    def __init__(self, says: Says, *, code: str = "unauthorised") -> None:
        super().__init__(code, says)


class Forbidden(Refusal):
    """Whoever asks does not hold the role for it."""

    status = 403

    def __init__(self, says: Says, *, code: str = "forbidden", **fields: Any) -> None:
        super().__init__(code, says, **fields)


class NotFound(Refusal):
    """There is no such thing, or none that the asker may see. `what` names the kind of thing."""

    status = 404

    def __init__(self, what: Says, key: object) -> None:
        says = Says(f"没有{what.zh} {key}。", f"There is no {what.en} {key}")
        super().__init__("not_found", says)


class Fault(SteelyardError):
    """Something of ours is wrong, in words for whoever runs it."""


class Unavailable(SteelyardError):
    """Something we depend on did not answer. Asking again later may work."""


class OutOfStep(SteelyardError):
    """A step's number is not the next one of its procedure: stop and alarm, never retry."""

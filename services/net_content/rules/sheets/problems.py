"""One thing that is wrong with what was handed in: where, which rule, and in words."""

from dataclasses import dataclass

from contracts.says import Says


@dataclass(frozen=True)
class Problem:
    """Shown to whoever handed it in; all of them together, not the first alone."""

    cell: str
    """`C7` of a table, `packages.3.net` of JSON, or the field."""
    code: str
    says: Says

    def told(self) -> dict[str, str]:
        """As it goes out in an answer."""
        return {"cell": self.cell, "code": self.code, "zh": self.says.zh, "en": self.says.en}

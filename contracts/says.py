"""What is said to a person: a refusal, a problem with an input, a fault. Chinese first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Says:
    """One sentence in two languages. Built where the code of a refusal is, from its values."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} {self.en}".strip()

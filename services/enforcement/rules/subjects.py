"""Who a report is about: one key for one party, however the sender spelt it."""

import unicodedata
from functools import lru_cache

from contracts.credit_code import uscc_problem
from contracts.messages import RegionCode

BRACKETS = str.maketrans("【】〔〕[]{}", "()()()()")


@lru_cache(maxsize=5_000)  # asked twice of each report of a batch
def subject_key(name: str, code: str | None, region: RegionCode) -> str:
    """The party's credit code where it is sound; else its name within its division."""
    if code is not None and uscc_problem(folded := code.strip().upper()) is None:
        return f"uscc:{folded}"
    return f"name:{_folded(name)}@{region}"


def _folded(name: str) -> str:
    """Full and half width, brackets, spaces and case make no other party."""
    wide = unicodedata.normalize("NFKC", name).translate(BRACKETS)
    return "".join(wide.split()).casefold()

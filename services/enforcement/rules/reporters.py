"""The opaque reference that stands for a reporter (举报人) wherever a name must not be."""

import re

PREFIX = "rep-"
_OPAQUE = re.compile(PREFIX + r"[A-Za-z0-9_-]{6,43}")


def is_opaque(reference: str) -> bool:
    return _OPAQUE.fullmatch(reference) is not None

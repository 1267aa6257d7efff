"""The opaque reference that stands for a reporter (举报人) wherever a name must not be."""

import re

PREFIX = "RPT-"
_OPAQUE = re.compile(r"RPT-[A-Za-z0-9_-]{22}")
"""128 random bits, base64url."""


def is_opaque(reference: str) -> bool:
    return _OPAQUE.fullmatch(reference) is not None

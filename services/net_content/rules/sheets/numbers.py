"""Numbers as people and files write them, read exactly (数值读取): no float, no locale."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo

from contracts.says import Says
from services.net_content.rules.refusals import BadInput

DIGITS = 18
"""More than any scale shows; a number beyond is a slip, and would make sums slow."""
_PLAIN = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")


def exact(value: object, field: str) -> Decimal:
    """The number as it is written: `496.2`, `-0.5`; never `496,2`, `1 000` or `1e3`."""
    if isinstance(value, Decimal):
        return _within(value, field)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _not_a_number(value, field)
    text = str(value).strip()
    if isinstance(value, float) and "e" in text:  # JSON's 1e-05 is one number as well as another
        return _within(Decimal(text), field)
    if "," in text or "，" in text:
        raise BadInput(
            "decimal_comma",
            Says(
                f"{field}：数字“{text}”含逗号；小数点请写“.”，不写千分位。",
                f"{field}: {text!r} has a comma; write the decimal point as '.', "
                "thousands unmarked.",
            ),
            field=field,
        )
    if _PLAIN.fullmatch(text, endpos=64) is None:
        raise _not_a_number(text, field)
    return _within(Decimal(text), field)


def _within(value: Decimal, field: str) -> Decimal:
    if not value.is_finite():
        raise _not_a_number(value, field)
    exponent = value.as_tuple().exponent
    if not (isinstance(exponent, int) and exponent >= -DIGITS and value.adjusted() < DIGITS):
        raise BadInput(
            "out_of_range",
            Says(
                f"{field}：数值超出可读范围（小数点前后各{DIGITS}位以内）。",
                f"{field}: out of range; at most {DIGITS} digits on each side of the point.",
            ),
            field=field,
        )
    return value


def _not_a_number(value: object, field: str) -> BadInput:
    return BadInput(
        "not_a_number",
        Says(
            f"{field}：“{value!s:.40}”不是数字。", f"{field}: {str(value)[:40]!r} is not a number."
        ),
        field=field,
    )


def _field(value: Any, seen: ValidationInfo) -> Decimal:
    return exact(value, seen.field_name or "value")


def plain(value: Decimal) -> str:
    """Without an exponent, so that one number has one form: `1E+1` is `10`."""
    return f"{value:f}"


Exact = Annotated[
    Decimal, BeforeValidator(_field), PlainSerializer(plain, return_type=str, when_used="json")
]
"""A decimal that JSON carries as a string."""

"""The reference of a reporter: nothing of a person may pass for one."""

import pytest

from services.enforcement.rules.reporters import PREFIX, is_opaque
from services.enforcement.vault import REFERENCE_BYTES


@pytest.mark.parametrize(
    "wrong",
    ["", "张三", "13800138000", "rep-", "rep-张三丰张三丰", "rep-abcdef\n", "rep-" + "a" * 44],
)
def test_a_name_or_a_number_is_no_reference(wrong: str) -> None:
    assert not is_opaque(wrong)


def test_a_reference_has_128_random_bits() -> None:
    assert REFERENCE_BYTES * 8 == 128
    assert is_opaque(PREFIX + "A" * 22)

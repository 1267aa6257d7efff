"""The same party is one subject, however it is spelt; two parties are two."""

import pytest

from services.enforcement.rules.subjects import subject_key

CODE = "91370202MA9TE5T04A"


def test_a_sound_code_is_the_party_whatever_it_is_called_and_wherever() -> None:
    one = subject_key("青岛某商行", CODE, "370202")
    other = subject_key("青岛某商行有限公司", f" {CODE.lower()}", "370211")

    assert one == other == f"uscc:{CODE}"


@pytest.mark.parametrize("code", [None, "", "91370202MA9TE5T04B"])
def test_without_a_sound_code_the_name_counts_in_its_place(code: str | None) -> None:
    here = subject_key("某商行", code, "370202")

    assert here == "name:某商行@370202"
    assert here != subject_key("某商行", code, "370211")


@pytest.mark.parametrize(
    "spelt",
    ["某商行(南京路店)A", "某商行（南京路店）Ａ", "某商行 （南京路店）a ", "某商行【南京路店】a"],
)
def test_width_spaces_brackets_and_case_make_no_other_party(spelt: str) -> None:
    assert subject_key(spelt, None, "370202") == "name:某商行(南京路店)a@370202"

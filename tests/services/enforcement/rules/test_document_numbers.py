"""Document numbers: written one way, read however they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enforcement.rules.document_numbers import (
    DocumentKind,
    DocumentNumber,
    NotADocumentNumber,
    document_number,
    parse_document_number,
)


def test_a_number_is_printed_with_the_year_in_six_cornered_brackets() -> None:
    assert document_number("青", DocumentKind.PENALTY, 2026, 1) == "青市监处罚〔2026〕1号"


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("冀市监石处〔2025〕13012325000098号", DocumentNumber("冀", "石处", 2025, 13012325000098)),
        ("渝南川市监处罚〔2026〕602号", DocumentNumber("渝南川", "处罚", 2026, 602)),
        ("五市监处罚〔2024〕524号", DocumentNumber("五", "处罚", 2024, 524)),
        ("东平市监处罚〔2025〕81 号", DocumentNumber("东平", "处罚", 2025, 81)),
        ("塔城市市监处罚〔2022〕33号", DocumentNumber("塔城市", "处罚", 2022, 33)),
        ("牟市监罚字〔2023〕165号", DocumentNumber("牟", "罚字", 2023, 165)),
    ],
)
def test_numbers_of_real_papers_are_read(printed: str, read: DocumentNumber) -> None:
    assert parse_document_number(printed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "青市监处罚[2026]33号",
        "青市监处罚(2026)33号",
        "青市监处罚（2026）33号",
        "青市监处罚【2026】33号",
        "青市监处罚{2026}33号",
        "青市监处罚〔２０２６〕３３号",
        "青市监处罚〔2026年〕第33号",
        "青市监处罚〔2026〕33",
        " 青 市监 处罚 〔 2026 〕 33 号 ",
        "青市监处罚2026 33",
        "青市监处罚 2026 33号",
    ],
)
def test_every_way_of_typing_means_the_same_paper(typed: str) -> None:
    assert str(parse_document_number(typed)) == "青市监处罚〔2026〕33号"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "青市监处罚〔2026〕号",
        "青市监处罚〔2026〕0号",
        "青市监处罚〔26〕1号",
        "青市监处罚〔2026〕一号",
        "市监处罚〔2026〕1号",
        "青市监〔2026〕1号",
        "青政〔2022〕32号",
        "青市监处罚202633号",
        "青市监处罚〔2026〕1号及2号",
        "青市监处罚〔2026〕" + "9" * 30 + "号",
    ],
)
def test_anything_else_is_no_number(typed: str) -> None:
    with pytest.raises(NotADocumentNumber):
        parse_document_number(typed)


@pytest.mark.parametrize(("year", "serial"), [(2026, 0), (2026, -1), (26, 1)])
def test_no_paper_is_numbered_so(year: int, serial: int) -> None:
    with pytest.raises(ValueError, match="no paper"):
        document_number("青", DocumentKind.FILING, year, serial)


@given(
    st.sampled_from(["青", "鲁青岛", "渝南川", "塔城市"]),
    st.sampled_from(DocumentKind),
    st.integers(1950, 2099),
    st.integers(1, 10**9),
)
def test_what_is_written_is_read_again(area: str, kind: str, year: int, serial: int) -> None:
    read = parse_document_number(document_number(area, kind, year, serial))

    assert read == DocumentNumber(area, kind, year, serial)

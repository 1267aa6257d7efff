"""Numbers of enforcement papers (文书编号): `青市监处罚〔2026〕1号`, written and read."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """Kind marks we issue; convention, not law. What is read may bear any other."""

    FILING = "立"
    NO_FILING = "不立"
    PENALTY = "处罚"
    ON_THE_SPOT_PENALTY = "当罚"
    NO_PENALTY = "不罚"
    PENALTY_NOTICE = "罚告"
    HEARING_NOTICE = "听通"
    COERCIVE_MEASURE = "强制"
    EXTENDED_MEASURE = "延强"
    LIFTED_MEASURE = "解强"
    PRESERVED_EVIDENCE = "登保"
    ORDER_TO_CORRECT = "责改"
    ASSISTANCE = "协查"
    HAND_OVER = "移送"
    CRIMINAL_HAND_OVER = "涉罪移"
    COMMISSIONED_TEST = "检委"
    DEMAND = "催告"
    CLOSING = "结"


class NotADocumentNumber(ValueError):
    """A text that does not have the form of a document number."""


@dataclass(frozen=True)
class DocumentNumber:
    """Area mark, kind mark, year and serial: what tells one paper from every other."""

    area: str
    kind: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.area}市监{self.kind}〔{self.year}〕{self.serial}号"


def document_number(prefix: str, kind: str, year: int, serial: int) -> str:
    """The number as papers print it, year in the six-cornered brackets of GB/T 9704."""
    if not 1949 <= year <= 9999 or serial < 1:
        raise ValueError(f"no paper has the year {year} and the serial {serial}")
    return str(DocumentNumber(prefix, kind, year, serial))


def parse_document_number(text: str) -> DocumentNumber:
    """The number in a text as people type it: any bracket or none, spaces, full-width digits."""
    found = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise NotADocumentNumber(f"不是文书编号 not a document number: {text!r}")
    year, serial = int(found["year"] or found["bare_year"]), int(found["serial"])
    if serial < 1:
        raise NotADocumentNumber(f"序号从1开始 serials start at 1: {text!r}")
    return DocumentNumber(found["area"], found["kind"], year, serial)


_FORM = re.compile(
    r"""
    (?P<area>[^\s\d]{1,20}?) \s* 市监 \s* (?P<kind>[^\s\d\[\](){}〔〕【】]{1,10}) \s*
    (?: [\[({〔【] \s* (?P<year>(?:19|20)\d\d) \s* 年? \s* [\])}〕】]
      | (?P<bare_year>(?:19|20)\d\d) \s )
    \s* 第? \s* (?P<serial>\d{1,18}) \s* 号?
    """,
    re.VERBOSE,
)

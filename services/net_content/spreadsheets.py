"""Tables of text out of what a laboratory uploads, and the template it fills in: CSV or XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from contracts.says import Says
from services.kit.errors import Invalid
from services.net_content.rules.sheets.table import COLUMNS, HEAD, MAX_PACKAGES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_UNPACKED = 20_000_000
"""A small file may unpack to gigabytes; one of ours never comes near this."""
MAX_ROWS = MAX_PACKAGES + 50
MAX_COLUMNS = 26
SAMPLE = (("1", "520.4", "20.1", "", ""), ("2", "519.8", "20.1", "", ""))


def rows_of_csv(content: bytes) -> list[list[str]]:
    """A sheet of measurements."""
    return list(islice(lines_of_csv(content), MAX_ROWS))


def lines_of_csv(content: bytes) -> Iterator[list[str]]:
    """UTF-8, or GB 18030 as office software writes it here; comma, semicolon or tab."""
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Invalid(
            Says("不是 CSV 文件。", f"No CSV: {error}"), field="body", rule="csv"
        ) from error


def rows_of_xlsx(content: bytes) -> list[list[str]]:
    """The first worksheet, values only: formulas count as what they last came to."""
    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            cells = book.worksheets[0].iter_rows(
                max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True
            )
            return [[_text(cell) for cell in row] for row in cells]
        finally:
            book.close()
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        DefusedXmlException,
        ParseError,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        EOFError,
        OSError,
    ) as error:
        says = f"This is no XLSX workbook: {type(error).__name__}"
        raise Invalid(Says("不是 XLSX 工作簿。", says), field="body", rule="xlsx") from error


def template_csv() -> bytes:
    """With a byte order mark: office software then reads it as UTF-8."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(_template())
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def template_xlsx() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("检测数据")
    for row in _template():
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _template() -> Iterator[tuple[str, ...]]:
    given = {"laboratory": "", "instruments": "", "measured_on": "2026-04-20", "unit": "g"}
    for name, zh in HEAD.items():
        yield f"{zh} {name}", given[name]
    yield ()
    yield tuple(f"{zh} {name}" for name, zh in COLUMNS.items())
    yield from SAMPLE


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid(Says("不是文本文件。", "No text file"), field="body", rule="encoding")


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise Invalid(Says("解压后过大。", "It unpacks too large"), field="body", rule="size")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        # the shortest text that reads back as the same number is what was typed
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    return str(cell)

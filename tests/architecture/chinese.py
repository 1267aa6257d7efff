"""Chinese texts among our own: where a literal has one, and where its punctuation is half-width."""

import ast
import re
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HOLE = "\ufffc"
"""Stands for what an f-string fills in, one for each character of its source."""
FULL = dict(zip(",;:!?()", "，；：！？（）", strict=True))

_BEFORE = f"[{HAN}」』”）》〕]"
_AFTER = f"[{HAN}「『“《（〔"
HALF_WIDTH = re.compile(
    rf"(?<={_BEFORE})[,;:!?]\s?(?={_AFTER}0-9{HOLE}])"
    rf"|(?<={HOLE})[,;:!?](?={_AFTER}])"
    rf"|(?<=[{HAN}])\s?\(|\)(?=[{HAN}])"
)
"""Between Chinese characters, or one and a number or what is filled in; a bracket beside one."""
_HAN = re.compile(f"[{HAN}]")
_PUNCTUATION = re.compile("[，；：！？（）。、]")
_CLAUSE = re.compile(f"[{HAN}]{{4}}|[{HAN}][，。；：]")
_SENTENCE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:,? [A-Za-z'’-]+){2,}")


def is_chinese(text: str) -> bool:
    return bool(_HAN.search(text))


def may_be_chinese(text: str) -> bool:
    """It has Chinese, or is nothing but what is filled in."""
    return is_chinese(text) or (HOLE in text and not re.search("[A-Za-z]", text))


def is_english(text: str) -> bool:
    return not _HAN.search(text) and not _PUNCTUATION.search(text)


def half_width(text: str) -> list[str]:
    """Each place with a few characters around it."""
    return [text[max(0, m.start() - 10) : m.end() + 6] for m in HALF_WIDTH.finditer(text)]


def has_english(text: str) -> bool:
    """A few English words in a row."""
    return bool(_SENTENCE.search(text))


def english_first(text: str) -> bool:
    """An English sentence stands before a Chinese one."""
    chinese, english = _CLAUSE.search(text), _SENTENCE.search(text)
    return bool(chinese and english and english.start() < chinese.start())


def text_of(node: ast.AST) -> str | None:
    """What a literal says, with a hole where an f-string fills something in."""
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else HOLE for p in node.values)
        return "".join(map(str, parts))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def literals(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every literal with Chinese in it; of docstrings, those people are shown."""
    parts: set[ast.AST] = {
        part
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    }
    passed_over = parts | _comments(module)
    for node in ast.walk(module):
        text = None if node in passed_over else text_of(node)
        if text is not None and is_chinese(text):
            yield getattr(node, "lineno", 0), text


def _comments(module: ast.Module) -> set[ast.AST]:
    """Docstrings, but for those that begin with Chinese: they are shown as a command's help."""
    bodies = [body for n in ast.walk(module) if isinstance(body := getattr(n, "body", None), list)]
    alone = [(s.value, s is body[0]) for body in bodies for s in body if isinstance(s, ast.Expr)]
    return {text for text, first in alone if not (first and is_chinese((text_of(text) or "")[:1]))}

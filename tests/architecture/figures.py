"""How big the parts of the project are; `python -m tests.architecture.figures` prints the table."""

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from tests.architecture.house import PACKAGES, ROOT, modules, name_of, tree
from tests.toy_service import counting


def sources() -> list[Path]:
    """Every module that is neither a test nor a released migration."""
    return [path for path in modules() if "versions" not in path.parts]


def files_by_folder() -> Counter[str]:
    """How many modules lie in each folder itself."""
    return Counter(name_of(path.parent) for path in sources())


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function and method with its number of lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def meanings() -> dict[str, list[str]]:
    """Every public class or alias of a module, with the modules that define one of that name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        for node in tree(path).body:
            for name in _defined(node):
                found[name].append(name_of(path))
    return found


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
        is_type = name[0].isupper() and not name.isupper()
        if is_type and not ast.unparse(node.value).startswith("TypeVar("):
            yield name


def ninetieth(numbers: list[int]) -> int:
    return round(quantiles(numbers, n=10)[-1])


def table() -> list[tuple[str, str]]:
    """What ARCHITECTURE.md says of the project's size: what is counted, and the figure."""
    folders = [n for name, n in files_by_folder().items() if name != "contracts"]
    long = [lines(path) for path in sources()]
    inside = [length for path in sources() for _, length in functions(path)]
    double = sum(len(places) > 1 for name, places in meanings().items() if name[0] != "_")
    return [
        ("modules", f"{len(long)}"),
        ("modules a folder, median and largest", f"{median(folders):.0f} / {max(folders)}"),
        ("lines a module, median and 90th percentile", f"{median(long):.0f} / {ninetieth(long)}"),
        ("modules over 250 lines", f"{sum(n > 250 for n in long)}"),
        (
            "lines a function, median and 90th percentile",
            f"{median(inside):.0f} / {ninetieth(inside)}",
        ),
        ("names of classes with more than one meaning", f"{double}"),
        ("a new service", f"{counting.pattern()}; {counting.elsewhere()} edited elsewhere"),
    ]


if __name__ == "__main__":
    sys.stdout.write(f"{ROOT.name}: {', '.join(PACKAGES)}\n")
    for what, figure in table():
        sys.stdout.write(f"{what}: {figure}\n")

"""Follows who names whom through the sources, from what is started to all it can reach."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tests.architecture.house import modules, name_of, tree

PLAIN = {
    "abstractmethod", "asynccontextmanager", "cache", "cached_property", "classmethod",
    "contextmanager", "dataclass", "lru_cache", "overload", "override", "property",
    "staticmethod", "total_ordering",
}  # fmt: skip
"""Decorators that leave a definition to be called; any other hands it to someone who will."""
ATTRIBUTE, METHOD = "an attribute", "a method"
"""Stand in place of a module where an attribute is read, or called, of who knows what."""

_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


class Place(NamedTuple):
    """A definition, `Class.method` too; a module's own statements have no name."""

    module: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


class Sources:
    """Every definition of some modules, and what each of them names."""

    def __init__(self, trees: Mapping[str, ast.Module]) -> None:
        self.lines: dict[Place, int] = {}
        self._trees = trees
        self._names: dict[Place, set[Place]] = defaultdict(set)
        self._modules: dict[str, dict[str, str]] = defaultdict(dict)
        """The modules that each module has imported, by their local names."""
        for module, parsed in trees.items():
            self._import(module, parsed)
            for node in parsed.body:
                self._add(module, node)

    def reached_from(self, roots: Iterable[Place]) -> set[Place]:
        reached: set[Place] = set()
        waiting = list(roots)
        while waiting:
            if (place := waiting.pop()) not in reached:
                reached.add(place)
                waiting += self._names[place]
        return reached

    def programs(self) -> Iterator[Place]:
        """The modules that are run: by `python -m`, or by Alembic."""
        for module, parsed in self._trees.items():
            guards = (ast.unparse(node.test) for node in parsed.body if isinstance(node, ast.If))
            if module.endswith((".__main__", ".env")) or "__name__ == '__main__'" in guards:
                yield Place(module)

    def _import(self, module: str, parsed: ast.Module) -> None:
        for node in ast.walk(parsed):
            if isinstance(node, ast.ImportFrom) and (source := node.module or "") in self._trees:
                for alias in node.names:
                    own, inner = alias.asname or alias.name, f"{source}.{alias.name}"
                    found = Place(source, alias.name)
                    if inner in self._trees:
                        found = Place(inner)
                        self._modules[module][own] = inner
                    self._names[Place(module)].add(Place(found.module))
                    self._names[Place(module, own)].add(found)

    def _add(self, module: str, node: ast.stmt) -> None:
        """Take a statement for a definition, or for what its module does when it is imported."""
        if (name := _defined(node)) is None:
            self._names[Place(module)] |= set(self._named(module, node))
            return
        place = self._define(Place(module, name), node, Place(module))
        if isinstance(node, ast.ClassDef):
            self._add_class(place, node)
        else:
            self._names[place] |= set(self._named(module, node))

    def _add_class(self, place: Place, node: ast.ClassDef) -> None:
        methods = [inner for inner in node.body if isinstance(inner, _FUNCTION)]
        for part in (*node.bases, *node.keywords, *node.decorator_list, *node.body):
            if part not in methods:
                self._names[place] |= set(self._named(place.module, part))
        for method in methods:
            name = method.name
            own = self._define(Place(place.module, f"{place.name}.{name}"), method, place)
            self._names[own] |= set(self._named(place.module, method))
            self._names[Place(ATTRIBUTE, name)].add(own)
            if not _is_property(method):
                self._names[Place(METHOD, name)].add(own)
            if name.startswith("__") or (node.bases and _overrides(place, name)):
                self._names[place].add(own)

    def _define(self, place: Place, node: ast.stmt, inside: Place) -> Place:
        if not place.name.rpartition(".")[2].startswith("__"):
            self.lines.setdefault(place, node.lineno)
        self._names[place].add(inside)
        if _registers(node):
            self._names[inside].add(place)
        return place

    def _named(self, module: str, node: ast.AST) -> Iterator[Place]:
        own = set(_local(node))
        called = {inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id not in own:
                yield Place(module, inner.id)
            elif isinstance(inner, ast.Attribute):
                yield Place(METHOD if inner in called else ATTRIBUTE, inner.attr)
                if isinstance(inner.value, ast.Name):
                    yield Place(self._modules[module].get(inner.value.id, ""), inner.attr)
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield Place(module, inner.value)  # an annotation in quotes


def of_the_project() -> dict[str, ast.Module]:
    """All that is run by anyone but a test, by the names it is imported under."""
    return {_dotted(name_of(path)): tree(path) for path in modules()}


def _dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _defined(node: ast.stmt) -> str | None:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return None


def _local(node: ast.AST) -> Iterator[str]:
    """Names that a function gives to things of its own."""
    for inner in ast.walk(node) if isinstance(node, _FUNCTION) else ():
        if isinstance(inner, ast.arg):
            yield inner.arg
        elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _registers(node: ast.stmt) -> bool:
    """Whether who defines it hands it to someone: by a decorator, or as a table of a database."""
    if isinstance(node, ast.ClassDef) and any(k.arg == "table" for k in node.keywords):
        return True
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        return ast.unparse(node.value.func) == "Table"
    return any(name not in PLAIN for name in _decorators(node))


def _decorators(node: ast.stmt) -> Iterator[str]:
    for decorator in getattr(node, "decorator_list", ()):
        name = decorator.func if isinstance(decorator, ast.Call) else decorator
        yield ast.unparse(name).rpartition(".")[2]


def _is_property(method: ast.stmt) -> bool:
    return not {"property", "cached_property"}.isdisjoint(_decorators(method))


def _overrides(place: Place, name: str) -> bool:
    """Whether a base class calls it: one of its own name, or a visitor's, by a node's class."""
    defined = vars(importlib.import_module(place.module)).get(place.name)
    bases = defined.__mro__[1:] if isinstance(defined, type) else ()
    visits = ast.NodeVisitor in bases and name.startswith("visit_")
    return visits or any(name in vars(base) for base in bases)

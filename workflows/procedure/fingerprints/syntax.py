"""The syntax of a function or class as plain lists, without what does not change what it does."""

import ast
import inspect
import linecache
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from types import CodeType
from typing import Any

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Position = tuple[int, int]

SILENT = {"returns", "ctx", "type_comment", "kind", "type_params"}
"""Fields of the syntax tree that have no effect when a function runs."""


class CannotSee(ValueError):
    """A guard reaches something that no fingerprint can tell apart from a changed one."""


def of_function(code: CodeType) -> Any:
    """The syntax of the function or lambda that this code was compiled from."""
    nodes = [node for node in ast.walk(_module(code.co_filename)) if _begins(node, code)]
    if code.co_name == "<lambda>":
        nodes = _around(nodes, code)
    if not nodes:
        raise CannotSee(f"{code.co_qualname} has no source")
    return written(nodes[0])


def of_class(cls: type) -> Any:
    """The syntax of a class, its methods included."""
    return written(_class_node(cls))


def class_code(cls: type) -> CodeType:
    """A class's statement and all in it, compiled without bases and annotations: what it reads."""
    node = _Unannotated().visit(deepcopy(_class_node(cls)))
    node.bases, node.type_params = [], []
    tree = ast.fix_missing_locations(ast.Module([node], type_ignores=[]))
    return compile(tree, "a class", "exec", dont_inherit=True)


class _Unannotated(ast.NodeTransformer):
    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign([node.target], node.value), node)


def _class_node(cls: type) -> ast.ClassDef:
    filename = inspect.getsourcefile(cls) or ""
    nodes = [
        node
        for node in ast.walk(_module(filename))
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__
    ]
    if len(nodes) != 1:
        raise CannotSee(f"{filename} has {len(nodes)} classes called {cls.__name__}")
    return nodes[0]


def written(node: Any) -> Any:
    """A tree as lists: the kind of a node, and each of its fields that says something."""
    if isinstance(node, list):
        return [written(item) for item in node]
    if not isinstance(node, ast.AST):
        return repr(node)
    if isinstance(node, ast.Import | ast.ImportFrom):
        raise CannotSee("a guard imports inside a function: import at the head of the file")
    return [type(node).__name__, *_fields(node)]


def _fields(node: ast.AST) -> Iterator[Any]:
    for name, value in ast.iter_fields(node):
        kept = value[1:] if name == "body" and _has_docstring(node) else value
        silent = name in SILENT or (name == "annotation" and isinstance(node, ast.arg))
        if not silent and kept is not None and kept != []:
            yield [name, written(kept)]


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, Definition) and ast.get_docstring(node, clean=False) is not None


@cache
def _module(filename: str) -> ast.Module:
    source = "".join(linecache.getlines(filename))
    if not source:
        raise CannotSee(f"{filename} cannot be read")
    return ast.parse(source)


def _begins(node: ast.AST, code: CodeType) -> bool:
    """Whether this function begins where the code does."""
    if isinstance(node, ast.Lambda):
        return code.co_name == "<lambda>" and node.lineno == code.co_firstlineno
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return (node.name, _first_line(node)) == (code.co_name, code.co_firstlineno)


def _first_line(node: Definition) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _around(lambdas: list[Any], code: CodeType) -> list[Any]:
    """Of several lambdas that begin on one line, those whose body holds this code; inmost first."""
    spans = [
        ((line, column), (end_line, end_column))
        for line, end_line, column, end_column in code.co_positions()
        if line is not None and end_line is not None
        if column is not None and end_column is not None
        if (line, column) < (end_line, end_column)  # what opens a function has no width
    ]
    if not spans and len(lambdas) > 1:
        raise CannotSee(f"line {code.co_firstlineno}: which of its lambdas is not known")
    holding = [
        node
        for node in lambdas
        if all(_start(node.body) <= first and last <= _end(node.body) for first, last in spans)
    ]
    return sorted(holding, key=lambda node: _start(node.body), reverse=True)


def _start(node: ast.expr) -> Position:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> Position:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset

"""The form of a jurisdiction's file: TOML with defaults and posts, read into contract models."""

import tomllib
from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from contracts.agencies import Agency, AgencyCode, Directory, Holder, Role, SigningKey
from contracts.messages import Message
from contracts.says import Says
from contracts.validity import DirectoryEntry
from services.kit.directory.checks import SECTIONS, Wrong, check_entries, check_key, check_role

Model = TypeVar("Model", bound=Message)

DEFAULTED = (*SECTIONS, "posts")


class Post(DirectoryEntry):
    """A post (岗位) that exists at many agencies: one principal each, `<agency>.<post>`."""

    agencies: Literal["*"] | tuple[AgencyCode, ...]
    """`*`: every agency of this very file, not the inherited ones."""
    kinds: tuple[str, ...] = ()
    """Of those, only agencies of these kinds; empty: all."""
    post: str
    name: str
    role: Role


class OverlayKey(SigningKey):
    """A public key kept apart from the jurisdiction's file, with the agency it belongs to."""

    agency: AgencyCode


def read(path: Path) -> tuple[dict[str, Any], str]:
    """A TOML file as a table, and the SHA-256 of its bytes."""
    try:
        raw = path.read_bytes()
        return tomllib.loads(raw.decode()), sha256(raw).hexdigest()
    except OSError as fault:
        raise Wrong("", Says("文件无法读取", f"cannot be read: {fault.strerror}")) from fault
    except UnicodeDecodeError as fault:
        raise Wrong("", Says("不是 UTF-8 文本", f"not UTF-8 text: byte {fault.start}")) from fault
    except tomllib.TOMLDecodeError as fault:
        raise Wrong("", Says("TOML 语法错误", f"not TOML: {fault}")) from fault


def parse(table: dict[str, Any]) -> tuple[Directory, tuple[Post, ...]]:
    """The directory as the file writes it, and the posts still to be spread over its agencies."""
    table = _with_defaults(table)
    posts = _parse_all(Post, table.pop("posts", ()), "posts")
    check_entries("posts", posts)
    for n, post in enumerate(posts):
        check_role(f"posts[{n}].role", post.role)
    if table.get("inherits"):
        table.setdefault("levels", [])
    directory = _parse(Directory, table, "")
    for n, clock in enumerate(directory.clocks):
        if clock.set_by is not None:
            raise Wrong(
                f"clocks[{n}].set_by", Says("由程序填写", "is filled in where a clock is inherited")
            )
    return directory, posts


def parse_keys(table: dict[str, Any]) -> tuple[OverlayKey, ...]:
    """The public keys of an overlay file."""
    keys = _parse_all(OverlayKey, table.pop("keys", ()), "keys")
    if table:
        raise Wrong(next(iter(table)), Says("未知的键", "unknown key; known: keys"))
    for n, key in enumerate(keys):
        check_key(f"keys[{n}]", key)
    return keys


def spread(
    posts: Iterable[Post], agencies: Iterable[Agency], own: Collection[AgencyCode]
) -> Iterable[Holder]:
    """Each post as one holder at each of its agencies, for as long as both hold."""
    known: dict[str, list[Agency]] = {}
    kinds: set[str] = set()
    for agency in agencies:
        known.setdefault(agency.code, []).append(agency)
        kinds.add(agency.kind)
    for n, post in enumerate(posts):
        for kind in post.kinds:
            if kind not in kinds:
                raise Wrong(
                    f"posts[{n}].kinds", Says("没有此类机关", f"no agency is of kind {kind!r}")
                )
        for code in own if post.agencies == "*" else post.agencies:
            if code not in known:
                raise Wrong(
                    f"posts[{n}].agencies", Says("没有此机关", f"there is no agency {code!r}")
                )
            for agency in known[code]:
                if post.overlaps(agency) and (not post.kinds or agency.kind in post.kinds):
                    yield _holder(post, agency)


def _holder(post: Post, agency: Agency) -> Holder:
    ends = [day for day in (post.valid_to, agency.valid_to) if day is not None]
    return Holder(
        principal=f"{agency.code}.{post.post}",
        name=f"{agency.name}{post.name}",
        agency=agency.code,
        role=post.role,
        valid_from=max(post.valid_from, agency.valid_from),
        valid_to=min(ends, default=None),
        origin=post.origin,
        source=post.source,
        quote=post.quote,
        reason=post.reason,
    )


def _with_defaults(table: dict[str, Any]) -> dict[str, Any]:
    """Each entry with what `[defaults.<section>]` says of all entries of its section."""
    defaults = table.pop("defaults", {})
    if not isinstance(defaults, dict):
        raise Wrong("defaults", Says("应为表", "must be a table"))
    for section, given in defaults.items():
        if section not in DEFAULTED:
            raise Wrong(f"defaults.{section}", Says("未知的键", f"unknown key; known: {DEFAULTED}"))
        if not isinstance(given, dict):
            raise Wrong(f"defaults.{section}", Says("应为表", "must be a table"))
        entries = table.get(section, ())
        if isinstance(entries, list):
            table[section] = [{**given, **e} if isinstance(e, dict) else e for e in entries]
    return table


def _parse(model: type[Model], table: object, path: str) -> Model:
    try:
        return model.model_validate(table, extra="forbid")
    except ValidationError as refusal:
        first = refusal.errors(include_url=False, include_input=False)[0]
        raise Wrong(_dotted(path, first["loc"]), _words(first["type"], first["msg"])) from refusal


def _parse_all(model: type[Model], tables: object, path: str) -> tuple[Model, ...]:
    if not isinstance(tables, list | tuple):
        raise Wrong(path, Says(f"应为 [[{path}]] 表组", "must be an array of tables"))
    return tuple(_parse(model, table, f"{path}[{n}]") for n, table in enumerate(tables))


def _dotted(path: str, loc: tuple[int | str, ...]) -> str:
    for part in loc:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _words(kind: str, message: str) -> Says:
    zh = {"missing": "缺少此键", "extra_forbidden": "未知的键"}.get(kind, "值不合要求")
    return Says(zh, f"{message[0].lower()}{message[1:]}")

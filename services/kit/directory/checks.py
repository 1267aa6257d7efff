"""What a jurisdiction's file must hold beyond its form: names that exist, chains that end."""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from contracts.agencies import MARKET_REGULATION, Agency, Directory, Role, SigningKey
from contracts.ladders import Ladder
from contracts.levels import CRITERION_FIELDS, Criterion
from contracts.plans import PARTS, Target, Task
from contracts.says import Says
from contracts.validity import DirectoryEntry, Validity

Dated = TypeVar("Dated", bound=Validity)
LEVELS = ("I", "II", "III", "IV")
SECTIONS = (
    "agencies",
    "holders",
    "levels",
    "clocks",
    "violations",
    "rules",
    "ladders",
    "tasks",
    "targets",
    "duties",
)


class Wrong(Exception):
    """One fault of the file, at a dotted key such as `agencies[3].parent`."""

    def __init__(self, key: str, says: Says) -> None:
        super().__init__(key, says)
        self.key = key
        self.says = says


def check(directory: Directory) -> None:
    """Refuse what the form alone lets pass; the first fault ends it."""
    for section in SECTIONS:
        check_entries(section, getattr(directory, section))
    _check_agencies(directory)
    _check_once("holders", directory.holders, lambda h: (h.principal, h.agency, h.role))
    for n, holder in enumerate(directory.holders):
        _check_known(f"holders[{n}].agency", holder.agency, directory)
        check_role(f"holders[{n}].role", holder.role)
    _check_once("clocks", directory.clocks, lambda c: (c.clock, c.set_by))
    _check_once("violations", directory.violations, lambda v: v.code)
    _check_once("rules", directory.rules, lambda r: (r.rule, r.region))
    _check_levels(directory)
    for n, task in enumerate(directory.tasks):
        _check_task(f"tasks[{n}]", task, directory)
    _check_ladders(directory.ladders)
    _check_targets(directory.targets)
    _check_once("duties", directory.duties, lambda d: d.code)


def check_entries(section: str, entries: Sequence[DirectoryEntry]) -> None:
    """Validity the right way round, and a founding text or a reason behind every entry."""
    for n, entry in enumerate(entries):
        at = f"{section}[{n}]"
        check_validity(at, entry)
        if entry.origin == "printed":
            for key in ("source", "quote"):
                if not getattr(entry, key):
                    says = Says("印有出处者须注明来源与原文", "printed needs its source")
                    raise Wrong(f"{at}.{key}", says)
        elif not entry.reason:
            raise Wrong(f"{at}.reason", Says("自设条目须说明理由", "ours needs a reason"))


def check_validity(path: str, entry: Validity) -> None:
    if entry.valid_to is not None and entry.valid_to <= entry.valid_from:
        says = Says(
            f"失效日 {entry.valid_to} 不晚于生效日",
            f"is not after valid_from {entry.valid_from}",
        )
        raise Wrong(f"{path}.valid_to", says)


def check_role(path: str, role: Role) -> None:
    if role == Role.SYSTEM:
        says = Says("system 为系统本身，任何人不得担任", "nobody holds the engine's own role")
        raise Wrong(path, says)


def check_key(path: str, key: SigningKey) -> None:
    """An Ed25519 public key is 32 bytes (RFC 8032), written base64url without padding."""
    try:
        length = len(urlsafe_b64decode(key.x + "=" * (-len(key.x) % 4)))
    except (NotBase64, ValueError):
        length = 0
    if length != 32 or "=" in key.x:
        raise Wrong(
            f"{path}.x", Says("不是 Ed25519 公钥", "not an Ed25519 public key in base64url")
        )
    check_validity(path, key)


def _check_agencies(directory: Directory) -> None:
    agencies = directory.agencies
    _check_once("agencies", agencies, lambda a: a.code)
    _check_known("national", directory.national, directory)
    for n, agency in enumerate(agencies):
        at = f"agencies[{n}]"
        if agency.parent is not None:
            _check_known(f"{at}.parent", agency.parent, directory)
        if agency.successor is not None:
            _check_known(f"{at}.successor", agency.successor, directory)
            if agency.valid_to is None:
                raise Wrong(f"{at}.successor", Says("仍存续的机关没有承继者", "it still stands"))
            if directory.standing(agency, agency.valid_to) is None:
                says = Says(
                    f"{agency.valid_to} 起无机关承继", "nobody stands in its place from then on"
                )
                raise Wrong(f"{at}.successor", says)
        for k, key in enumerate(agency.keys):
            check_key(f"{at}.keys[{k}]", key)
    for n, agency in enumerate(agencies):
        _check_command(f"agencies[{n}].parent", agency, directory)
    check_kids(agencies)


def check_kids(agencies: Iterable[Agency]) -> None:
    """A key id names one key of one agency, in every entry of that agency."""
    of: dict[str, tuple[str, str]] = {}
    for n, agency in enumerate(agencies):
        for k, key in enumerate(agency.keys):
            if of.setdefault(key.kid, (agency.code, key.x)) != (agency.code, key.x):
                says = Says(f"{key.kid!r} 重复", "is used twice")
                raise Wrong(f"agencies[{n}].keys[{k}].kid", says)


def _check_command(path: str, agency: Agency, directory: Directory) -> None:
    """A line of command has no loop; a market regulator's ends at the national one."""
    line = [agency.code]
    while agency.parent is not None:
        if agency.parent in line:
            raise Wrong(path, Says("上级成环", f"a circle: {' → '.join([*line, agency.parent])}"))
        line.append(agency.parent)
        above = next(
            (a for a in directory.agencies if a.code == agency.parent and a.overlaps(agency)),
            None,
        )
        if above is None:
            says = Says(f"上级 {agency.parent!r} 与其从不同时存续", "never stands beside it")
            raise Wrong(path, says)
        agency = above
    if agency.kind == MARKET_REGULATION and agency.code != directory.national:
        says = Says(f"上级止于 {agency.code!r}，未达 {directory.national!r}", "ends short of it")
        raise Wrong(path, says)


def _check_levels(directory: Directory) -> None:
    _check_once("levels", directory.levels, lambda x: x.level)
    given = {level.level for level in directory.levels}
    for name in LEVELS:
        if name not in given:
            raise Wrong("levels", Says(f"缺少 {name} 级", f"level {name} is missing"))
    violations = {v.code for v in directory.violations}
    for n, level in enumerate(directory.levels):
        at = f"levels[{n}].any_of"
        if bool(level.any_of) == (level.level == LEVELS[-1]):
            says = Says("I 至 III 级须有标准，IV 级收其余", "only level IV goes without criteria")
            raise Wrong(at, says)
        for c, criterion in enumerate(level.any_of):
            _check_criterion(f"{at}[{c}]", criterion, violations)


def _check_criterion(path: str, criterion: Criterion, violations: set[str]) -> None:
    kind = CRITERION_FIELDS.get(criterion.field)
    if kind is None:
        says = Says("报告没有此项", f"a report has no {criterion.field!r} to weigh")
        raise Wrong(f"{path}.field", says)
    fits = {
        "amount": criterion.at_least is not None
        and criterion.equals is None
        and not criterion.one_of,
        "flag": isinstance(criterion.equals, bool)
        and criterion.at_least is None
        and not criterion.one_of,
        "word": criterion.at_least is None
        and (isinstance(criterion.equals, str) != bool(criterion.one_of)),
    }
    if not fits[kind]:
        says = Says(f"{criterion.field} 的界限与其类型（{kind}）不符", "bounds do not fit its kind")
        raise Wrong(path, says)
    if criterion.field == "violation":
        named = {criterion.equals} if isinstance(criterion.equals, str) else set(criterion.one_of)
        for code in sorted(named - violations):
            raise Wrong(f"{path}.one_of", Says("违法行为目录中没有", f"the list has no {code!r}"))


def _check_task(path: str, task: Task, directory: Directory) -> None:
    """An agency of a task exists and, where the plan prints the task, goes by a name printed."""
    for part in PARTS:
        printed = set(task.printed(part))
        for k, code in enumerate(task.part(part)):
            _check_known(f"{path}.{part}[{k}]", code, directory)
            names = {
                name
                for agency in directory.agencies
                if agency.code == code
                for name in (agency.name, *agency.as_printed)
            }
            if task.origin == "printed" and names.isdisjoint(printed):
                says = Says(f"原文此处未印 {code!r}", "is not among the names printed here")
                raise Wrong(f"{path}.{part}[{k}]", says)


def _check_ladders(ladders: Sequence[Ladder]) -> None:
    """On one day a clock has one ladder, and what no ladder names has one."""
    named = [(n, clock, x) for n, x in enumerate(ladders) for clock in x.clocks or ("",)]
    for k, (n, clock, ladder) in enumerate(named):
        if any(c == clock and x.overlaps(ladder) for _, c, x in named[:k]):
            says = Says(f"{clock or '*'!r} 有效期重叠", "has two ladders on one day")
            raise Wrong(f"ladders[{n}].clocks", says)


def _check_targets(targets: Sequence[Target]) -> None:
    _check_once("targets", targets, lambda t: t.code)
    codes = {target.code for target in targets}
    for n, target in enumerate(targets):
        if isinstance(target.value, tuple) != (target.comparator == "range"):
            says = Says("两数仅用于 range", "two ends are for a range only")
            raise Wrong(f"targets[{n}].value", says)
        if target.contradicts is not None and target.contradicts not in codes - {target.code}:
            says = Says("没有此目标", f"there is no other target {target.contradicts!r}")
            raise Wrong(f"targets[{n}].contradicts", says)


def _check_known(path: str, code: str, directory: Directory) -> None:
    if not any(agency.code == code for agency in directory.agencies):
        raise Wrong(path, Says("没有此机关", f"there is no agency {code!r}"))


def _check_once(section: str, entries: Sequence[Dated], key: Callable[[Dated], Hashable]) -> None:
    """No two entries of one name hold on the same day."""
    of: dict[Hashable, list[tuple[int, Dated]]] = {}
    for n, entry in enumerate(entries):
        of.setdefault(key(entry), []).append((n, entry))
    for name, found in of.items():
        found.sort(key=lambda pair: pair[1].valid_from)
        for (_, former), (n, latter) in pairwise(found):
            if former.overlaps(latter):
                says = Says(f"{name!r} 有效期重叠", "is there twice on one day")
                raise Wrong(f"{section}[{n}]", says)

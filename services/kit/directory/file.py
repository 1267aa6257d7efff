"""The directory of a jurisdiction: read from its TOML file, refused with file, key and reason."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import structlog

from contracts.agencies import Agency, Directory, Holder, SigningKey
from contracts.says import Says
from services.kit.directory.checks import Wrong, check, check_kids
from services.kit.directory.format import parse, parse_keys, read, spread
from services.kit.directory.inheritance import under
from services.kit.errors import Refusal

log = structlog.get_logger()


class BadJurisdiction(Refusal):
    """A jurisdiction's file cannot be used; nothing is read from it in part."""

    def __init__(self, file: Path, key: str, says: Says) -> None:
        where = f"{file}: {key}" if key else str(file)
        reason = str(says)
        super().__init__(
            "bad_jurisdiction",
            Says(f"辖区文件有误：{where}：{says.zh}。", f"{where}: {says.en}"),
            status=422,
            file=str(file),
            key=key,
            reason=reason,
        )
        self.file = file
        self.key = key
        self.reason = reason


def load_directory(path: Path, keys: Path | None = None) -> Directory:
    """The directory in this file, with the public keys of an overlay file beside it.

    Its version carries the start of the file's hash, so what was read can always be told apart.
    What it inherits is read from the file of that name beside it.
    """
    return _load(path, keys)[0]


Stamps = dict[Path, int]
"""When each file was changed last, as looked up before it was read."""


def _load(path: Path, keys: Path | None = None) -> tuple[Directory, Stamps]:
    """The directory, and every file that went into it."""
    stamps = {keys: _modified(keys)} if keys else {}
    directory, more = _read(path, ())
    return (_with_keys(directory, keys) if keys else directory), stamps | more


def _read(path: Path, below: tuple[Path, ...]) -> tuple[Directory, Stamps]:
    """A file with those it inherits from; `below` are the files that led here."""
    stamps = {path: _modified(path)}
    try:
        table, digest = read(path)
        directory, posts = parse(table)
        own = tuple(dict.fromkeys(agency.code for agency in directory.agencies))
        if directory.inherits:
            above, more = _read_above(path, directory.inherits, below)
            named = [code for post in posts if post.agencies != "*" for code in post.agencies]
            directory, stamps = under(directory, above, named), stamps | more
            digest = sha256(f"{digest} {above.version}".encode()).hexdigest()
        check(directory)
        holders = (*directory.holders, *spread(posts, directory.agencies, own))
    except Wrong as wrong:
        raise BadJurisdiction(path, wrong.key, wrong.says) from wrong
    version = f"{directory.version}+{digest[:8]}"
    return _with(directory, version=version, holders=holders), stamps


def _read_above(path: Path, name: str, below: tuple[Path, ...]) -> tuple[Directory, Stamps]:
    above = path.with_name(f"{name}.toml")
    line = (*below, path)
    if above in line:
        names = " → ".join(file.stem for file in (*line, above))
        raise Wrong("inherits", Says("承继成环", f"a circle: {names}"))
    if not above.exists():
        raise Wrong("inherits", Says("没有此文件", f"there is no file {above}"))
    return _read(above, line)


class DirectoryFile:
    """A jurisdiction's file, read again when it changes; a wrong change keeps the last good one."""

    def __init__(self, path: Path, keys: Path | None = None) -> None:
        self.path = path
        self.keys = keys
        self._stamps: Stamps = {}
        self._directory: Directory | None = None

    def current(self) -> Directory:
        if self._directory is None:
            self._directory, self._stamps = _load(self.path, self.keys)
        elif (stamps := {file: _modified(file) for file in self._stamps}) != self._stamps:
            self._stamps = stamps
            self._directory = self._again(self._directory)
        return self._directory

    def _again(self, last_good: Directory) -> Directory:
        try:
            directory, self._stamps = _load(self.path, self.keys)
        except BadJurisdiction as refusal:
            log.error("jurisdiction_refused", key=refusal.key, reason=refusal.reason)
            return last_good
        return directory


def _modified(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _with_keys(directory: Directory, path: Path) -> Directory:
    try:
        of = _keys_of(directory, path)
        agencies = tuple(
            agency.model_copy(update={"keys": (*agency.keys, *of.get(agency.code, ()))})
            for agency in directory.agencies
        )
        check_kids(agencies)
    except Wrong as wrong:
        raise BadJurisdiction(path, wrong.key, wrong.says) from wrong
    return _with(directory, agencies=agencies)


def _keys_of(directory: Directory, path: Path) -> dict[str, list[SigningKey]]:
    codes = {agency.code for agency in directory.agencies}
    of: dict[str, list[SigningKey]] = {}
    for n, key in enumerate(parse_keys(read(path)[0])):
        if key.agency not in codes:
            raise Wrong(
                f"keys[{n}].agency", Says("没有此机关", f"there is no agency {key.agency!r}")
            )
        of.setdefault(key.agency, []).append(SigningKey(**key.model_dump(exclude={"agency"})))
    return of


def _with(
    directory: Directory,
    *,
    version: str | None = None,
    holders: Sequence[Holder] | None = None,
    agencies: Sequence[Agency] | None = None,
) -> Directory:
    """A fresh copy; `model_copy` would carry the old lookups along."""
    changes = {"version": version, "holders": holders, "agencies": agencies}
    return Directory(**{**dict(directory), **{k: v for k, v in changes.items() if v is not None}})

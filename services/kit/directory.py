"""The directory of a jurisdiction: read from its TOML file, refused with file, key and reason."""

from collections.abc import Sequence
from pathlib import Path

import structlog

from contracts.agencies import Agency, Directory, Holder, SigningKey
from services.kit.directory_checks import Wrong, check, check_kids
from services.kit.directory_format import parse, parse_keys, read, spread
from services.kit.errors import Refusal

log = structlog.get_logger()


class BadJurisdiction(Refusal):
    """A jurisdiction's file cannot be used; nothing is read from it in part."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        where = f"{file}: {key}" if key else str(file)
        super().__init__(
            "bad_jurisdiction",
            f"{where}: {reason}",
            "辖区文件有误。",
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
    """
    try:
        table, digest = read(path)
        directory, posts = parse(table)
        check(directory)
        holders = (*directory.holders, *spread(posts, directory.agencies))
    except Wrong as wrong:
        raise BadJurisdiction(path, wrong.key, wrong.reason) from wrong
    directory = _with(directory, version=f"{directory.version}+{digest[:8]}", holders=holders)
    return _with_keys(directory, keys) if keys else directory


class DirectoryFile:
    """A jurisdiction's file, read again when it changes; a wrong change keeps the last good one."""

    def __init__(self, path: Path, keys: Path | None = None) -> None:
        self.path = path
        self.keys = keys
        self._stamp: tuple[int, ...] = ()
        self._directory: Directory | None = None

    def current(self) -> Directory:
        stamp = self._modified()
        if self._directory is None:
            self._directory = load_directory(self.path, self.keys)
        elif stamp != self._stamp:
            self._directory = self._again(self._directory)
        self._stamp = stamp
        return self._directory

    def _again(self, last_good: Directory) -> Directory:
        try:
            return load_directory(self.path, self.keys)
        except BadJurisdiction as refusal:
            log.error("jurisdiction_refused", key=refusal.key, reason=refusal.reason)
            return last_good

    def _modified(self) -> tuple[int, ...]:
        return tuple(_modified(file) for file in (self.path, self.keys) if file)


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
        raise BadJurisdiction(path, wrong.key, wrong.reason) from wrong
    return _with(directory, agencies=agencies)


def _keys_of(directory: Directory, path: Path) -> dict[str, list[SigningKey]]:
    codes = {agency.code for agency in directory.agencies}
    of: dict[str, list[SigningKey]] = {}
    for n, key in enumerate(parse_keys(read(path)[0])):
        if key.agency not in codes:
            raise Wrong(f"keys[{n}].agency", f"没有此机关 there is no agency {key.agency!r}")
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

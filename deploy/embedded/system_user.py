"""The user PostgreSQL runs as when we are root: it refuses to run as root itself."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from contracts.says import Says
from deploy.embedded.errors import ServerUnavailable

NAME = "steelyard-postgres"


@dataclass(frozen=True)
class SystemUser:
    """A user of this machine, by numbers."""

    uid: int
    gid: int

    @property
    def argument(self) -> str:
        """As the leash takes it."""
        return f"{self.uid}:{self.gid}"

    def own(self, *paths: Path) -> None:
        for path in paths:
            os.chown(path, self.uid, self.gid)


def postgres_user() -> SystemUser | None:
    """None for an ordinary user, who runs PostgreSQL as themselves."""
    if os.geteuid() != 0:
        return None
    entry = _entry() or _create()
    return SystemUser(entry.pw_uid, entry.pw_gid)


def grant_passage(path: Path) -> None:
    """Let other users go through the folders above this path; not list them, not read in them."""
    for folder in path.absolute().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def grant_reading(root: Path) -> None:
    """Let other users read and run what is below, in case it was installed for one user only."""
    for path in (root, *root.rglob("*")):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", NAME]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # Another process of ours may have been first; what matters is that the user is there.
    if entry := _entry():
        return entry
    raise ServerUnavailable(
        Says(f"无法建立系统用户 {NAME}。", f"The system user {NAME} could not be made."),
        done.stderr.strip(),
    )

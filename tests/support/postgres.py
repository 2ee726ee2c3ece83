"""A throw-away PostgreSQL cluster for the tests: started here, gone when the process that started it is gone.

Databases, roles and tables are made by the fixtures, through the application's own commands.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ADDRESS_VARIABLE = "TEST_POSTGRES_URL"
PROGRAMS_VARIABLE = "POSTGRES_BIN"
HOST = "127.0.0.1"
SUPERUSER = "postgres"
PORTS = range(20_000, 32_768)  # below the range the kernel hands out to outgoing connections
START_SECONDS = 60
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1

SETTINGS = {
    "listen_addresses": HOST,
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    # What is logged must not carry a person (threat model, logs): the same settings as docs/operations.md asks for.
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class MissingPostgres(RuntimeError):
    """PostgreSQL's server programs are not on this machine; the suite fails, it never skips."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    port: int
    password: str
    folder: Path

    def url(self, database: str = "postgres") -> str:
        """Return the superuser's address of a database."""
        return f"postgresql://{SUPERUSER}:{self.password}@{HOST}:{self.port}/{database}"

    def log(self) -> str:
        """Return all that the server has logged so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")


def programs() -> Path:
    """Return the folder of PostgreSQL's server programs, the newest version; raise MissingPostgres."""
    named = os.environ.get(PROGRAMS_VARIABLE)
    if named:
        folders = [Path(named)]
    else:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True)
        on_path = shutil.which("initdb")
        folders += [Path(on_path).resolve().parent] if on_path else []
    for folder in folders:
        if os.access(folder / "initdb", os.X_OK) and os.access(folder / "postgres", os.X_OK):
            return folder
    raise MissingPostgres("PostgreSQL's server programs are missing (Debian package: postgresql).")


@contextlib.contextmanager
def running_cluster(*, durable: bool = False, memory: str = SETTINGS["shared_buffers"]) -> Iterator[Cluster]:
    """Start a cluster in a new temporary folder and remove both at the end.

    With `durable` it syncs to disk as in production: only tests of durability and benchmarks need that. `memory` is
    what it keeps of its tables: a country's server has more than a test.
    """
    bin_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="throughcare-postgres-"))
    try:
        cluster = Cluster(_free_port(), secrets.token_urlsafe(18), folder)
        told = SETTINGS | {"shared_buffers": memory}
        _initialise(bin_folder, cluster, told if durable else told | NOT_DURABLE)
        server = _start(bin_folder, cluster)
        try:
            _wait_until_ready(cluster, server)
            yield cluster
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster_address() -> Iterator[str]:
    """Give the superuser's address of the cluster that the runner shares, or else of one started for this process."""
    shared = os.environ.get(ADDRESS_VARIABLE)
    if shared:
        yield shared
        return
    with running_cluster() as cluster:
        yield cluster.url()


def create_database(address: str, name: str) -> str:
    """Create an empty database beside the one at `address`, replacing one of that name; return its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        identifier = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(identifier))
    return address.rsplit("/", 1)[0] + "/" + name


def drop_database(address: str, name: str) -> None:
    """Drop a database made by create_database, and whoever is still connected to it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _free_port() -> int:
    for _ in range(200):
        port = secrets.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise RuntimeError("No free port below 32768.")


def _initialise(bin_folder: Path, cluster: Cluster, settings: dict[str, str]) -> None:
    """Make the files of the cluster. PostgreSQL refuses root, so as root it all belongs to the user postgres."""
    password_file = cluster.folder / "password"
    password_file.write_text(cluster.password + "\n", encoding="ascii")
    if os.geteuid() == 0:
        owner = pwd.getpwnam(SUPERUSER)
        os.chown(cluster.folder, owner.pw_uid, owner.pw_gid)
        os.chown(password_file, owner.pw_uid, owner.pw_gid)
    data = cluster.folder / "data"
    made = subprocess.run(
        [
            *(bin_folder / "initdb", "--pgdata", data, "--username", SUPERUSER, "--pwfile", password_file),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        ],
        capture_output=True,
        text=True,
        check=False,
        **_identity(cluster),
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    lines += [f"port = {cluster.port}", f"unix_socket_directories = '{cluster.folder}'"]
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    # The superuser could run programs as the server's user, so she alone needs a password here; the application's
    # roles are trusted, since hashing a password for each of thousands of connections would only cost time.
    rules = f"host all {SUPERUSER} {HOST}/32 scram-sha-256\nhost all all {HOST}/32 trust\n"
    (data / "pg_hba.conf").write_text(rules, encoding="ascii")


def _start(bin_folder: Path, cluster: Cluster) -> subprocess.Popen[bytes]:
    with (cluster.folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            [bin_folder / "postgres", "-D", cluster.folder / "data"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the tests first, which then stop the server in order
            preexec_fn=_end_with_parent,  # safe: nothing here has started a thread yet
            **_identity(cluster),
        )


def _identity(cluster: Cluster) -> dict[str, Any]:
    common: dict[str, Any] = {"cwd": cluster.folder, "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}}
    if os.geteuid() != 0:
        return common
    return common | {"user": SUPERUSER, "group": SUPERUSER, "extra_groups": []}


def _end_with_parent() -> None:
    """Ask the kernel to stop the server at once when the tests are killed without a chance to clean up."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(cluster.url(), connect_timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{cluster.log()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # fast: ends sessions, then shuts down
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(STOP_SECONDS)

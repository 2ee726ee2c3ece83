"""PostgreSQL's own pg_dump and pg_restore: where they are, and how they reach a database with no password in sight."""

import os
import re
import shutil
from pathlib import Path

from sqlalchemy import make_url

from app.services.backup_proof import BackupRefused

FOLDER_VARIABLE = "POSTGRES_BIN"
# What else the programs say may hold a row; of all that they say, this alone is passed on.
HARMLESS = re.compile(
    r'(?:role|database|extension|schema|table) "?[\w.]+"? (?:does not exist|is not available|already exists)'
    r"|permission denied \w+(?: \w+)? \w+|server version: [\w.]+|password authentication failed"
    r"|query would be affected by row-level security policy"
)


def program(name: str) -> str:
    """Where a program is; raises BackupRefused where the machine has none."""
    named = os.environ.get(FOLDER_VARIABLE)
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name), reverse=True)
    for folder in [Path(named)] if named else newest:
        if os.access(folder / name, os.X_OK):
            return str(folder / name)
    on_path = None if named else shutil.which(name)
    if on_path is None:
        raise BackupRefused(f"{name} is not on this machine (Debian package: postgresql-client)")
    return on_path


def reached(url: str) -> tuple[str, dict[str, str]]:
    """The address for a program's arguments, which everyone on the machine can read, and what its environment adds."""
    address = make_url(url).set(drivername="postgresql")
    told = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGTZ": "UTC"}
    if address.password:
        told["PGPASSWORD"] = str(address.password)
    return address._replace(password=None).render_as_string(), told


def reason(said: bytes) -> str:
    """What a program said of its failure that tells nothing of a row."""
    found = HARMLESS.search(said.decode(errors="replace"))
    return f": {found[0]}" if found else ""

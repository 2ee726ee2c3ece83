"""Settings by environment. Refuses to start in production with anything that was made for a demo."""

import os
import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from app.errors import Unconfigured

HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
NAME = re.compile(r"(?:[a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?")
"""Of a machine in a network of names. The last part begins with a letter: a number is an address."""
ROOT = Path(__file__).resolve().parent
Network = IPv4Network | IPv6Network
DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Settings:
    """What an installation is made of; no secret stands here, only where it lies."""

    environment: str
    instance: Path
    database_url: str
    owner_url: str
    key_file: Path
    idle_minutes: int = 15
    sealed_idle_minutes: int = 5
    longest_hours: int = 12
    cookie_is_secure: bool = False
    upload_limit: int = 2 * 1024 * 1024
    document_limit: int = 2 * 1024 * 1024
    checkpoint_key: Path | None = None
    checkpoint_file: Path | None = None
    retention_file: Path | None = None
    log_level: str = "warning"
    trusted_proxies: tuple[Network, ...] = ()
    public_address: str = f"http://localhost:{DEFAULT_PORT}"
    """How people reach it, as their browsers say it: scheme, name and port. Passkeys are made for it and no other."""

    @property
    def request_limit(self) -> int:
        """Bytes of a whole request: a file a little too large is still read, so that its field can say so."""
        return max(self.upload_limit, self.document_limit + 512 * 1024)

    @property
    def is_production(self) -> bool:
        """Whether real people's data lie here."""
        return self.environment == "production"

    @property
    def signing_key(self) -> Path:
        """The key that signs the audit's checkpoints: in a file of its own, in no database and no backup of one."""
        return self.checkpoint_key or self.instance / "checkpoint-key.pem"

    @property
    def checkpoints(self) -> Path:
        """The file that checkpoints are appended to; in production where the database's owner cannot write."""
        return self.checkpoint_file or self.instance / "checkpoints.jsonl"


def from_environment() -> Settings:
    """Read the settings; raises Unconfigured where production would run on demo parts."""
    instance = Path(os.environ.get("INSTANCE", ROOT / "instance"))
    environment = os.environ.get("THROUGHCARE_ENV", "demo")
    embedded = f"sqlite:///{instance / 'throughcare.db'}"
    database_url = os.environ.get("DATABASE_URL", embedded)
    settings = Settings(
        environment=environment,
        instance=instance,
        database_url=database_url,
        owner_url=os.environ.get("DATABASE_OWNER_URL", database_url),
        key_file=Path(os.environ.get("KEY_FILE", instance / "keys.json")),
        cookie_is_secure=environment == "production",
        checkpoint_key=_path("CHECKPOINT_KEY"),
        checkpoint_file=_path("CHECKPOINTS"),
        retention_file=_path("RETENTION_FILE"),
        log_level="info" if environment == "production" else "warning",
        trusted_proxies=_networks("TRUSTED_PROXIES"),
        public_address=_public_address(is_production=environment == "production"),
    )
    if settings.is_production and "KEY_FILE" not in os.environ:
        raise Unconfigured("KEY_FILE must name the key file, outside the database and its backups")
    if settings.is_production and settings.database_url == settings.owner_url and "sqlite" not in database_url:
        raise Unconfigured("DATABASE_URL must not be the owner's: row-level security would not hold")
    if settings.is_production and _is_in_the_clear(database_url):
        raise Unconfigured("DATABASE_URL must say sslmode=verify-full: its database is on another machine")
    if settings.is_production and not _is_fit_for_passkeys(settings.public_address):
        raise Unconfigured("PUBLIC_ADDRESS must say how people reach it: https://, a name, and nothing after it")
    return settings


def _is_in_the_clear(address: str) -> bool:
    """Whether what goes to the database can be read or answered by another machine on the way."""
    url = make_url(address)
    host = str(url.query.get("host") or url.host or "")
    is_here = url.get_backend_name() == "sqlite" or host in HERE or host.startswith("/")
    return not is_here and url.query.get("sslmode") != "verify-full"


def _path(name: str) -> Path | None:
    given = os.environ.get(name)
    return Path(given) if given else None


def _networks(name: str) -> tuple[Network, ...]:
    """Addresses and networks of our own web servers, by commas. Raises Unconfigured for what is none, or everybody."""
    given = [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]
    try:
        found = tuple(ip_network(one) for one in given)
    except ValueError:
        raise Unconfigured(f"{name} names addresses or networks, with commas between") from None
    if any(network.prefixlen == 0 for network in found):
        raise Unconfigured(f"{name} must not name everybody: any visitor could say that she comes from anywhere")
    return found


def _public_address(*, is_production: bool) -> str:
    """How people reach it; of a demonstration, which is served here, by the name of this machine."""
    here = "" if is_production else f"http://localhost:{os.environ.get('PORT') or DEFAULT_PORT}"
    return (os.environ.get("PUBLIC_ADDRESS") or here).removesuffix("/").lower()


def _is_fit_for_passkeys(address: str) -> bool:
    """Whether a browser makes keys for it, which it does over TLS for a name; and whether it says it as we do."""
    try:
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    usual = f"https://{name}" if port in (None, 443) else f"https://{name}:{port}"
    return address == usual and NAME.fullmatch(name) is not None

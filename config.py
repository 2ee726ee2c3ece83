"""Settings by environment. Refuses to start in production with anything that was made for a demo."""

import os
from dataclasses import dataclass
from pathlib import Path

from app.errors import Unconfigured

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Settings:
    """What an installation is made of; no secret stands here, only where it lies."""

    environment: str
    instance: Path
    database_url: str
    owner_url: str
    key_file: Path
    idle_minutes: int = 30
    longest_hours: int = 12
    cookie_is_secure: bool = False
    upload_limit: int = 2 * 1024 * 1024

    @property
    def is_production(self) -> bool:
        """Whether real people's data lie here."""
        return self.environment == "production"


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
    )
    if settings.is_production and "KEY_FILE" not in os.environ:
        raise Unconfigured("KEY_FILE must name the key file, outside the database and its backups")
    if settings.is_production and settings.database_url == settings.owner_url and "sqlite" not in database_url:
        raise Unconfigured("DATABASE_URL must not be the owner's: row-level security would not hold")
    return settings

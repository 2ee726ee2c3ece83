"""Faults that are planted under a walk: what a database does wrong from then on, without a word, on either of the two.

On PostgreSQL a trigger's function is given its body; on SQLite the trigger itself has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, text

NOTHING_HAPPENS = "RETURN NULL;"
IGNORED = "SELECT RAISE(IGNORE);"
ANOTHER = "SELECT o.bed_id FROM stay o WHERE o.left_on IS NULL AND o.id <> NEW.id LIMIT 1"


@dataclass(frozen=True)
class Fault:
    """A trigger, and what would stand in its way."""

    when: str
    condition: str = ""
    on_postgresql: str = NOTHING_HAPPENS
    on_sqlite: str = IGNORED
    sqlite_when: str = ""
    without: tuple[tuple[str, str], ...] = ()
    """Promises of the database that are dropped, as table and name."""
    at_once: tuple[str, ...] = ()

    def plant(self, owner: Engine) -> None:
        """From now on it happens."""
        with owner.begin() as connection:
            is_postgresql = connection.dialect.name == "postgresql"
            for statement in self._on_postgresql() if is_postgresql else self._on_sqlite():
                connection.execute(text(statement))

    def _on_postgresql(self) -> list[str]:
        condition = f"WHEN ({self.condition})" if self.condition else ""
        made = "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        return [
            *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in self.without),
            *self.at_once,
            f"{made} AS 'BEGIN {self.on_postgresql} END'",
            f"CREATE TRIGGER a_fault {self.when} FOR EACH ROW {condition} EXECUTE FUNCTION fault()",
        ]

    def _on_sqlite(self) -> list[str]:
        condition = f"WHEN {self.condition}" if self.condition else ""
        return [
            *(f"DROP TRIGGER {name}_{act}" for _, name in self.without for act in ("insert", "update")),
            *self.at_once,
            f"CREATE TRIGGER a_fault {self.sqlite_when or self.when} {condition} BEGIN {self.on_sqlite} END",
        ]


FAULTS = {
    "two are put into one bed": Fault(
        "BEFORE INSERT ON stay",
        on_postgresql=f"NEW.bed_id := coalesce(({ANOTHER}), NEW.bed_id); RETURN NEW;",
        sqlite_when="AFTER INSERT ON stay",
        on_sqlite=f"UPDATE stay SET bed_id = coalesce(({ANOTHER}), bed_id) WHERE id = NEW.id;",  # noqa: S608
        without=(("stay", "stay_one_a_bed"),),
    ),
    "a transfer forgets to close": Fault(
        "BEFORE UPDATE ON stay",
        "NEW.destination = 'other_shelter'",
        without=(("stay", "stay_one_a_record"),),
    ),
    "a departure is written a day early": Fault(
        "BEFORE UPDATE ON stay",
        "NEW.left_on > NEW.arrived_on",
        on_postgresql="NEW.left_on := NEW.left_on - 1; RETURN NEW;",
        sqlite_when="AFTER UPDATE OF left_on ON stay",
        on_sqlite="UPDATE stay SET left_on = date(left_on, '-1 day') WHERE id = NEW.id;",
    ),
    "a void is ignored": Fault("BEFORE INSERT ON bed_void", "NEW.reason = 'repair'"),
    "a booking is not given back": Fault("BEFORE UPDATE ON bed_hold", "NEW.state = 'released'"),
    "a bed is given over a booking": Fault(
        "BEFORE INSERT ON bed_hold",
        on_postgresql="NEW.expires_at := NEW.expires_at - interval ''9 days''; RETURN NEW;",
        sqlite_when="AFTER INSERT ON bed_hold",
        on_sqlite="UPDATE bed_hold SET expires_at = datetime(expires_at, '-9 days') WHERE id = NEW.id;",
    ),
    "an erasure loses the nights": Fault("BEFORE INSERT ON kept_nights"),
    "two records of one person are taken for two people": Fault(
        "BEFORE INSERT ON record_person",
        # A row may go only where its record is a person of its own.
        at_once=("UPDATE record_person SET person_id = record_id", "DELETE FROM record_person"),
    ),
}

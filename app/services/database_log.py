"""What PostgreSQL writes into its own log: settings under which it writes values of people are told by name."""

from sqlalchemy import text

from app.errors import Unconfigured
from app.services.unit_of_work import Database

OFF = {"off", "-1", "0", "none"}
WANTED = {
    "log_error_verbosity": {"terse"},
    "log_min_error_statement": {"panic"},
    "log_parameter_max_length_on_error": {"0"},
    "debug_print_parse": {"off"},
    "debug_print_rewritten": {"off"},
    "debug_print_plan": {"off"},
}
"""An error's detail names the values of the key that stood in the way; a plan has them in it."""
STATEMENTS = ("log_statement", "log_min_duration_statement", "log_min_duration_sample", "log_transaction_sample_rate")
"""Each of these writes statements, with their parameters unless log_parameter_max_length is 0."""


def telling_settings(database: Database) -> list[str]:
    """The settings of the database's log that would write values, sorted; none on SQLite, which has no log."""
    if not database.is_postgresql:
        return []
    with database.engine.connect() as connection:
        found = {name: str(value) for name, value in connection.execute(_SETTINGS, {"names": [*WANTED, *_OTHERS]})}
    telling = [name for name, wanted in WANTED.items() if found.get(name, "off") not in wanted]
    if found["log_parameter_max_length"] != "0":
        telling += [name for name in STATEMENTS if found.get(name, "off") not in OFF]
    return sorted(telling)


_OTHERS = (*STATEMENTS, "log_parameter_max_length")
_SETTINGS = text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)")


def refuse_telling_log(database: Database) -> None:
    """Raise Unconfigured, naming the settings, where the database's log would hold what was typed."""
    telling = telling_settings(database)
    if telling:
        raise Unconfigured(f"PostgreSQL would write values into its log; see SECURITY.md for {', '.join(telling)}")

"""Row-level security of proceedings as migration 0022 made it; and of operations and clocks, which are counted."""

from migrations.frozen.row_security_0001 import MEMBER, live, own, system
from migrations.frozen.row_security_0004 import POLICIES as OTHER_DOORS

COUNTING = system("statistics")
POLICIES = {
    "SELECT": f"{own()} OR {COUNTING}",
    # That a step is taken back by its own agency alone is held by a key: a policy that reads its own table recurses.
    "INSERT": f"{own()} AND member_id = {MEMBER}",
}
BEFORE = {"operation": OTHER_DOORS["operation"]["SELECT"], "case_clock": live("case_clock")}


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    table = "proceeding_step"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f'GRANT SELECT, INSERT ON {table} TO "{app_role}"',
        f'GRANT SELECT ON {table} TO "{backup_role}"',
        f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({POLICIES["SELECT"]})',
        f'CREATE POLICY {table}_insert ON {table} FOR INSERT TO "{app_role}" WITH CHECK ({POLICIES["INSERT"]})',
        *_reading(app_role, {name: f"({rule}) OR {COUNTING}" for name, rule in BEFORE.items()}),
    ]


def postgresql_down(app_role: str) -> list[str]:
    """Who might read operations and clocks before."""
    return _reading(app_role, BEFORE)


def _reading(app_role: str, rules: dict[str, str]) -> list[str]:
    done = []
    for table, rule in rules.items():
        done.append(f"DROP POLICY {table}_select ON {table}")
        done.append(f'CREATE POLICY {table}_select ON {table} FOR SELECT TO "{app_role}" USING ({rule})')
    return done

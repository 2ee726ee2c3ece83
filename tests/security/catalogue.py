"""Reads PostgreSQL's catalogue and names every table, view, function or role that would let rows out."""

from __future__ import annotations

from sqlalchemy import Connection, text

DEFINERS = {
    "add_party",
    "audit_append",
    "barred",
    "clear_over",
    "end_party",
    "erase_case",
    "case_references",
    "erased_members",
    "grantor_keys",
    "invited",
    "keep_former_clock",
    "keep_former_person",
    "keep_former_stay",
    "keep_link",
    "roll_up_facts",
    "roll_up_links",
    "compact_counts",
    "lead_of_stay",
    "may_see",
    "may_point",
    "barred_cases",
    "open_case",
    "refuse_void_bed",
    "tell_context",
}
"""The functions that may run with the owner's rights, named by hand: a new one is a decision."""

NOT_OURS = {"alembic_version"}

TABLES = text(
    "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid ="
    " c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
)
GRANTS = text(
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = current_setting("
    "'app.gate_role') AND table_schema = 'public' UNION SELECT table_name, privilege_type FROM"
    " information_schema.role_column_grants WHERE grantee = current_setting('app.gate_role')"
    " AND table_schema = 'public'"
)
POLICIES = text("SELECT tablename, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'")
VIEWS = text(
    "SELECT c.relname, c.relkind, coalesce(array_to_string(c.reloptions, ','), '') AS options FROM pg_class c JOIN"
    " pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')"
)
FUNCTIONS = text(
    "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
    " WHERE n.nspname = 'public' AND p.prosecdef"
)
ROLE = text(
    "SELECT rolsuper OR rolbypassrls OR rolcreaterole AS is_strong, EXISTS (SELECT 1 FROM pg_tables WHERE tableowner ="
    " :role) AS owns FROM pg_roles WHERE rolname = :role"
)


def faults(connection: Connection, role: str) -> list[str]:
    """Every hole that the catalogue shows for the application's role; empty where there is none."""
    connection.execute(text("SELECT set_config('app.gate_role', :role, true)"), {"role": role})
    return [
        *_table_faults(connection),
        *_view_faults(connection),
        *_function_faults(connection),
        *_role(connection, role),
    ]


def _table_faults(connection: Connection) -> list[str]:
    found = []
    policies: dict[tuple[str, str], tuple[str | None, str | None]] = {}
    for row in connection.execute(POLICIES):
        policies[(row.tablename, row.cmd)] = (row.qual, row.with_check)
    for row in connection.execute(TABLES):
        if row.relname not in NOT_OURS and not (row.relrowsecurity and row.relforcerowsecurity):
            found.append(f"{row.relname}: row-level security is not enabled and forced")
    for row in connection.execute(GRANTS):
        if row.table_name in NOT_OURS:
            continue
        qual, check = policies.get((row.table_name, row.privilege_type), (None, None))
        if row.privilege_type not in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            found.append(f"{row.table_name}: {row.privilege_type} is granted")
        elif qual is None and check is None:
            found.append(f"{row.table_name}: {row.privilege_type} is granted without a policy")
        elif row.privilege_type in ("INSERT", "UPDATE") and check is None:
            found.append(f"{row.table_name}: {row.privilege_type} is not checked")
    return found


def _view_faults(connection: Connection) -> list[str]:
    return [
        f"{row.relname}: a view that runs with its owner's rights"
        for row in connection.execute(VIEWS)
        if row.relkind == "m" or "security_invoker=true" not in row.options
    ]


def _function_faults(connection: Connection) -> list[str]:
    names = {row.proname for row in connection.execute(FUNCTIONS)}
    return [f"{name}: runs with its owner's rights and is not on the list" for name in sorted(names - DEFINERS)]


def _role(connection: Connection, role: str) -> list[str]:
    row = connection.execute(ROLE, {"role": role}).one()
    return [f"{role}: stands above row-level security"] if row.is_strong or row.owns else []

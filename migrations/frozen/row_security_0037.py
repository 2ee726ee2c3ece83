"""What the application's role may not do in a member's name, as it stood in migration 0037.

None of it is done by a page. It is for whoever puts SQL of his own into a statement: he acts as the member whose
transaction it is, and there it has to end.
"""

from migrations.frozen.row_security_0001 import KNOWN, LINKER

# A temporary table is found before the table of the same name, and stays with its connection: whoever comes after on it
# would be signed in by rows that somebody else wrote.
NO_TABLES_OF_ONES_OWN = """
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO CURRENT_USER', current_database());
END $$
"""
TABLES_OF_ONES_OWN = """
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$
"""

# A policy cannot compare a row with what it was before.
OWN_ROW = """
CREATE FUNCTION keep_member() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF row_security_active('public.member') AND NOT ctx_has('administrator') AND ctx_system() <> 'setup'
       AND to_jsonb(NEW) - 'language' IS DISTINCT FROM to_jsonb(OLD) - 'language'
    THEN RAISE EXCEPTION 'member' USING ERRCODE = 'insufficient_privilege'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER member_kept BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION keep_member();
"""

OF_A_RECORD = "EXISTS (SELECT 1 FROM client_record r WHERE r.id = link_token.record_id)"
"""Under the policy of that table: a record that the actor sees."""


def postgresql(app_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    return [
        NO_TABLES_OF_ONES_OWN,
        OWN_ROW,
        "DROP POLICY link_token_delete ON link_token",
        f'CREATE POLICY link_token_delete ON link_token FOR DELETE TO "{app_role}"'
        f" USING ({LINKER} OR ({KNOWN} AND {OF_A_RECORD}))",
    ]


def postgresql_down(app_role: str) -> list[str]:
    """The way back."""
    return [
        "DROP POLICY link_token_delete ON link_token",
        f'CREATE POLICY link_token_delete ON link_token FOR DELETE TO "{app_role}" USING ({KNOWN} OR {LINKER})',
        "DROP TRIGGER member_kept ON member",
        "DROP FUNCTION keep_member()",
        TABLES_OF_ONES_OWN,
    ]

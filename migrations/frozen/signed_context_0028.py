"""The signed context as it stood in migration 0028: a context counts only where the application's key vouches for it.

What is kept lies in a schema of its own, out of the reach of the application's role: the key, and two sequences whose
last value a session remembers for itself. A session can set `app.ctx` to any text, but not what it is compared with.
"""

SCHEMA = "context"

# Unlogged: nothing is lost with them, and a page that only reads must not write to the log of the database.
TABLES = f"""
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), inner_pad bytea NOT NULL, outer_pad bytea NOT NULL
);
CREATE UNLOGGED SEQUENCE {SCHEMA}.seat MINVALUE 0;
CREATE UNLOGGED SEQUENCE {SCHEMA}.turn MINVALUE 0;
REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC;
REVOKE ALL ON {SCHEMA}.key, {SCHEMA}.seat, {SCHEMA}.turn FROM PUBLIC;
"""

# Bound to the transaction by the moment it began: a text told to an earlier one has another proof.
PROOF = f"""
CREATE FUNCTION {SCHEMA}.proof(told text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
RETURN ('x' || left(encode(sha256(convert_to(told, 'UTF8') || timestamptz_send(now())), 'hex'), 15))::bit(60)::bigint;
"""

# In plpgsql, which keeps the plans of a session: plain SQL that asks what a session remembers is planned at each call.
CTX = f"""
CREATE OR REPLACE FUNCTION ctx(part integer) RETURNS text LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $$
DECLARE
    v_told text := pg_catalog.current_setting('app.ctx', true);
BEGIN
    IF coalesce(v_told, '') = '' THEN RETURN NULL; END IF;
    IF pg_catalog.currval('{SCHEMA}.seat') <> {SCHEMA}.proof(v_told) THEN RETURN NULL; END IF;
    RETURN nullif(pg_catalog.split_part(v_told, '|', part), '');
END $$;
"""

UNSIGNED_CTX = """
CREATE OR REPLACE FUNCTION ctx(part integer) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(split_part(current_setting('app.ctx', true), '|', part), '') $$;
"""

TELL = "tell_context(text, bigint, bigint, bytea)"

# HMAC-SHA-256 over process, turn, last second and context. Process and turn: what was heard on one connection is worth
# nothing on another, nor a second time on this one; the last second: nor on a later one that has the same number.
TELL_CONTEXT = f"""
CREATE FUNCTION tell_context(told text, turn bigint, until bigint, mac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_key {SCHEMA}.key;
    v_turn bigint := -1;
BEGIN
    SELECT * INTO STRICT v_key FROM {SCHEMA}.key;
    IF mac IS DISTINCT FROM sha256(v_key.outer_pad || sha256(v_key.inner_pad
        || convert_to(concat_ws('|', pg_backend_pid(), turn, until, told), 'UTF8')))
    THEN RAISE EXCEPTION 'context' USING ERRCODE = 'insufficient_privilege'; END IF;
    BEGIN
        v_turn := currval('{SCHEMA}.turn'::regclass);
    EXCEPTION WHEN object_not_in_prerequisite_state THEN NULL;
    END;
    IF turn <= v_turn OR until < extract(epoch FROM clock_timestamp())
    THEN RAISE EXCEPTION 'context' USING ERRCODE = 'insufficient_privilege'; END IF;
    PERFORM setval('{SCHEMA}.turn'::regclass, turn), setval('{SCHEMA}.seat'::regclass, {SCHEMA}.proof(told));
END $$;
REVOKE ALL ON FUNCTION {TELL} FROM PUBLIC;
"""

READERS = ("ctx_member()", "ctx_agency()", "ctx_has(text)", "ctx_system()", "ctx_stands_for()", "ctx_oversees()")
"""Those that read it through ctx: what a session remembers is not known to the workers of a parallel plan."""


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    return [
        TABLES,
        PROOF,
        CTX,
        *(f"ALTER FUNCTION {name} PARALLEL RESTRICTED" for name in READERS),
        TELL_CONTEXT,
        f'GRANT EXECUTE ON FUNCTION {TELL} TO "{app_role}"',
        f'GRANT USAGE ON SCHEMA {SCHEMA} TO "{app_role}"',
        f'GRANT SELECT ON SEQUENCE {SCHEMA}.seat TO "{app_role}"',
        # A backup holds the tables' shape; the key's row is left out of it and given anew.
        f'GRANT USAGE ON SCHEMA {SCHEMA} TO "{backup_role}"',
        f'GRANT SELECT ON {SCHEMA}.key, {SCHEMA}.seat, {SCHEMA}.turn TO "{backup_role}"',
    ]


POSTGRESQL_DOWN = [
    UNSIGNED_CTX,
    *(f"ALTER FUNCTION {name} PARALLEL SAFE" for name in READERS),
    f"DROP FUNCTION {TELL}",
    f"DROP SCHEMA {SCHEMA} CASCADE",
]

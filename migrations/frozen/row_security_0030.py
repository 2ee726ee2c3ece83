"""Row-level security of documents as migration 0030 made it, and their place in the function that erases."""

from sqlalchemy import Connection, text

from migrations.frozen.row_security_0001 import MEMBER, live, own

TABLE = "case_document"
POLICIES = {
    "SELECT": live(TABLE),
    "INSERT": f"{own()} AND member_id = {MEMBER} AND {live(TABLE)}",
    "UPDATE": live(TABLE),
}
MARK = "    DELETE FROM case_key WHERE case_id = v_case;\n"
LINE = "    DELETE FROM case_document WHERE case_id = v_case;\n"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    done = [
        f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
        f'GRANT SELECT ON {TABLE} TO "{backup_role}"',
    ]
    for command, rule in POLICIES.items():
        using = "" if command == "INSERT" else f" USING ({rule})"
        check = "" if command == "SELECT" else f" WITH CHECK ({rule})"
        done.append(f'GRANT {command} ON {TABLE} TO "{app_role}"')
        done.append(f'CREATE POLICY {TABLE}_{command.lower()} ON {TABLE} FOR {command} TO "{app_role}"{using}{check}')
    return done


def erasing(connection: Connection) -> str:
    """The function as it stands, whatever migrations before this one made of it."""
    definition: str = connection.execute(
        text("SELECT pg_get_functiondef('erase_case(uuid)'::regprocedure)")
    ).scalar_one()
    return definition


def erasing_too(definition: str) -> str:
    """The same function, which deletes documents as well; raises ValueError where it has no place for them."""
    if MARK not in definition:
        raise ValueError("erase_case deletes no keys")
    return definition.replace(MARK, MARK + LINE, 1)


def erasing_no_more(definition: str) -> str:
    """The way back."""
    return definition.replace(LINE, "", 1)

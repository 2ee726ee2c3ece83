"""Row-level security of the signed checkpoints: written and read by the system's auditor, and changed by nobody."""

AUDITOR = "(SELECT ctx_system()) = 'auditor'"


def postgresql(app_role: str, backup_role: str) -> list[str]:
    """All statements for PostgreSQL, in order."""
    return [
        "ALTER TABLE audit_checkpoint ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE audit_checkpoint FORCE ROW LEVEL SECURITY",
        f'GRANT SELECT ON audit_checkpoint TO "{backup_role}"',
        f'GRANT SELECT, INSERT ON audit_checkpoint TO "{app_role}"',
        f'CREATE POLICY audit_checkpoint_select ON audit_checkpoint FOR SELECT TO "{app_role}" USING ({AUDITOR})',
        f'CREATE POLICY audit_checkpoint_insert ON audit_checkpoint FOR INSERT TO "{app_role}" WITH CHECK ({AUDITOR})',
        "CREATE TRIGGER audit_checkpoint_kept BEFORE UPDATE OR DELETE ON audit_checkpoint"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ]


def sqlite() -> list[str]:
    """All statements for SQLite: triggers in place of grants that are not given."""
    return [
        f"CREATE TRIGGER audit_checkpoint_no_{when.lower()} BEFORE {when} ON audit_checkpoint"
        " BEGIN SELECT RAISE(ABORT, 'append only'); END"
        for when in ("UPDATE", "DELETE")
    ]

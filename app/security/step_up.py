"""What asks for a second factor that was given a moment ago: whoever finds a screen left open does not get this far."""

from datetime import timedelta

FRESH = timedelta(minutes=5)

STEP_UP = frozenset(
    {
        "links.open_names",
        "addresses.open_for",
        "addresses.check",
        "moves.address",
        "occupancy.export_placements",
        "occupancy.export_book",
        "editions.export",
        "counts.export_xlsx",
        "counts.export_csv",
        "people.new_member",
        "people.edit_member",
        "people.deactivate",
        "people.activate",
        "people.invite",
        "approvals.decide",
        "emergencies.open_case",
        "erasures.decide",
        "account.recovery_codes",
        "passkeys.index",
        "passkeys.remove",
    }
)
"""Names of pairs, addresses, files with a row for each person, members and their roles, erasures, one's own factors."""

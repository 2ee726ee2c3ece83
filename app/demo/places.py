"""The demo's places beyond their beds: addresses that are invented as everything here."""

from app.services import accounts, addresses

ADDRESSES = {
    "secure.coordinator": "Rruga e Shembullit 1, Prishtinë\nRing twice; the guard asks for the word of the day.",
    "foreign.coordinator": "Rruga e Shembullit 2, Prishtinë",
    "child.coordinator": "Rruga e Shembullit 3, Prishtinë\nEntrance from the yard.",
    "shelter.coordinator": "Rruga e Shembullit 4, Prizren",
    "men.coordinator": "Rruga e Shembullit 5, Pejë",
}


def record_addresses() -> None:
    """Each shelter's coordinator seals where it is."""
    for sign_in, address in ADDRESSES.items():
        addresses.write(accounts.load_actor(sign_in), address)

"""The address that this installation is reached at, and whether a browser has come by it: passkeys are for no other."""

from flask import current_app, request

from app.services.passkeys import Site


def site() -> Site:
    """The address that keys are made for."""
    return Site(current_app.config["SETTINGS"].public_address)


def elsewhere() -> str:
    """Where a browser has to go to use a passkey, having come by another name or by a number; else nothing."""
    ours = site()
    return "" if request.host.partition(":")[0] == ours.host else ours.address

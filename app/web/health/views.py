"""Whether the server answers. Says nothing else: no version, no state of the database."""

from flask import Blueprint

health = Blueprint("health", __name__)


@health.get("/health")
def alive() -> str:
    """A word for the load balancer."""
    return "ok"

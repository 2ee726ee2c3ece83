"""Whether the server answers. Says nothing else: no version, no state of the database."""

from flask import Blueprint, Response

health = Blueprint("health", __name__)


@health.get("/health")
def alive() -> Response:
    """A word for the load balancer, and no page for people."""
    return Response("ok", mimetype="text/plain")

"""The flask commands: the same services as the web, for the people who run the system."""

from flask import Flask

from app.cli.audit import audit
from app.cli.db import db
from app.cli.start import start


def register_commands(app: Flask) -> None:
    """Join the commands to the application."""
    for group in (audit, db):
        app.cli.add_command(group)
    app.cli.add_command(start)

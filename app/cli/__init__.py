"""The flask commands: the same services as the web, for the people who run the system."""

from flask import Flask

from app.cli import funding, work_in_numbers
from app.cli.audit import audit
from app.cli.backup import backup, restore
from app.cli.counts import counts
from app.cli.db import db
from app.cli.demo import demo
from app.cli.erase import erase
from app.cli.keys import keys
from app.cli.people import people
from app.cli.registers import import_register, link_now
from app.cli.retention import retention
from app.cli.sop import sop
from app.cli.start import start
from app.cli.tick import tick


def register_commands(app: Flask) -> None:
    """Join the commands to the application."""
    for command in (work_in_numbers.work, work_in_numbers.acts, funding.funding):
        counts.add_command(command)
    for group in (audit, backup, counts, db, demo, erase, keys, people, retention, sop):
        app.cli.add_command(group)
    for command in (import_register, link_now, restore, start, tick):
        app.cli.add_command(command)

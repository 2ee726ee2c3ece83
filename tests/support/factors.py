"""How a test gives the second factor: with the code that the member's app would show, as `flask demo code` asks.

A code opens once in half a minute, and a test signs the same person in twice in a tenth of it. So before a code is
typed its member's last step is set back in the table, as though the last code had been typed long ago. The application
has no way round; this is a row that the test lays out.
"""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import Client

from app.models.agency import Member, SignInSession
from app.models.factor import MemberFactor
from app.security.actor import system_actor
from app.services import accounts, factors, unit_of_work
from app.services.unit_of_work import Database

PAGE = "/sign-in/code"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def code_of(database: Database, name: str) -> str:
    """A code of a member of the demo that is taken now, whichever was typed before."""
    unit_of_work.bind(database)
    with unit_of_work.write(system_actor("sign_in")) as work:
        whose = select(Member.id).where(Member.sign_in == name).scalar_subquery()
        work.change(update(MemberFactor).where(MemberFactor.member_id == whose).values(last_step=-1))
        work.commit_unaudited()
    return factors.demo_code(name)


def give_code(app: Flask, client: Client, name: str) -> int:
    """Type the code into the page that follows a right password; gives the status of the answer."""
    code = code_of(app.extensions["database"], name)
    found = TOKEN.search(client.get(PAGE).get_data(as_text=True))
    assert found, "the page of the code has no form"
    return client.post(PAGE, data={"csrf_token": found.group(1), "code": code}).status_code


def stay_fresh(database: Database) -> None:
    """Whoever is signed in gave a code just now: for those who ask for everything, which takes longer than a minute."""
    unit_of_work.bind(database)
    with unit_of_work.write(system_actor("sign_in")) as work:
        given = update(SignInSession).where(SignInSession.factor.is_not(None))
        work.change(given.values(stepped_up_at=work.now))
        work.commit_unaudited()


def signed_in(database: Database, name: str, password: str, network: str = "127.0.0.1") -> str:
    """The token of a session that is signed in, by the services."""
    unit_of_work.bind(database)
    waiting = accounts.sign_in(name, password, network, None)
    code = code_of(database, name)
    with unit_of_work.read(system_actor("sign_in")) as work:
        member_id = work.session.execute(select(Member.id).where(Member.sign_in == name)).scalar_one()
    return factors.enter(member_id, waiting, code, network)

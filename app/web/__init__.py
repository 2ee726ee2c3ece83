"""The only room that knows HTTP: one folder a noun with its views and forms."""

from flask import Flask

from app.web.account.views import account
from app.web.addresses.views import addresses
from app.web.alarms.views import alarms
from app.web.approvals.views import approvals
from app.web.beds.views import beds, stays
from app.web.boards.views import boards
from app.web.browser_reports.views import browser_reports
from app.web.caseload.views import caseload
from app.web.cases.views import cases
from app.web.clocks.views import clocks
from app.web.companions.views import companions
from app.web.corrections.views import corrected
from app.web.costs.views import costs
from app.web.counts.views import counts
from app.web.documents.views import documents
from app.web.drafts.views import drafts
from app.web.editions.views import editions
from app.web.emergencies.views import emergencies
from app.web.erasures.views import erasures
from app.web.exits.views import exits
from app.web.funding.views import funding
from app.web.health.views import health
from app.web.home.views import home
from app.web.hotline.views import hotline
from app.web.house_life.views import house_life
from app.web.house_texts.views import house_texts
from app.web.house_trouble.views import complaints, incidents
from app.web.houses.views import houses
from app.web.limits.views import limits
from app.web.links.views import links
from app.web.looks.views import looks
from app.web.meetings.views import meetings
from app.web.moves.views import moves
from app.web.notices.views import notices
from app.web.occupancy.views import occupancy
from app.web.operations.views import operations
from app.web.oversight.views import oversight
from app.web.passkeys.views import passkeys
from app.web.people import people
from app.web.person_requests.views import person_requests
from app.web.places.views import places
from app.web.placing.views import placing
from app.web.proceedings.views import proceedings
from app.web.proposals.views import proposals
from app.web.quality.views import quality
from app.web.quick_exit.views import quick_exit
from app.web.reading.views import reading
from app.web.referrals.views import referrals
from app.web.registers.views import registers
from app.web.retention.views import retention
from app.web.sheets.views import sheets
from app.web.shelter_intake.views import shelter_intake
from app.web.signals.views import signals
from app.web.signed_in.views import signed_in
from app.web.sop.views import sop
from app.web.stay_acts.views import stay_acts
from app.web.tallies.views import tallies
from app.web.training.views import training
from app.web.transnational.views import transnational
from app.web.unsent.views import unsent
from app.web.versions.views import versions
from app.web.voids.views import voids

BLUEPRINTS = (
    account,
    addresses,
    alarms,
    beds,
    boards,
    browser_reports,
    caseload,
    cases,
    clocks,
    corrected,
    costs,
    counts,
    editions,
    documents,
    drafts,
    funding,
    health,
    home,
    hotline,
    house_life,
    house_texts,
    complaints,
    incidents,
    limits,
    houses,
    links,
    looks,
    meetings,
    moves,
    notices,
    occupancy,
    operations,
    oversight,
    passkeys,
    people,
    person_requests,
    places,
    placing,
    proceedings,
    proposals,
    quality,
    quick_exit,
    reading,
    referrals,
    registers,
    retention,
    sheets,
    shelter_intake,
    signals,
    signed_in,
    sop,
    stays,
    tallies,
    training,
    transnational,
    unsent,
    versions,
    companions,
    approvals,
    emergencies,
    erasures,
    exits,
    stay_acts,
    voids,
)


def register_blueprints(app: Flask) -> None:
    """Join all nouns to the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

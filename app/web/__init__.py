"""The only room that knows HTTP: one folder a noun with its views and forms."""

from flask import Flask

from app.web.account.views import account
from app.web.addresses.views import addresses
from app.web.alarms.views import alarms
from app.web.beds.views import beds, stays
from app.web.boards.views import boards
from app.web.caseload.views import caseload
from app.web.cases.views import cases
from app.web.clocks.views import clocks
from app.web.companions.views import companions
from app.web.corrections.views import corrected
from app.web.costs.views import costs
from app.web.counts.views import counts
from app.web.drafts.views import drafts
from app.web.editions.views import editions
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
from app.web.meetings.views import meetings
from app.web.moves.views import moves
from app.web.notices.views import notices
from app.web.occupancy.views import occupancy
from app.web.operations.views import operations
from app.web.people import people
from app.web.places.views import places
from app.web.placing.views import placing
from app.web.proceedings.views import proceedings
from app.web.proposals.views import proposals
from app.web.quality.views import quality
from app.web.referrals.views import referrals
from app.web.registers.views import registers
from app.web.sheets.views import sheets
from app.web.shelter_intake.views import shelter_intake
from app.web.signals.views import signals
from app.web.sop.views import sop
from app.web.stay_acts.views import stay_acts
from app.web.tallies.views import tallies
from app.web.training.views import training
from app.web.transnational.views import transnational
from app.web.versions.views import versions
from app.web.voids.views import voids

BLUEPRINTS = (
    account,
    addresses,
    alarms,
    beds,
    boards,
    caseload,
    cases,
    clocks,
    corrected,
    costs,
    counts,
    editions,
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
    meetings,
    moves,
    notices,
    occupancy,
    operations,
    people,
    places,
    placing,
    proceedings,
    proposals,
    quality,
    referrals,
    registers,
    sheets,
    shelter_intake,
    signals,
    sop,
    stays,
    tallies,
    training,
    transnational,
    versions,
    companions,
    exits,
    stay_acts,
    voids,
)


def register_blueprints(app: Flask) -> None:
    """Join all nouns to the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

"""A country's own versions, on both databases: drafted, checked, signed by two, in force from its day on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Stale
from app.models.version import ProcedureDraft, ProcedureRelease
from app.models.workflow import WorkflowRun
from app.security.actor import Actor
from app.services import case_page, drafts, moving, procedures, sop_page, unit_of_work, versions
from app.services.unit_of_work import Parts
from app.services.viewing import view
from tests.factories.releases import (
    NAME,
    administrator,
    begun,
    head,
    of_the_year_3000,
    proven,
    released,
    saved,
    screened_before_a_release_that_names_it_otherwise,
    second,
    version_of,
)
from tests.factories.world import Template, World
from tests.security.relations import above
from workflows import registry

TO_COME = date(2999, 1, 1)


def test_a_draft_begins_as_a_sound_copy_under_its_own_name(world: World) -> None:
    drafts.begin(administrator(world), NAME, "xk_2013")

    page = drafts.shown(administrator(world), NAME)
    assert (page.faults, page.copied_from) == ((), "xk_2013")
    assert "procedure.toml" in page.files
    assert "child.toml" in page.more_files
    assert page.why_not == "draft_not_checked"


@pytest.mark.parametrize(
    ("name", "source", "fault"),
    [("xk_2013", "xk_2005", "name"), ("X", "xk_2005", "name"), ("../etc", "xk_2005", "name"), (NAME, "none", "source")],
)
def test_a_name_that_is_taken_or_none_and_a_source_that_is_not_there_are_refused(
    world: World, name: str, source: str, fault: str
) -> None:
    with pytest.raises(Invalid) as found:
        drafts.begin(administrator(world), name, source)

    assert list(found.value.fields) == [fault]


def test_what_is_typed_is_kept_with_every_fault_named(world: World) -> None:
    drafts.begin(administrator(world), NAME, "xk_2013")

    faults = saved(world, "risk.toml", "track = 'risk'\nstage = 7")

    assert {("risk.toml", "label", "is missing"), ("risk.toml", "stage", "must be a str")} <= set(faults)
    assert drafts.file(administrator(world), NAME, "risk.toml").text == "track = 'risk'\nstage = 7"


@pytest.mark.parametrize("text", ["", "[[[", "a = " + "[" * 5000, "in_force_from = 2999-01-01T00:00:00", "\\", "🜨 = 1"])
def test_no_text_makes_the_page_fall_over(world: World, text: str) -> None:
    drafts.begin(administrator(world), NAME, "xk_2013")

    assert saved(world, "procedure.toml", text) != ()
    assert drafts.shown(administrator(world), NAME).why_not == "draft_has_faults"


def test_a_file_of_the_version_that_it_extends_is_taken_over_to_be_changed(world: World) -> None:
    begun(world)

    drafts.take_over(administrator(world), NAME, "child.toml", version_of(world))

    assert "child.toml" in drafts.shown(administrator(world), NAME).files
    with pytest.raises(NotFound):
        drafts.take_over(administrator(world), NAME, "child.toml", version_of(world))


def test_a_page_that_is_out_of_date_saves_nothing(world: World) -> None:
    begun(world)

    with pytest.raises(Stale):
        drafts.save(administrator(world), NAME, "procedure.toml", "x", 1)


def test_a_draft_that_was_not_checked_as_it_stands_is_not_signed(world: World) -> None:
    begun(world)
    proven(world)
    saved(world, "procedure.toml", head(world, **{"5 minutes": "6 minutes"}))

    with pytest.raises(Refusal, match="draft_not_checked"):
        drafts.sign(administrator(world), NAME, version_of(world))


def test_the_check_proves_the_promises_and_is_kept_with_the_text_that_it_was_of(world: World) -> None:
    begun(world)
    unit_of_work.bind(world.database)

    report = drafts.prove(NAME)

    page = drafts.shown(administrator(world), NAME)
    assert report is not None
    assert (report.is_sound, page.is_sound, page.is_checked, page.why_not) == (True, True, True, "")
    assert drafts.prove("no_such_draft") is None


def test_a_draft_that_does_not_keep_a_promise_is_not_signed(world: World) -> None:
    begun(world)
    proven(world, is_sound=False)

    with pytest.raises(Refusal, match="draft_not_sound"):
        drafts.sign(administrator(world), NAME, version_of(world))


def test_a_draft_of_the_past_is_not_signed(world: World) -> None:
    begun(world, on="2013-01-01")
    proven(world)

    with pytest.raises(Refusal, match="draft_in_the_past"):
        drafts.sign(administrator(world), NAME, version_of(world))


def test_one_person_signs_once_and_a_change_takes_the_name_off(world: World) -> None:
    begun(world)
    proven(world)
    drafts.sign(administrator(world), NAME, version_of(world))

    with pytest.raises(Conflict, match="not_yourself"):
        drafts.sign(administrator(world), NAME, version_of(world))
    drafts.save(second(world), NAME, "procedure.toml", head(world), version_of(world))

    assert drafts.shown(administrator(world), NAME).signed_by == ""


def test_two_administrators_release_it_and_the_draft_is_gone(world: World) -> None:
    digest = released(world)

    page = drafts.listed(administrator(world))
    assert page.drafts == ()
    assert [(one.name, one.digest, one.second) for one in page.releases] == [(NAME, digest, "Jelena Marić")]
    with pytest.raises(NotFound):
        drafts.shown(administrator(world), NAME)
    assert NAME in {one.name for one in sop_page.listed(world.actor("advocate"))}


def test_nobody_but_an_administrator_drafts(world: World) -> None:
    begun(world)

    with pytest.raises(Forbidden):
        drafts.begin(world.actor("police.supervisor"), "another", "xk_2013")
    with pytest.raises(Forbidden):
        drafts.shown(world.actor("advocate"), NAME)


def test_a_draft_runs_no_case_whatever_its_day(world: World) -> None:
    begun(world, on=datetime.now(UTC).date().isoformat())

    case_id = world.open_signal(on=datetime.now(UTC).date() - timedelta(days=1))

    assert run_of(world, case_id) == "xk_2023"


def run_of(world: World, case_id: UUID) -> str:
    with world.database.read(world.actor("investigator")) as work:
        return work.session.execute(select(WorkflowRun.procedure).where(WorkflowRun.case_id == case_id)).scalar_one()


@pytest.fixture(params=["sqlite", "postgresql"])
def later(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> World:
    """A country in which the release's day has come."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    return make_world(template, Parts(clock=of_the_year_3000))


def test_a_case_opened_from_its_day_on_runs_under_the_release_and_one_before_does_not(later: World) -> None:
    released(later, on="3000-03-03")

    new = later.open_signal(on=date(3000, 3, 3), birth_date="2970-05-06")
    earlier = later.open_signal(on=date(3000, 3, 2), birth_date="2970-05-06")

    assert (run_of(later, new), run_of(later, earlier)) == (NAME, "xk_2023")


def test_a_process_that_has_not_met_the_release_reads_it_when_it_meets_a_case_of_it(
    later: World,
) -> None:
    released(later, on="3000-03-03")
    case_id = later.open_signal(on=date(3000, 3, 3), birth_date="2970-05-06")
    registry.forget()

    with later.database.read(later.actor("investigator")) as work:
        run = work.session.execute(select(WorkflowRun).where(WorkflowRun.case_id == case_id)).scalar_one()
        assert procedures.procedure_of(run).name == NAME


def test_an_open_case_is_moved_to_the_release(later: World) -> None:
    case_id = later.open_signal(on=date(3000, 3, 2), birth_date="2970-05-06")
    released(later, on="3000-03-03")

    moving.move(later.actor("police.supervisor"), case_id, "It is in force.", 2, {})

    assert run_of(later, case_id) == NAME


def test_a_release_cannot_be_changed_even_by_its_owner(world: World) -> None:
    released(world)

    for_all = ProcedureRelease.__table__
    with pytest.raises(DBAPIError, match="append"), above(world).begin() as connection:
        connection.execute(update(for_all).values(digest="another"))
    with pytest.raises(DBAPIError, match="append"), above(world).begin() as connection:
        connection.execute(delete(for_all))


def test_the_database_itself_asks_the_name_of_another_under_this_very_text(
    make_world: Callable[..., World], postgresql_template: Template
) -> None:
    world = make_world(postgresql_template)
    begun(world)
    alone = _release_row(world, first=administrator(world), by=second(world))

    with pytest.raises(DBAPIError, match="row-level security"), world.database.write(second(world)) as work:
        work.session.execute(insert(ProcedureRelease), [alone])
    proven(world)
    drafts.sign(administrator(world), NAME, version_of(world))
    digest = drafts.shown(administrator(world), NAME).digest
    with world.database.write(second(world)) as work:
        work.session.execute(insert(ProcedureRelease), [alone | {"digest": digest}])


def test_two_names_of_one_person_are_refused_by_the_table(world: World) -> None:
    begun(world)
    alone = _release_row(world, first=administrator(world), by=administrator(world))

    with pytest.raises(DBAPIError), above(world).begin() as connection:
        connection.execute(insert(ProcedureRelease.__table__), [alone])


def test_nobody_signs_for_another(make_world: Callable[..., World], postgresql_template: Template) -> None:
    world = make_world(postgresql_template)
    begun(world)

    with pytest.raises(DBAPIError, match="row-level security"), world.database.write(second(world)) as work:
        work.change(update(ProcedureDraft).values(signed_by_id=administrator(world).member_id))


def _release_row(world: World, first: Actor, by: Actor) -> dict[str, Any]:
    now = datetime(2014, 3, 3, tzinfo=UTC)
    row = {"id": UUID(int=9), "name": NAME, "digest": "00", "files": {}, "in_force_from": TO_COME}
    row |= {"first_signed_by_id": first.member_id, "first_signed_at": now}
    return row | {"released_by_id": by.member_id, "released_at": now}


def test_versions_are_one_query_and_each_is_read_once(world: World) -> None:
    released(world)

    with world.database.read(world.actor("advocate")) as work:
        first, again = versions.every(work), versions.every(work)

    assert [one.name for one in first] == ["xk_2005", "xk_2013", "xk_2023", NAME]
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_a_draft_stands_beside_the_version_in_force(world: World) -> None:
    begun(world)

    old, new, rows = drafts.compared(administrator(world), NAME)

    assert (old.en, new.en) == ("Procedure of 2023", "Procedure of 2013")
    assert ("Answer to the call", "window") in {(row.what[0].en, row.aspect) for row in rows}


def test_the_command_checks_a_draft_and_says_what_is_wrong_with_one(world: World) -> None:
    begun(world)
    runner = world.app().test_cli_runner()

    sound = runner.invoke(args=["sop", "check", NAME])
    unknown = runner.invoke(args=["sop", "check", "no_such_draft"])
    saved(world, "risk.toml", "nothing")
    faulty = runner.invoke(args=["sop", "check", NAME])

    assert (sound.exit_code, unknown.exit_code, faulty.exit_code) == (0, 1, 1)
    assert f"{NAME}: sound" in sound.output
    assert "there is no draft no_such_draft" in unknown.output
    assert "risk.toml" in faulty.output


def test_a_state_that_the_release_does_not_know_must_be_chosen_before_the_case_is_moved(later: World) -> None:
    case_id = screened_before_a_release_that_names_it_otherwise(later)
    supervisor = later.actor("police.supervisor")

    with pytest.raises(Refusal, match="choose_states"):
        moving.move(supervisor, case_id, "It is in force.", 3, {})
    page = view(supervisor, "t", moving.shown, case_id=case_id, chosen={})
    moving.move(supervisor, case_id, "It is in force.", 3, {"identification": "needs_seen"})

    assert [(one.track, "needs_seen" in dict(one.states)) for one in page.choices] == [("identification", True)]
    assert not page.is_ready
    assert states_of(later, case_id)["identification"] == "needs_seen"
    line = view(supervisor, "t", case_page.whole, case_id=case_id).entries
    assert ("Identification", "Moved to another version of the procedure") in {
        (one.track_label.en, one.label.en) for one in line
    }


def test_a_map_of_the_release_carries_the_state_over(later: World) -> None:
    carries = '\n[carries.identification]\nscreened = "needs_seen"\n'
    case_id = screened_before_a_release_that_names_it_otherwise(later, carries)

    moving.move(later.actor("police.supervisor"), case_id, "It is in force.", 3, {})

    assert states_of(later, case_id)["identification"] == "needs_seen"


def states_of(world: World, case_id: UUID) -> dict[str, str]:
    with world.database.read(world.actor("investigator")) as work:
        found = select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)
        return dict(work.session.execute(found).scalar_one())

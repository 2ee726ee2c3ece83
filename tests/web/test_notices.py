"""The inbox: what it says, and putting a notice away."""

from sqlalchemy import select

from app.models.audit import Notice
from app.models.case import Case
from app.services import emergencies, notices
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page


def test_empty_inbox_says_that_nothing_waits(visitor: Visitor) -> None:
    visitor.sign_in("advocate")

    assert visitor.get("/notices").text.startswith("Notices Nothing waits here.")


def test_notice_is_said_in_words_counted_in_the_head_and_put_away(world: World, visitor: Visitor) -> None:
    world.call_advocate(world.open_signal())
    page = visitor.sign_in_by_page("advocate")
    assert page.root.of_class("tc-count")[0].text == "1 unread"
    inbox = visitor.get("/notices")
    assert "A referral waits for your answer: Victim advocate. How urgent:" in inbox.text

    button = next(one.text for form in inbox.forms for one in form.buttons if one.text.startswith("Put away"))
    after = visitor.submit(inbox, button)

    assert after.path == "/notices"
    assert after.root.of_class("tc-count") == []


def test_inbox_answers_any_page_number(visitor: Visitor) -> None:
    visitor.sign_in("advocate")

    assert [visitor.get(f"/notices?page={page}").status for page in ("0", "-1", "x", "99999999", "²")] == [200] * 5


def test_a_warning_has_no_button_and_no_other_way_puts_it_away(world: World, visitor: Visitor) -> None:
    victim = world.actor("advocate2").member_id
    assert victim is not None
    with world.database.write(world.actor("advocacy.supervisor")) as work:
        notices.tell_member(work, victim, "account:factor_renewed")
        work.audit("test:told")
        work.commit()
    visitor.sign_in("advocate2")
    with above(world).connect() as connection:
        waiting = connection.execute(select(Notice.id).where(Notice.kind == "account:factor_renewed")).scalar_one()

    page = visitor.get("/notices")
    refused = visitor.post(f"/notices/{waiting}/read", {}, 409)

    assert "Your administrator made an invitation for you and reset your second factor." in page.text
    assert "Stays until" in page.text
    assert _ways_away(page) == []
    assert "it can be put away once it has stood for seven days" in refused.text


def _ways_away(page: Page) -> list[str]:
    return [one.text for form in page.forms for one in form.buttons if one.text.startswith("Put away")]


def test_nothing_is_put_away_while_a_case_is_open_in_an_emergency(world: World, visitor: Visitor) -> None:
    case_id = world.with_advocate()
    visitor.sign_in("advocate2")
    before = visitor.get("/notices")
    with above(world).connect() as connection:
        reference = connection.execute(select(Case.reference).where(Case.id == case_id)).scalar_one()
    emergencies.open_case(world.actor("advocate2"), reference, "She rings from the bus station.")

    refused = visitor.submit(before, _ways_away(before)[0], status=409)

    assert "until you close it, you only read" in refused.text

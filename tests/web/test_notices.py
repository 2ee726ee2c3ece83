"""The inbox: what it says, and putting a notice away."""

from tests.factories.world import World
from tests.support.client import Visitor


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

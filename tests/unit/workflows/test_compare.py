"""What differs between two versions, as names for pages to put into words."""

from dataclasses import replace
from types import MappingProxyType

from tests.support.definitions import changed
from workflows.compare import Difference, differences
from workflows.definition import Procedure, Window


def test_a_version_does_not_differ_from_itself(tiny: Procedure) -> None:
    assert list(differences(tiny, tiny)) == []


def test_a_clock_of_another_length_and_one_that_is_gone_are_named_first(tiny: Procedure) -> None:
    longer = replace(tiny.clocks["answer"], window=Window(2, "hours"))
    later = replace(tiny, clocks=MappingProxyType({"answer": longer}))

    assert list(differences(tiny, later)) == [
        Difference("", "answer", "window", (("window", "30 minutes"),), (("window", "2 hours"),)),
        Difference("", "visits", "window", (("window", "1 months"), ("window", "3 months")), None),
    ]


def test_each_aspect_of_a_step_that_changed_is_named(tiny: Procedure) -> None:
    later = changed(tiny, "help", "give", consent=None, by=("advocate", "social_worker"), form=None)

    assert {one.aspect: (one.before, one.after) for one in differences(tiny, later)} == {
        "by": ((("role", "advocate"),), (("role", "advocate"), ("role", "social_worker"))),
        "conditions": (
            (("guard", "case_not_closed"), ("guard", "consent_assistance")),
            (("guard", "case_not_closed"),),
        ),
        "form": ((("form", "F2"),), ()),
    }


def test_a_step_and_a_track_of_one_version_alone_are_told_whole(tiny: Procedure) -> None:
    shorter = changed(tiny, "help", "rate", gone=True)
    without = replace(tiny, tracks=MappingProxyType({"case": tiny.tracks["case"]}))

    both = (("state", "rated_low"), ("state", "rated_high"))
    assert list(differences(tiny, shorter)) == [Difference("help", "rate", "", both, None)]
    assert {one.name for one in differences(without, tiny)} == {"ask", "rate", "give", "visit", "finish"}

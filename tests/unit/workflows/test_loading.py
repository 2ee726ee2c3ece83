"""Reading a definition: what comes out, every fault named with file and key, extension, and the digest."""

import shutil
from pathlib import Path

import pytest

from tests.support.definitions import FOLDER, edited
from workflows.definition import Citation, Label, Procedure, TargetByAnswer, Window
from workflows.load import DefinitionFault, load_folder

ASK = 'from = ["none"]\nto = "asked"'


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(DefinitionFault) as found:
        load_folder(folder)
    return [str(fault) for fault in found.value.faults]


def test_a_definition_is_read_whole(tiny: Procedure) -> None:
    assert (tiny.name, tiny.label) == ("tiny", Label(sq="E vogël", sr="Mala", en="Tiny"))
    assert (set(tiny.tracks), set(tiny.clocks), set(tiny.forms)) == (
        {"case", "help"},
        {"answer", "visits"},
        {"F1", "F2", "reason"},
    )


def test_a_clock_is_read_with_window_roles_and_citation(tiny: Procedure) -> None:
    answer, visits = tiny.clocks["answer"], tiny.clocks["visits"]

    assert (answer.windows, answer.reminds, answer.tells) == (
        (Window(30, "minutes"),),
        ("advocate",),
        ("agency_supervisor",),
    )
    assert (visits.windows, visits.cites) == ((Window(1, "months"), Window(3, "months")), Citation("invented", True))


def test_a_joint_act_is_taken_by_those_who_sign_it(tiny: Procedure) -> None:
    rate = tiny.transition("help", "asked", "rate")

    assert rate is not None
    assert (rate.by, rate.by_if_child) == (("investigator", "advocate"), ("social_worker",))
    assert rate.target == TargetByAnswer("level", {"low": "rated_low", "high": "rated_high"})


def test_every_running_state_can_be_set_aside_and_taken_up_again(tiny: Procedure) -> None:
    standing = {(one.sources, one.action) for one in tiny.tracks["help"].transitions if one.is_standard}

    assert standing == {
        (("asked",), "set_aside"),
        (("rated_low",), "set_aside"),
        (("rated_high",), "set_aside"),
        (("given",), "set_aside"),
        (("set_aside",), "take_up"),
    }


def test_the_track_of_the_case_is_never_set_aside(tiny: Procedure) -> None:
    assert "set_aside" not in tiny.tracks["case"].states


def test_those_responsible_and_those_who_care_may_set_a_track_aside(tiny: Procedure) -> None:
    set_aside = tiny.transition("help", "rated_low", "set_aside")

    assert set_aside is not None
    assert set_aside.roles_for_adult == {"advocate", "investigator", "agency_supervisor"}
    assert set_aside.roles_for_child == {"advocate", "investigator", "agency_supervisor", "social_worker"}


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("procedure.toml", 'name = "tiny"', 'name = "other"', "procedure.toml: name: must be the folder's name 'tiny'"),
        ("procedure.toml", 'name = "tiny"', "", "procedure.toml: name: is missing"),
        ("procedure.toml", 'name = "tiny"', "name = 7", "procedure.toml: name: must be a str"),
        (
            "procedure.toml",
            "2010-01-01",
            "2010-01-01\nin_force_to = 2009-01-01",
            "procedure.toml: in_force_to: lies before in_force_from",
        ),
        ("procedure.toml", 'sq = "E vogël"', 'sq = ""', "procedure.toml: label.sq: is empty"),
        ("procedure.toml", ', sr = "Mala" ', "", "procedure.toml: label.sr: is missing"),
        (
            "procedure.toml",
            "30 minutes",
            "half an hour",
            "procedure.toml: clock.answer.window: 'half an hour' is not a window such as '24 hours'",
        ),
        (
            "procedure.toml",
            "30 minutes",
            "0 minutes",
            "procedure.toml: clock.answer.window: '0 minutes' is not a window such as '24 hours'",
        ),
        ("procedure.toml", 'window = "30 minutes"', "", "procedure.toml: clock.answer.window: is missing"),
        (
            "procedure.toml",
            '"1 months"',
            '"1 fortnights"',
            "procedure.toml: clock.visits.repeats: '1 fortnights' is not a window such as '24 hours'",
        ),
        (
            "procedure.toml",
            'reminds = ["advocate"]',
            'reminds = ["lawyer"]',
            "procedure.toml: clock.answer.reminds: there is no role 'lawyer'",
        ),
        (
            "procedure.toml",
            'tells = ["agency_supervisor"]',
            'tells = ["boss"]',
            "procedure.toml: clock.answer.tells: there is no role 'boss'",
        ),
        (
            "procedure.toml",
            'tells = ["agency_supervisor"]',
            "tells = [1]",
            "procedure.toml: clock.answer.tells: must be a list of texts",
        ),
        (
            "procedure.toml",
            'tells = ["agency_supervisor"]',
            'tells = ["tick", "tick"]',
            "procedure.toml: clock.answer.tells: lists something twice",
        ),
        (
            "procedure.toml",
            "verified = true",
            'verified = "yes"',
            "procedure.toml: clock.visits.cites.verified: must be a bool",
        ),
        ("procedure.toml", "[clock.answer]", "[[clock.answer]]", "procedure.toml: clock.answer: must be a table"),
        (
            "procedure.toml",
            "[clock.answer]",
            '[clock.answer]\nwarnings = "x"',
            "procedure.toml: clock.answer.warnings: is not a key of this table",
        ),
        ("procedure.toml", "[clock.answer]", "[clock.answer", "procedure.toml: : is not TOML: "),
        (
            "procedure.toml",
            'name = "tiny"',
            'name = "tiny"\nextends = "nothing"',
            "procedure.toml: extends: there is no version 'nothing'",
        ),
        (
            "procedure.toml",
            'name = "tiny"',
            'name = "tiny"\nextends = "tiny"',
            "procedure.toml: extends: goes round in a circle: tiny -> tiny",
        ),
        (
            "forms.toml",
            'type = "code"',
            'type = "line"',
            "forms.toml: form.F1.level.codes: a coded field names its list, and no other field does",
        ),
        (
            "forms.toml",
            'type = "text"',
            'type = "essay"',
            "forms.toml: form.F1.account.type: there is no field type 'essay'",
        ),
        ("forms.toml", 'class = "T"', 'class = "X"', "forms.toml: form.F1.account.class: there is no class 'X'"),
        ("forms.toml", '"after_call"', '"later"', "forms.toml: form.F1.account.phase: there is no phase 'later'"),
        (
            "forms.toml",
            '"child_or_in_doubt"',
            '"a_child"',
            "forms.toml: form.F1.guardian_name.required_if: there is no guard 'a_child'",
        ),
        ("forms.toml", 'name = "account"', 'name = "private"', "forms.toml: form.F1.field: has 'private' twice"),
        (
            "forms.toml",
            "[[form.F1.field]]",
            "[[form.F1.question]]",
            "forms.toml: form.F1.question: is not a key of this table",
        ),
        ("forms.toml", "[form.F1]", 'title = "x"\n[form.F1]', "forms.toml: title: is not a key of this table"),
        ("forms.toml", "required = true", "required = 1", "forms.toml: form.F1.field[1].required: must be a bool"),
        ("help.toml", 'track = "help"', 'track = "aid"', "help.toml: track: must be the file's name 'help'"),
        ("help.toml", 'track = "help"', "", "help.toml: track: is missing"),
        ("help.toml", 'stage = "advocacy"', 'stage = "advice"', "help.toml: stage: there is no stage 'advice'"),
        ("help.toml", 'initial = "none"', 'initial = "nowhere"', "help.toml: initial: there is no state 'nowhere'"),
        (
            "help.toml",
            "[state.none]\n",
            '[state.none]\nresponsible = ["nobody"]\n',
            "help.toml: state.none.responsible: there is no role 'nobody'",
        ),
        ("help.toml", ASK, 'from = ["nowhere"]\nto = "asked"', "help.toml: ask.from: there is no state 'nowhere'"),
        ("help.toml", ASK, 'from = ["none"]\nto = "nowhere"', "help.toml: ask.to: there is no state 'nowhere'"),
        ("help.toml", ASK, 'to = "asked"', "help.toml: transition[1].from: is missing"),
        ("help.toml", 'by = ["investigator"]', 'by = ["detective"]', "help.toml: ask.by: there is no role 'detective'"),
        ("help.toml", 'by = ["investigator"]', "", "help.toml: transition[1].by: is missing"),
        (
            "help.toml",
            'signatures_if_child = ["social_worker"]',
            'signatures_if_child = ["aunt"]',
            "help.toml: rate.by: there is no role 'aunt'",
        ),
        ("help.toml", '"private"', '"secret"', "help.toml: ask.requires: there is no guard 'secret'"),
        ("help.toml", 'form = "F1"\nstarts', 'form = "F3"\nstarts', "help.toml: ask.form: there is no form 'F3'"),
        ("help.toml", 'form = "F1"\nstops', "stops", "help.toml: rate.to.field: there is no field of its form 'level'"),
        (
            "help.toml",
            'field = "level"',
            'field = "grade"',
            "help.toml: rate.to.field: there is no field of its form 'grade'",
        ),
        (
            "help.toml",
            ', low = "rated_low", high = "rated_high" ',
            "",
            "help.toml: transition[2].to: leads to no state",
        ),
        ("help.toml", 'starts = ["answer"]', 'starts = ["reply"]', "help.toml: ask.starts: there is no clock 'reply'"),
        ("help.toml", 'stops = ["answer"]', 'stops = ["reply"]', "help.toml: rate.stops: there is no clock 'reply'"),
        (
            "help.toml",
            '["add_party"]',
            '["send_flowers"]',
            "help.toml: give.effects: there is no effect 'send_flowers'",
        ),
        ("help.toml", '"care_decision"', '"kindness"', "help.toml: give.consent.unless: there is no guard 'kindness'"),
        ("help.toml", 'recipient = "advocacy", ', "", "help.toml: transition[3].consent.recipient: is missing"),
        (
            "help.toml",
            'track = "case", action',
            'track = "court", action',
            "help.toml: ask.also.action: there is no action on 'court', 'open'",
        ),
        (
            "help.toml",
            'action = "open", when',
            'action = "start", when',
            "help.toml: ask.also.action: there is no action on 'case', 'start'",
        ),
        (
            "help.toml",
            'when = "case_not_open"',
            'when = "sunday"',
            "help.toml: ask.also.when: there is no guard 'sunday'",
        ),
        ("help.toml", "also = [{", "also = [7, {", "help.toml: transition[1].also[1]: must be a table"),
        (
            "help.toml",
            'accepts = "rate"',
            'accepts = "answer"',
            "help.toml: ask.accepts: there is no action of this track 'answer'",
        ),
        (
            "help.toml",
            'action = "visit"\nfrom = ["given"]',
            'action = "finish"\nfrom = ["given"]',
            "help.toml: finish: leaves 'given' twice: which of the two holds is not said",
        ),
        (
            "help.toml",
            'cites = { source = "invented", verified = false }',
            'cites = { source = "", verified = false }',
            "help.toml: transition[1].cites.source: is empty",
        ),
        (
            "help.toml",
            'cites = { source = "invented", verified = false }',
            "",
            "help.toml: transition[1].cites: is missing",
        ),
    ],
)
def test_a_fault_is_named_with_file_and_key(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    found = faults_of(edited("tiny", tmp_path, file, old, new))

    assert fault in {one[: len(fault)] for one in found}


def test_all_faults_are_named_and_not_only_the_first(tmp_path: Path) -> None:
    folder = edited("tiny", tmp_path, "help.toml", 'initial = "none"', 'initial = "nowhere"')
    (folder / "case.toml").write_text((folder / "case.toml").read_text("utf-8").replace("close_case", "shut"), "utf-8")

    assert faults_of(folder) == [
        "case.toml: close.effects: there is no effect 'shut'",
        "help.toml: initial: there is no state 'nowhere'",
    ]


def test_a_folder_without_files_is_a_fault(tmp_path: Path) -> None:
    assert "forms.toml: : the file is missing" in faults_of(tmp_path)


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    folder = edited("tiny", tmp_path, "help.toml", "none", "none")
    (folder / "help.toml").write_bytes(b"\xff\xfe")

    assert faults_of(folder)[0].startswith("help.toml: : is not TOML")


def extended(into: Path) -> Path:
    """A version that extends the tiny one: another window, another clock, another form, another track of the case."""
    shutil.copytree(FOLDER / "tiny", into / "tiny")
    folder = into / "later"
    folder.mkdir()
    label = 'label = { en = "Later", sq = "Më vonë", sr = "Kasnije" }\n'
    cites = 'cites = { source = "invented", verified = false }\n'
    clocks = f'[clock.answer]\nwindow = "2 hours"\n{label}{cites}[clock.rest]\nwindow = "1 days"\n{label}{cites}'
    (folder / "procedure.toml").write_text(
        f'name = "later"\nextends = "tiny"\nin_force_from = 2020-01-01\n{label}{clocks}'
    )
    (folder / "forms.toml").write_text(f"[form.F2]\n{label}")
    case = (folder.parent / "tiny" / "case.toml").read_text("utf-8")
    (folder / "case.toml").write_text(case.replace("closed", "shut"), "utf-8")
    return folder


def test_a_version_that_extends_another_replaces_tracks_and_overrides_or_adds_clocks_and_forms(tmp_path: Path) -> None:
    later = load_folder(extended(tmp_path))

    assert later.clocks["answer"].window == Window(2, "hours")
    assert set(later.clocks) == {"answer", "visits", "rest"}
    assert set(later.forms) == {"F1", "F2", "reason"}
    assert "shut" in later.tracks["case"].states
    assert set(later.tracks) == {"case", "help"}


def test_a_version_that_extends_another_is_in_force_on_its_own_days(tmp_path: Path) -> None:
    later = load_folder(extended(tmp_path))

    assert (later.in_force_from.year, later.in_force_to) == (2020, None)


def test_versions_that_extend_each_other_are_a_fault(tmp_path: Path) -> None:
    extended(tmp_path)
    file = tmp_path / "tiny" / "procedure.toml"
    file.write_text(file.read_text("utf-8").replace('name = "tiny"', 'name = "tiny"\nextends = "later"'), "utf-8")

    assert "procedure.toml: extends: goes round in a circle: later -> tiny -> later" in faults_of(tmp_path / "later")


def test_the_digest_does_not_change_with_the_layout_of_the_files(tiny: Procedure, tmp_path: Path) -> None:
    folder = edited("tiny", tmp_path, "help.toml", 'action = "ask"', '# a remark\n\naction   =   "ask"')

    assert load_folder(folder).digest == tiny.digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("procedure.toml", "30 minutes", "31 minutes"),
        ("procedure.toml", "2010-01-01", "2010-01-02"),
        ("forms.toml", 'class = "T"', 'class = "N"'),
        ("help.toml", 'requires = ["case_not_closed", "private"]', 'requires = ["case_not_closed"]'),
        ("help.toml", 'low = "rated_low"', 'low = "rated_high"'),
        ("help.toml", "E kërkuar", "Kërkuar"),
        (
            "help.toml",
            'sr = "Traži" }\ncites = { source = "invented", verified = false }',
            'sr = "Traži" }\ncites = { source = "invented", verified = true }',
        ),
    ],
    ids=["window", "day", "class of a field", "guard", "target", "label", "verified"],
)
def test_the_digest_changes_with_anything_that_is_said(
    tiny: Procedure, tmp_path: Path, file: str, old: str, new: str
) -> None:
    assert load_folder(edited("tiny", tmp_path, file, old, new)).digest != tiny.digest


def test_the_digest_covers_what_is_extended(tmp_path: Path) -> None:
    before = load_folder(extended(tmp_path)).digest
    file = tmp_path / "tiny" / "help.toml"
    file.write_text(file.read_text("utf-8").replace("E kërkuar", "Kërkuar"), "utf-8")

    assert load_folder(tmp_path / "later").digest != before


@pytest.mark.parametrize(("language", "text"), [("sq", "E vogël"), ("sr_Latn", "Mala"), ("EN-gb", "Tiny")])
def test_a_label_is_read_in_each_language(tiny: Procedure, language: str, text: str) -> None:
    assert tiny.label.text(language) == text


def test_a_label_in_another_language_is_an_error(tiny: Procedure) -> None:
    with pytest.raises(KeyError, match="de"):
        tiny.label.text("de")

"""Whatever is brought as a register costs a sentence, never a fault of ours; what it says turns up nowhere else."""

import io
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.bad_files import BAD_FILES, HEAD, MARK
from tests.factories.world import KINDS, Template, made_world
from tests.support.client import REDIRECTS, Visitor
from tests.support.page import Page

FINE = {200, 302, 422}
NAMES = ("Emri", "Mbiemri", "Data e identifikimit", "Datëlindja", "Mosha", "Gjinia", "Shtetësia", "Referuar te", "x")


@pytest.fixture(scope="module", params=KINDS)
def supervisor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A police supervisor who brings one file after another."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("bad")) as world:
        visitor = Visitor(world.app())
        visitor.sign_in("police.supervisor")
        yield visitor


@pytest.mark.parametrize("name", BAD_FILES)
def test_odd_file_gets_a_sentence_or_a_dry_run(
    supervisor: Visitor, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    statuses, addresses = _walk_through(supervisor, BAD_FILES[name])

    assert set(statuses) <= FINE
    assert MARK not in caplog.text + "".join(addresses)


_cells = st.one_of(st.text(max_size=12), st.sampled_from(("13.04.2007", "2007-04-13", "F", "Kosovë", "refuzoi", "17")))
_tables = st.lists(st.lists(_cells, min_size=1, max_size=9), min_size=1, max_size=6)
_files = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda rows: HEAD.encode() + _csv(rows), _tables),
    st.builds(lambda heads, rows: (",".join(heads) + "\n").encode() + _csv(rows),
              st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), _tables),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_files)
def test_file_of_chance_gets_a_sentence_or_a_dry_run(supervisor: Visitor, content: bytes) -> None:
    statuses, _ = _walk_through(supervisor, content)

    assert set(statuses) <= FINE


def _csv(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(cells) for cells in rows).encode(errors="replace")


def _walk_through(visitor: Visitor, content: bytes) -> tuple[list[int], list[str]]:
    """Bring the file, look at every page of its draft, try it as it stands, take it in: the answers and addresses."""
    form = visitor.get("/registers").form("Go on")
    sent = {**dict(form.as_it_stands()), "register": (io.BytesIO(content), f"{MARK}.csv")}
    answers = [visitor.client.post(form.action, data=sent)]
    address = answers[0].headers.get("Location", "")
    if address and "/imports/" not in address:
        asked = dict(_unchecked(visitor, address).form("Try it").as_it_stands())
        answers.append(visitor.client.post(address, data=asked))
        answers += [visitor.client.get(f"{address}{more}") for more in ("/check", "/rows-to-mend")]
        sent = {"csrf_token": asked["csrf_token"], "once": address[-20:]}
        answers.append(visitor.client.post(f"{address}/import", data=sent))
    addresses = [answer.headers["Location"] for answer in answers if answer.status_code in REDIRECTS]
    visitor.get("/registers")  # and its banner, which no cell may stand in
    return [answer.status_code for answer in answers], addresses


def _unchecked(visitor: Visitor, address: str) -> Page:
    """A page of a draft; its cells may look like anything, so it is not held against the rules of pages."""
    answer = visitor.client.get(address)
    return Page.read(address, answer.status_code, dict(answer.headers), answer.get_data(as_text=True))

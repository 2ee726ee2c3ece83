"""Pages travel compressed to a browser that can read it, and as they are to one that cannot."""

import gzip

from flask import Flask

from tests.support.client import Visitor

INTAKE = "/cases/new/identification/record_signal"


def test_the_longest_form_is_sent_in_few_bytes_where_the_browser_reads_gzip(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.sign_in("investigator")

    answer = visitor.client.get(INTAKE, headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.data) < 20_000 < len(gzip.decompress(answer.data))


def test_a_page_is_sent_as_it_is_to_a_browser_that_names_no_encoding(visitor: Visitor) -> None:
    visitor.sign_in("investigator")

    page = visitor.get(INTAKE)

    assert "Content-Encoding" not in page.headers
    assert page.heading == "Record a signal"

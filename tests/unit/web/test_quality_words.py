"""Every kind of finding that the rules can make has a sentence."""

import ast
from pathlib import Path

from app.services import quality_rules
from app.web.quality.words import SENTENCES


def test_every_kind_of_finding_has_a_sentence_and_no_sentence_is_without_a_kind() -> None:
    tree = ast.parse(Path(str(quality_rules.__file__)).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]

    kinds = {ast.literal_eval(call.args[0]) for call in calls if getattr(call.func, "id", "") == "Finding"}

    assert kinds == set(SENTENCES)

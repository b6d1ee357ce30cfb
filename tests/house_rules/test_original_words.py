"""The words of a return as they were written are read in few places; elsewhere, ``shown`` or ``heard``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house_rules.rules import modules, templates

FLOORS = ("listen", "understand", "act", "share", "api")
#: Where the original words are read, and why that is right.
ORIGINALS = {
    "listen/returns/models.py": {"self.text"},  # makes ``shown`` and ``heard``
    "listen/returns/written.py": {"text"},  # makes the same for rows
    "understand/verbatims/originals.py": {"each.text"},  # break-glass, with a reason and a trace
    "act/inbox/queries.py": {"text.text", "self.text.text"},  # whoever treats the case
    "share/law/access_file.py": {"one.text"},  # one's own words, to whom they belong
    "share/law/traces.py": {"row.text"},  # what is to be erased is looked for by it
    "share/law/erasing_returns.py": {"text"},  # the same
    "understand/verbatims/forgetting.py": {"text"},  # the same
    "understand/verbatims/masking.py": {"row.text"},  # masks them again
    # Whether words changed meanwhile, by themselves or by their fingerprint: nothing of them is kept.
    "listen/imports/targets/voices.py": {"text"},
    "understand/search/services.py": {"row.text", "text"},
    "understand/verbatims/reading.py": {"row.text", "text"},
    "understand/verbatims/refining.py": {"row.text", "text"},
    "understand/verbatims/services.py": {"found.text", "verbatim.text"},
    "understand/learning/draws.py": {"draw.verbatim.text", "text.text"},
    "understand/learning/labels.py": {"draw.verbatim.text"},
    "understand/learning/second.py": {"text.text"},
    "understand/learning/services.py": {"held.verbatim.text"},
}
#: Other things that bear the name: pieces already masked, sentences of ours, files outside the product.
OTHERS = {
    "act/inbox/queries.py": {"self.text"},
    "act/inbox/templates/inbox/case.html": {"said.text", "step.text"},
    "act/inbox/views.py": {"said.text"},
    "share/alerts/templates/alerts/one.html": {"step.text"},
    "share/letters/pages.py": {"found.text"},
    "share/letters/sending.py": {"written.text"},
    "share/letters/templates/letters/letter.html": {"written.text"},
    "share/law/access_file.py": {"step.text"},
    "share/law/documents/live.py": {"text"},
    "share/restitution/templates/restitution/aside.html": {"shown.text"},
    "listen/releases/publishing.py": {"comment.text"},
    "listen/releases/queries.py": {"each.text"},
    "understand/mirror/queries.py": {"each.text"},
    "listen/releases/tables.py": {"comment.text"},
    "listen/releases/templates/releases/figure.html": {"shown.text"},
    "listen/releases/templates/releases/wave.html": {"comment.text"},
    "understand/journeys/templates/journeys/answer.html": {"idea.text"},
    "understand/journeys/templates/journeys/idea.html": {"idea.text"},
    "understand/journeys/templates/journeys/list.html": {"shown.text"},
    "understand/learning/candidates.py": {"one.text"},
    "understand/themes/templates/taxonomy/pieces.html": {"piece.text"},
    "understand/themes/templates/taxonomy/share.html": {"shown.text"},
    "understand/verbatims/files/run.py": {"one.text", "told.text", "wish.text"},
    "understand/verbatims/templates/verbatims/one.html": {"card.text", "other.text"},
    "understand/verbatims/templates/verbatims/words.html": {"piece.text", "row.shown.pieces.0.text"},
}
#: Calls that read columns by their names.
READERS = {"values", "values_list", "F", "known"}
COLUMN = re.compile(r"(?:\w+__)?text")


def read_in_python(source: str) -> Iterator[str]:
    """What is read under the name ``text`` in a module: attributes, and columns of rows."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "text":
            yield ast.unparse(node)
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if name in READERS:
                yield from (str(word) for word in words if COLUMN.fullmatch(str(word)))


def read_in_templates(source: str) -> Iterator[str]:
    """The same in the tags of a template."""
    for tag in re.findall(r"{[{%].*?[%}]}", source, re.S):
        yield from re.findall(r"(?<![\w.])(?:\w+\.)+text\b", tag)


def _found() -> Iterator[tuple[str, str]]:
    for name, source in modules():
        if name.split("/")[0] in FLOORS:
            yield from ((name, what) for what in read_in_python(source))
    for name, source in templates():
        if name.split("/")[0] in FLOORS and "/txt" not in name:
            yield from ((name, what) for what in read_in_templates(source))


def test_original_words_are_read_where_it_is_said_why() -> None:
    strange = [
        f"{name}: {what} – the words of a return are read as shown (screens, files) or heard (engines); "
        "if it is none, say so in this test"
        for name, what in _found()
        if what not in ORIGINALS.get(name, set()) | OTHERS.get(name, set())
    ]
    assert not strange, "\n" + "\n".join(sorted(set(strange)))


@pytest.mark.parametrize(
    "line",
    [
        "row.text",
        "f(one.verbatim.text)",
        "rows.values_list('pk', 'text')",
        "rows.values('verbatim__text')",
        "F('text')",
    ],
)
def test_a_reading_of_original_words_is_found(line: str) -> None:
    assert list(read_in_python(line))


def test_a_reading_of_original_words_in_a_template_is_found() -> None:
    assert list(
        read_in_templates("<p>{{ text.text|quote }}</p>{% include 'x' with said=row.verbatim.text %}")
    ) == [
        "text.text",
        "row.verbatim.text",
    ]
    assert not list(read_in_templates("<p>{{ row.shown }}</p>, text.text"))

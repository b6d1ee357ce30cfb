"""What a source file says on screens: the msgids of its Python calls or of its template tags."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

#: Function of Django's translation -> which of its arguments are context, text and plural.
SPEAKERS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")


class UnreadableMessage(ValueError):  # noqa: N818  a fault of the words, told to whoever wrote them
    """A msgid that is computed: nobody can translate it."""


@dataclass(frozen=True, slots=True)
class Message:
    """Words to translate, and the file that says them."""

    text: str
    context: str = ""
    plural: str = ""
    where: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.context, self.text)


def messages_of(path: Path) -> list[Message]:
    """The messages of a Python file or a template, in their order.

    Raises:
        UnreadableMessage: if a msgid is not written out; the message names its line.
    """
    source = path.read_text(encoding="utf-8")
    found = _of_python(source) if path.suffix == ".py" else _of_template(source, path.name)
    return [Message(m.text, m.context, m.plural, path.name) for m in found]


def _aliases(tree: ast.AST) -> dict[str, str]:
    """The names under which a module calls Django's translation, or the mark of a library without Django."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            known = set(SPEAKERS) if node.module == "django.utils.translation" else {"gettext_noop"}
            names |= {item.asname or item.name: item.name for item in node.names if item.name in known}
        elif isinstance(node, ast.FunctionDef) and node.name == "gettext_noop":
            names[node.name] = node.name
        elif isinstance(node, ast.Assign) and ast.unparse(node.value) == "gettext_noop":
            names |= {ast.unparse(target): "gettext_noop" for target in node.targets}
    return names


def _speaker(call: ast.Call, names: dict[str, str]) -> str:
    if isinstance(call.func, ast.Name):
        return names.get(call.func.id, "")
    of_translation = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "translation"
    return call.func.attr if of_translation and isinstance(call.func, ast.Attribute) else ""


def _literal(node: ast.expr, call: ast.Call) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise UnreadableMessage(f"line {call.lineno}: {ast.unparse(node)} is computed, a msgid is written out")


def _message(call: ast.Call, speaker: str) -> Message:
    context, text, plural = (
        _literal(call.args[place], call) if place is not None else "" for place in SPEAKERS[speaker]
    )
    return Message(text, context, plural)


def _of_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    names = _aliases(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        speaker = _speaker(call, names)
        if speaker in SPEAKERS:
            yield _message(call, speaker)


def _of_template(source: str, name: str) -> Iterator[Message]:
    """Django turns its tags into calls in the middle of noise; each call is read where it stands."""
    text = templatize(source, origin=name)
    for start in _CALL.finditer(text):
        call = _call_at(text, start.start())
        if call is not None:
            function = ast.unparse(call.func)
            yield _message(call, "gettext" if function == "_" else function)


def _call_at(text: str, start: int) -> ast.Call | None:
    end = text.find(")", start)
    while end != -1:
        try:
            call = ast.parse(text[start : end + 1], mode="eval").body
        except SyntaxError:
            end = text.find(")", end + 1)
            continue
        return call if isinstance(call, ast.Call) else None
    return None

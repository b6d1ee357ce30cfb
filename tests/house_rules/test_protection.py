"""``docs/protection.md`` says what the code does; the code does nothing dangerous that it would hide."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "visavis"
PAGE = (ROOT / "docs" / "protection.md").read_text(encoding="utf-8")
CRYPTOGRAPHIC = {"hashlib", "hmac", "cryptography", "jwt", "pyrage", "signing", "xmlsec", "onelogin"}
EVALUATES = {"eval", "exec", "compile", "__import__"}
#: Modules that read what others wrote in forms that run code.
RUNNING_FORMS = {"pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "yaml", "xml"}
#: Where no chance may be guessed: everything but the invented company, resampling, and samples to label.
GUESSABLE = ("demo/", "measure/", "text/", "understand/learning/")


@cache
def trees() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        found[path.relative_to(HOUSE.parent).as_posix()] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(tree: ast.AST) -> set[str]:
    """The first words of what a module imports, and ``signing`` of Django."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module.split(".")[0]} | {n.name for n in node.names if n.name == "signing"}
    return found


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of the house: its file, the name called with what stands before its last dot, the call."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, ast.unparse(node.func), node


def test_every_table_stands_in_one_level() -> None:
    levels = re.findall(r"^- \*\*[A-D]\*\*: (.*?)(?=^- |^## )", PAGE, re.MULTILINE | re.DOTALL)
    assert len(levels) == 4
    named = [label for level in levels for label in level.split()]
    ours = [model._meta.label for model in apps.get_models() if model.__module__.startswith("visavis.")]
    assert sorted(named) == sorted(ours)


LIMITS = re.findall(r"^\|[^|]+\| `([\w.]+):([\w.]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("module", "name", "told"), LIMITS)
def test_a_limit_is_the_one_in_force(module: str, name: str, told: str) -> None:
    found: Any = settings if module.endswith(".settings") else importlib.import_module(module)
    first, _, inner = name.partition(".")
    found = getattr(found, first)
    assert str(found[inner] if inner else found) == told


def test_there_are_limits_to_hold() -> None:
    assert len(LIMITS) == len(re.findall(r"^\|[^|]+\| `visavis[\w.]+:", PAGE, re.MULTILINE)) >= 20


def test_every_module_that_hashes_signs_or_seals_is_in_the_inventory() -> None:
    using = {path for path, tree in trees().items() if imported(tree) & CRYPTOGRAPHIC}
    told = set(re.findall(r"`(visavis/[\w/]+\.py)`", PAGE))
    assert using | {"visavis/people/accounts/hashers.py"} == told  # that one only sets costs of Django's


def test_every_key_that_an_instance_draws_is_in_the_inventory() -> None:
    from visavis.site.options import KEY_FILES

    drawn = {*KEY_FILES.values()}
    for _path, name, call in calls():
        if name.endswith("_drawn_once") and isinstance(call.args[0], ast.Constant):
            drawn.add(str(call.args[0].value))
    assert drawn == {"secret-key", "sealing-key", "lasting-key"}
    assert all(f"| `{name}` |" in PAGE for name in drawn)


def test_no_weak_hash_protects_anything() -> None:
    weak = [
        f"{path}: {name}"
        for path, name, call in calls()
        if name.split(".")[-1] in {"md5", "sha1"}
        and not any(
            key.arg == "usedforsecurity" and ast.unparse(key.value) == "False" for key in call.keywords
        )
    ]
    assert weak == []


def test_what_must_not_be_guessed_is_drawn_from_the_system() -> None:
    drawing = {path for path, tree in trees().items() if "random" in imported(tree)}
    assert {path for path in drawing if not path.removeprefix("visavis/").startswith(GUESSABLE)} == set()


def test_nothing_is_evaluated_and_no_form_that_runs_code_is_read() -> None:
    evaluated = [f"{path}: {name}" for path, name, _ in calls() if name in EVALUATES]
    running = [path for path, tree in trees().items() if imported(tree) & RUNNING_FORMS]
    unpickled = [
        path
        for path, name, call in calls()
        if name == "np.load" and "allow_pickle=False" not in ast.unparse(call)
    ]
    assert (evaluated, running, unpickled) == ([], [], [])


def test_no_template_is_made_of_words() -> None:
    made = [
        f"{path}: {name}" for path, name, _ in calls() if name.split(".")[-1] in {"Template", "from_string"}
    ]
    assert [each for each in made if "Identity.from_str" not in each] == []


def test_no_process_is_started_through_a_shell() -> None:
    found = 0
    for path, name, call in calls():
        assert name not in {"os.system", "os.popen", "subprocess.getoutput"}, path
        if name.startswith("subprocess.") and name.split(".")[1] in {"run", "Popen", "call", "check_output"}:
            found += 1
            assert not any(key.arg == "shell" for key in call.keywords), path
            assert not isinstance(call.args[0], ast.JoinedStr | ast.BinOp), path
    assert found


def _pattern(node: ast.expr) -> str | None:
    """The pattern of a call of ``re``, if it is written out."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def patterns() -> Iterator[tuple[str, ast.Call]]:
    names = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
    for path, name, call in calls():
        if name.startswith("re.") and name[3:] in names and call.args:
            yield path, call


def test_words_of_people_enter_no_pattern_unescaped() -> None:
    """What is put into a pattern is a constant, or passes ``re.escape``."""
    loose = []
    for path, call in patterns():
        parts = [n.value for n in ast.walk(call.args[0]) if isinstance(n, ast.FormattedValue)]
        loose += [
            f"{path}: {ast.unparse(part)}"
            for part in parts
            if not re.search(r"re\.escape|^_?[A-Z][A-Z_]*(\.pattern)?$|join|^_", ast.unparse(part))
        ]
    assert loose == []


def _doubled(parsed: Any, inside: bool = False) -> bool:
    """Whether a repetition without end stands in another: the form that may take exponential time."""
    for kind, told in parsed:
        if kind in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
            _low, high, inner = told
            endless = high is _constants.MAXREPEAT
            alone = len(inner) == 1
            if (endless and inside and alone) or _doubled(inner, (inside or endless) and alone):
                return True
        within: Any = ()
        if kind in {_constants.SUBPATTERN, _constants.BRANCH}:
            within = told[-1:] if kind is _constants.SUBPATTERN else told[1]
        if any(_doubled(each, inside and len(each) == 1) for each in within):
            return True
    return False


def test_no_pattern_repeats_a_repetition() -> None:
    written = [(path, text) for path, call in patterns() if (text := _pattern(call.args[0])) is not None]
    assert len(written) > 50
    assert [(path, text) for path, text in written if _doubled(_parser.parse(text))] == []
    assert _doubled(_parser.parse(r"(a+)+$"))
    assert _doubled(_parser.parse(r"(?:a*|b)*c"))
    assert not _doubled(_parser.parse(r"(?:a+,)*"))


@pytest.mark.parametrize("lock", ["core", "dev"])
def test_every_library_is_locked_by_its_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    pinned = re.findall(
        r"^([\w.-]+(?:\[[\w,]+\])?)==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}[ \\]*\n)+)",
        text,
        re.MULTILINE,
    )
    assert len(pinned) == len(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, re.MULTILINE)) > 20


def test_the_times_of_corrections_are_written_down() -> None:
    text = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    assert "severe ones within 7 days of their publication, others within 30" in text

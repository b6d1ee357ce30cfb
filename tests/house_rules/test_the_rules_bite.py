"""Each rule finds the fault it is there for, planted here; and lets pass what is right."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules import rules
from tests.house_rules.rules import HOUSE, ROOT


@pytest.mark.parametrize(
    "line",
    [
        "if voice == Voice.CUSTOMER: pass",
        "if voice is not Voice.EMPLOYEE: pass",
        "if Voice.EMPLOYEE.value != row.voice: pass",
        "x = 1 if words.Voice.CUSTOMER == voice else 2",
        "if voice in {Voice.CUSTOMER}: pass",
        "if row.voice == 'customer': pass",
        "match voice:\n    case Voice.CUSTOMER: pass",
    ],
)
def test_a_fork_on_a_voice_is_found(line: str) -> None:
    assert len(rules.forks(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "if voice in LISTED_VOICES: pass",
        "if one.voice == other.voice: pass",
        "condition = Q(voice=Voice.CUSTOMER.value)",
        "for voice in Voice: pass",
        "if kind == 'customer': pass",
    ],
)
def test_what_treats_both_voices_alike_passes(line: str) -> None:
    assert rules.forks(line) == []


def test_a_fork_in_a_template_is_found() -> None:
    assert rules.template_forks('{% if row.voice == "customer" %}')
    assert not rules.template_forks('<p data-voice="customer">')


def test_length_is_counted() -> None:
    assert rules.long_module("x = 1\n" * 301)
    assert not rules.long_module("x = 1\n" * 300)
    assert rules.long_template("<p>\n" * 121)
    body = "    x = 1\n"
    assert rules.long_functions("def f():\n" + body * 31)
    assert not rules.long_functions('def f():\n    """Say."""\n' + body * 30)


def test_a_silent_function_is_found() -> None:
    assert rules.undocumented("def close(*, by): pass") == ["line 1: close has no docstring"]
    assert not rules.undocumented("def _hidden(): pass")


def test_a_test_that_weighs_seconds_is_found() -> None:
    assert rules.timed_tests("assert time.process_time() - started < 5")
    assert not rules.timed_tests("limit = time.monotonic() + 20")


def test_a_day_cut_from_an_instant_in_utc_is_found() -> None:
    assert rules.days_of_greenwich("spoken_day(release.published_at.date())")
    assert not rules.days_of_greenwich("spoken_day(timezone.localdate(release.published_at))")


def test_a_query_that_reads_the_clock_is_found() -> None:
    assert rules.clock_readings("def late(viewer): return rows.filter(day__lt=dt.date.today())")
    assert not rules.clock_readings("def late(viewer, *, today): return rows.filter(day__lt=today)")


def test_the_screens_of_another_room_are_out_of_reach() -> None:
    line = "from visavis.act.inbox.views import page"
    assert rules.foreign_screens("share/boards/views.py", line)
    assert not rules.foreign_screens("act/inbox/urls.py", line)
    assert not rules.foreign_screens("share/boards/views.py", "from visavis.act.inbox.queries import cases")


@pytest.mark.parametrize(
    "text", ["{{ team.csat }}", "{{ row.estimate|number:1 }}", "{{ share|percent }}", "{{ gap|signed:1 }}"]
)
def test_a_score_written_by_hand_is_found(text: str) -> None:
    assert rules.bare_scores(f"<td>{text}</td>")


@pytest.mark.parametrize(
    "text", ["{% figure row.csat as shown %}{{ shown.text }}", "{{ run.progress|percent }}"]
)
def test_a_figure_that_carries_its_interval_passes(text: str) -> None:
    assert not rules.bare_scores(text)


def test_a_figure_alone_is_found() -> None:
    said = "".join(f' data-{word}="{{{{ x.{word} }}}}"' for word in ("score", "n", "low", "high"))
    whole = (
        "{% figure row.csat as x %}" + f"<b{said}>{{{{ x.text }}}}</b> {{{{ x.count }}}}, {{{{ x.span }}}}"
    )
    assert not rules.lone_figures(whole) + rules.bare_scores(whole)
    assert rules.lone_figures(whole.replace("{{ x.count }}", "")) == ["x.text is shown without n"]
    assert rules.lone_figures(whole.replace("{{ x.span }}", "")) == ["x.text is shown without span"]
    assert "data-low" in rules.lone_figures(whole.replace("data-low", "data-lost"))[0]
    assert rules.bare_scores(whole.replace("data-low", "data-lost"))


def test_a_machine_path_or_a_registry_is_found() -> None:
    for word in ("/" + "work/main", "open('/" + "home/ana/x')", "https://py" + "pi.org/simple"):
        assert rules.machine_words(f"see {word}"), word
    for word in (
        "a fair day's work/life balance",
        "docs/" + "work/x",
        "</work>",
        "https://example.org/" + "home/",
    ):
        assert not rules.machine_words(word), word


def test_an_unused_template_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "room/templates"
    (folder / "cotton").mkdir(parents=True)
    (folder / "cotton/card.html").write_text("<p></p>")
    (folder / "page.html").write_text("<c-card></c-card>")
    (folder / "lost.html").write_text("<c-cards></c-cards>")
    (folder / "room").mkdir()
    (folder / "room/adviser.html").touch()
    (folder / "room/nobody.html").touch()
    view = 'render(request, "page.html"); render(request, f"room/{name}.html"); HOMES = {Role.ADVISER: 1}'
    (tmp_path / "room/views.py").write_text(view)
    assert rules.unused_templates(tmp_path) == ["lost.html", "room/nobody.html"]
    (folder / "page.html").write_text("")
    assert rules.unused_templates(tmp_path) == ["cotton/card.html", "lost.html", "room/nobody.html"]


def test_a_heavy_start_is_found() -> None:
    environment = {"PATH": os.environ["PATH"]}
    assert "pyarrow" in rules.loaded_after("import pyarrow", environment)
    assert not rules.loaded_after("import json", environment) & rules.HEAVY


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house, copied, for faults to be planted in."""
    folder = tmp_path_factory.mktemp("copy")
    unread = shutil.ignore_patterns("__pycache__", "static", "templates", "locale", "*.json", "migrations")
    shutil.copytree(HOUSE, folder / "src" / "visavis", ignore=unread)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    command = [str(tool), "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_floors_hold(copy: Path) -> None:
    done = _contracts(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("listen/returns/planted.py", "from visavis.act.inbox import models"),
        ("measure/planted.py", "import django.conf"),
        ("share/boards/planted.py", "import visavis.demo.apps"),
        ("core/planted.py", "import visavis.measure.shares"),
        ("act/inbox/queries_planted.py", "import visavis.site.settings"),
        ("act/planted/services.py", "import visavis.web.parts"),
    ],
)
def test_a_forbidden_import_breaks_the_contracts(copy: Path, where: str, line: str) -> None:
    planted = copy / "src" / "visavis" / where
    room = None if planted.parent.exists() else planted.parent
    if room:
        room.mkdir()
        (room / "__init__.py").touch()
    planted.write_text(line + "\n")
    try:
        done = _contracts(copy)
    finally:
        shutil.rmtree(room) if room else planted.unlink()
    assert done.returncode == 1
    assert "BROKEN" in done.stdout

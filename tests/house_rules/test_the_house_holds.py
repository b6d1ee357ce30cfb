"""The house as it stands breaks none of its rules."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.utils import get_app_template_dirs

from tests.house_rules import rules
from tests.house_rules.rules import HOUSE, MAY_FORK, PURE, ROOT, faults, modules, templates
from visavis.site import option_page, words


def none(found: list[str]) -> None:
    """Fail naming every fault."""
    assert not found, "\n" + "\n".join(found)


def test_only_the_policy_forks_on_a_voice() -> None:
    none(faults(rules.forks, ((name, source) for name, source in modules() if name not in MAY_FORK)))
    none(faults(rules.template_forks, templates()))


def test_modules_are_short() -> None:
    none(faults(rules.long_module, modules()))


def test_functions_are_short() -> None:
    none(faults(rules.long_functions, modules()))


def test_templates_are_short() -> None:
    none(faults(rules.long_template, templates()))


def test_every_public_function_of_the_pure_libraries_and_every_service_says_what_it_does() -> None:
    wanted = (
        (name, source)
        for name, source in modules()
        if name.split("/")[0] in PURE or name.endswith("services.py") or "/services/" in name
    )
    none(faults(rules.undocumented, wanted))


def test_no_test_weighs_seconds() -> None:
    sources = (
        (str(path.relative_to(ROOT)), path.read_text("utf-8"))
        for path in sorted((ROOT / "tests").rglob("*.py"))
    )
    none(rules.faults(rules.timed_tests, sources))


def test_no_day_is_cut_from_an_instant_in_utc() -> None:
    none(faults(rules.days_of_greenwich, modules()))


def test_no_query_reads_the_clock() -> None:
    none(faults(rules.clock_readings, ((name, source) for name, source in modules() if "/queries" in name)))


def test_no_room_reaches_for_the_screens_of_another() -> None:
    none([fault for name, source in modules() for fault in rules.foreign_screens(name, source)])


def test_no_template_prints_a_score_by_hand() -> None:
    none(faults(rules.bare_scores, templates()))


def test_every_figure_stands_with_its_n_and_its_interval() -> None:
    none(faults(rules.lone_figures, templates()))


def _provided_by_others(name: str) -> bool:
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    return any((folder / name).exists() for folder in folders if HOUSE not in folder.parents)


def test_every_template_is_used() -> None:
    none(rules.unused_templates(provided=_provided_by_others))


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    none([name for name, _ in modules() if Path(name).stem in {"utils", "helpers", "misc", "common"}])


def test_nothing_happens_behind_a_save() -> None:
    none([name for name, source in modules() if "models.signals" in source or "django.dispatch" in source])


def test_the_french_catalogues_are_whole() -> None:
    none(words.check())


def test_the_page_of_options_says_what_the_options_are() -> None:
    assert (ROOT / "docs" / "options.md").read_text(encoding="utf-8") == option_page.page(), "run: make docs"


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    found = []
    for path in rules.committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {fault}" for fault in rules.machine_words(text)]
    none(found)


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "VISAVIS_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "visavis.site.settings",
    }


def test_a_web_process_starts_light(tmp_path: Path) -> None:
    # As site/wsgi.py does, but for its refusal of an instance without a database.
    start = (
        "from django.core.wsgi import get_wsgi_application\nget_wsgi_application()\n"
        "import visavis.site.databases, visavis.site.safety\n"
        "from django.urls import get_resolver\nget_resolver().reverse_dict"
    )
    loaded = rules.loaded_after(start, _environment(tmp_path))
    assert "django" in loaded
    assert not loaded & rules.HEAVY


@pytest.mark.parametrize("library", PURE)
def test_a_pure_library_runs_without_django(library: str, tmp_path: Path) -> None:
    found = sorted((HOUSE / library).rglob("*.py"))
    names = [".".join(path.relative_to(HOUSE.parent).with_suffix("").parts) for path in found]
    imports = "\n".join(
        f"import {name.removesuffix('.__init__')}" for name in names if "__main__" not in name
    )
    assert "django" not in rules.loaded_after(imports, _environment(tmp_path))

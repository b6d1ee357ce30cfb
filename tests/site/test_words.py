"""The gate of the French catalogues, tried on a small house with each fault in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.site import words

VIEW = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
TITLE = _("Returns to treat")
TONE = pgettext_lazy("badge", "New")
def told(n):
    return ngettext("%(count)s return", "%(count)s returns", n) % {"count": n}
"""
PAGE = """
{% load i18n %}<h1>{% translate "Team" %}</h1><p title="{{ _('Close') }}">
{% blocktranslate count count=n trimmed %}
{{ count }} answer {% plural %}{{ count }} answers{% endblocktranslate %}
{% include "x.html" with label=_("More") %}</p>
"""
FRENCH = {
    "Returns to treat": "Retours à traiter",
    "New": "Nouveau",
    "%(count)s return": ("%(count)s retour", "%(count)s retours"),
    "Team": "Équipe",
    "Close": "Fermer",
    "%(count)s answer": ("%(count)s réponse", "%(count)s réponses"),
    "More": "Plus",
}


def _room(house: Path, name: str, view: str, page: str = "") -> Path:
    folder = house / "floor" / name
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").touch()
    (folder / "views.py").write_text(view)
    (folder / "templates" / "page.html").write_text(page)
    return folder


def _translate(folder: Path) -> None:
    catalogue = words.Room(folder).catalogue()
    for entry in catalogue:
        french = FRENCH[entry.msgid]
        if isinstance(french, tuple):
            entry.msgstr_plural = dict(enumerate(french))
        else:
            entry.msgstr = french
    catalogue.save(str(folder / words.CATALOGUE))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = _room(tmp_path, "room", VIEW, PAGE)
    assert words.extract(tmp_path) == ["floor/room: 7 to translate"]
    _translate(folder)
    return tmp_path


def test_a_room_whose_catalogue_is_full_has_no_fault(house: Path) -> None:
    assert words.check(house) == []


def test_extracting_twice_changes_nothing(house: Path) -> None:
    path = house / "floor/room" / words.CATALOGUE
    before = path.read_bytes()
    assert words.extract(house) == []
    assert path.read_bytes() == before


def test_a_string_without_french_is_named(house: Path) -> None:
    (house / "floor/room/more.py").write_text(VIEW.replace("Returns to treat", "Returns to read"))
    assert words.check(house) == ["floor/room: missing 'Returns to read'"]


def test_words_that_nobody_says_any_more_are_named(house: Path) -> None:
    (house / "floor/room/templates/page.html").write_text("")
    assert "floor/room: unused 'Team'" in words.check(house)


@pytest.mark.parametrize(
    ("french", "spoilt", "fault"),
    [
        ('msgstr "Équipe"', 'msgstr ""', "empty 'Team'"),
        ('msgid "Team"', '#, fuzzy\nmsgid "Team"', "fuzzy 'Team'"),
        ("%(count)s retours", "%(total)s retours", "unknown place in the French of '%(count)s return'"),
        ('msgstr "Équipe"', 'msgstr "Équipe :"', "plain space before a double sign in the French of 'Team'"),
        ('msgstr "Équipe"', 'msgstr "L\'équipe"', "straight apostrophe in the French of 'Team'"),
        ('msgstr[1] "%(count)s retours"\n', "", "empty '%(count)s return'"),
    ],
)
def test_a_fault_of_the_catalogue_is_named(house: Path, french: str, spoilt: str, fault: str) -> None:
    path = house / "floor/room" / words.CATALOGUE
    text = path.read_text()
    assert french in text
    path.write_text(text.replace(french, spoilt, 1))
    assert words.check(house) == [f"floor/room: {fault}"]


def test_extracting_binds_the_signs_that_french_binds(house: Path) -> None:
    path = house / "floor/room" / words.CATALOGUE
    path.write_text(path.read_text().replace('"Équipe"', '"« L\'équipe » : 84 % ?"'))
    assert words.check(house)
    words.extract(house, only="floor/room")
    assert words.check(house) == []
    assert "«\u00a0L’équipe\u00a0»\u00a0: 84\u00a0%\u00a0?" in path.read_text()


@pytest.mark.parametrize("call", ['_(f"{n} returns")', '_("{} returns".format(n))', "_(name)"])
def test_a_msgid_that_is_computed_is_refused(house: Path, call: str) -> None:
    (house / "floor/room/more.py").write_text(
        f"from django.utils.translation import gettext as _\nX = {call}\n"
    )
    assert any("is computed" in fault for fault in words.check(house))


def test_an_anonymous_place_is_refused(house: Path) -> None:
    (house / "floor/room/more.py").write_text(
        'from django.utils.translation import gettext\nX = gettext("%s returns")'
    )
    assert any("anonymous place" in fault for fault in words.check(house))


def test_two_rooms_may_not_say_the_same_words_otherwise(house: Path) -> None:
    _room(house, "next", 'from django.utils.translation import gettext\nX = gettext("Team")')
    words.extract(house)
    path = house / "floor/next" / words.CATALOGUE
    text = words.Room(house / "floor/next").catalogue()
    for entry in text:
        entry.msgstr = "Groupe"
    text.save(str(path))
    assert words.check(house) == ["floor/room: 'Team' is said otherwise in floor/next"]


def test_django_reads_what_is_compiled(house: Path) -> None:
    import gettext as standard

    path = house / "floor/room" / words.CATALOGUE
    assert words.compile_all([path]) == 1
    assert words.compile_all([path]) == 0
    with path.with_suffix(".mo").open("rb") as made:
        french = standard.GNUTranslations(made)
    assert french.gettext("Team") == "Équipe"
    assert [french.ngettext("%(count)s answer", "%(count)s answers", n) for n in (0, 1, 2)] == [
        "%(count)s réponse",
        "%(count)s réponse",
        "%(count)s réponses",
    ]

"""What cells are called, in each language: « Caen et Saint-Malo »."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from visavis.core.languages import LANGUAGES, say
from visavis.core.periods import spoken_month
from visavis.listen.campaigns.naming import WAVE_CODE, wave_name
from visavis.listen.releases.models import Kind
from visavis.listen.releases.planning import DIRECT, UNIT, UNSAID, Place
from visavis.people.units.models import Unit

#: Names of a value, in each language.
Names = Mapping[str, str]
#: What the company is cut by, under the names that files usually give it; any other name is said as it is.
_CUTS = {
    gettext_lazy("Place in the organisation"): (UNIT,),
    gettext_lazy("Seniority"): ("seniority", "anciennete"),
    gettext_lazy("Contract"): ("contract", "contrat", "type_de_contrat"),
    gettext_lazy("Gender"): ("gender", "genre", "sexe", "sex"),
    gettext_lazy("Age"): ("age", "age_group", "tranche_d_age", "age_range"),
    gettext_lazy("Shift"): ("shift", "horaire", "horaires"),
    gettext_lazy("Job"): ("job", "metier", "poste", "fonction", "role"),
    gettext_lazy("Working time"): ("working_time", "temps_de_travail"),
    gettext_lazy("Remote work"): ("remote", "remote_work", "teletravail"),
    gettext_lazy("Week"): ("week",),
}
_CUT_NAMES = {cut: name for name, cuts in _CUTS.items() for cut in cuts}


def cut_name(cut: str) -> str:
    """What a cut is called on a screen: its words where its name is a usual one, its name as words otherwise.

    Args:
        cut: as a release keeps it, ``seniority`` or ``site_d_origine``.
    """
    if cut in _CUT_NAMES:
        return str(_CUT_NAMES[cut])
    words = cut.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


class Naming:
    """Names the cells of a release.

    Args:
        lists: cut -> value -> its names; a value without a name says itself.
    """

    def __init__(self, lists: Mapping[str, Mapping[str, Names]] | None = None) -> None:
        self._lists = lists or {}
        self._units = dict(Unit.objects.order_by("pk").values_list("path", "name"))

    def names(self, place: Place) -> dict[str, str]:
        """The names of a cell, those of its members one after the other."""
        return in_each(
            lambda language: joined([self._member(place.cut, each, language) for each in place.members])
        )

    def _member(self, cut: str, member: str, language: str) -> str:
        if cut == UNIT:
            return self._unit(member)
        if member == UNSAID:
            return _("Not said")
        return say(self._lists.get(cut, {}).get(member, {}), language) or member

    def _unit(self, member: str) -> str:
        name = self._units.get(member.removesuffix(DIRECT), member)
        return _("%(unit)s, outside its teams") % {"unit": name} if member.endswith(DIRECT) else name


def in_each(told: Callable[[str], str]) -> dict[str, str]:
    """What is told, in each language of the screens."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = told(language)
    return found


def released_words(what: str) -> str:
    """What the journal names « words 2025-11 », « barometer-2025-11 », in words; other codes as they are."""
    kind, _space, month = what.partition(" ")
    if what.startswith(WAVE_CODE):
        return say(wave_name(what.removeprefix(WAVE_CODE)), get_language() or "fr")
    if kind not in Kind.values or not month:
        return what
    day = dt.date.fromisoformat(f"{month}-01")
    label = str(Kind(kind).label)
    return f"{label[:1].lower()}{label[1:]}, {spoken_month(day, get_language() or 'fr')}"


def joined(names: Sequence[str]) -> str:
    """Names as one says them: « Brest, Caen et Saint-Malo »."""
    if len(names) < 2:
        return "".join(names)
    return pgettext("shown together", "%(names)s and %(last)s") % {
        "names": ", ".join(names[:-1]),
        "last": names[-1],
    }


def place_of(place: Place) -> str:
    """The key of a cell: the path of a unit or the value of a cut; several codes, joined."""
    if len(place.members) == 1:
        return place.members[0]
    if place.cut != UNIT:
        return "+".join(place.members)
    return "+".join(_code(member) for member in place.members)


def _code(member: str) -> str:
    bare = member.removesuffix(DIRECT)
    return bare.strip("/").rpartition("/")[2] + (DIRECT if member.endswith(DIRECT) else "")

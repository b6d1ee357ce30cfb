"""The checklist of a first start: what is there, what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.imports.queries import may_import
from visavis.listen.returns.models import Response
from visavis.measure.figures import number
from visavis.moments.exchanges.models import Interaction
from visavis.moments.references.models import Moment
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit
from visavis.understand.themes.models import Theme


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, what is there already, where it is done."""

    title: str
    there: str
    done: bool
    url: str
    action: str


def _url(name: str) -> str:
    """Where a step is done; empty as long as its screen does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _shown(count: int) -> str:
    return number(count, get_language() or "fr")


def ahead(viewer: Viewer) -> list[tuple[Step, bool, bool]]:
    """Each step, whether it is the next one, and whether it is this viewer's to take."""
    found = checklist()
    first = next((at for at, step in enumerate(found) if not step.done), len(found))
    refers, imports, model = viewer.may(Right.REFERENCES), may_import(viewer), _url("references:start")
    return [(step, at == first, refers if step.url == model else imports) for at, step in enumerate(found)]


def checklist() -> list[Step]:
    """The steps in their order. Counts only: nobody's content is read."""
    units, people = Unit.objects.count(), Person.objects.count()
    exchanges = Interaction.objects.count()
    heard = Response.objects.filter(voice=Voice.CUSTOMER).count()
    moments, themes = Moment.objects.count(), Theme.objects.filter(parent__isnull=False).count()
    waves = Response.objects.filter(source=Response.Source.BAROMETER).values("campaign").distinct().count()
    imports = _url("imports:new")
    return [
        Step(
            _("Organisation"),
            ngettext("%(n)s unit", "%(n)s units", units) % {"n": _shown(units)}
            + ", "
            + ngettext("%(n)s person", "%(n)s people", people) % {"n": _shown(people)},
            people > 0,
            imports,
            _("Import the organisation"),
        ),
        Step(
            _("Moments and themes"),
            ngettext("%(n)s moment", "%(n)s moments", moments) % {"n": _shown(moments)}
            + ", "
            + ngettext("%(n)s theme", "%(n)s themes", themes) % {"n": _shown(themes)},
            moments > 0 and themes > 0,
            _url("references:start"),
            _("Start from a model of your sector"),
        ),
        Step(
            _("Exchanges"),
            ngettext("%(n)s exchange", "%(n)s exchanges", exchanges) % {"n": _shown(exchanges)},
            exchanges > 0,
            imports,
            _("Import exchanges"),
        ),
        Step(
            _("Customers' returns"),
            ngettext("%(n)s return", "%(n)s returns", heard) % {"n": _shown(heard)},
            heard > 0,
            imports,
            _("Import returns or public reviews"),
        ),
        Step(
            _("Barometer of the teams"),
            ngettext("%(n)s wave received", "%(n)s waves received", waves) % {"n": _shown(waves)},
            waves > 0,
            imports,
            _("Import a wave"),
        ),
    ]

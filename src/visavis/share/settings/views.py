"""First steps, organisation, journal, matrix of rights."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from visavis.people.access import journal as told
from visavis.people.access.clock import today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOBODY
from visavis.people.accounts.models import Account
from visavis.people.persons.models import ROLES
from visavis.people.units.queries import units
from visavis.share.boards.steps import ahead
from visavis.share.settings import matrix as rights
from visavis.share.settings import queries
from visavis.share.settings.forms import DayForm
from visavis.share.settings.services import take_journal
from visavis.web.downloads import Cell, csv_answer, told_once_taken
from visavis.web.parts import render_part

PAGE = 50


@require_safe
def start(request: HouseRequest) -> HttpResponse:
    """What is there, what comes next."""
    if not queries.may_begin(request.viewer):
        raise PermissionDenied
    rows = ahead(request.viewer)
    context = {
        "rows": rows,
        "left": sum(not step.done for step, _next, _theirs in rows),
        "demo": settings.DEMO,
        "refers": request.viewer.may(Right.REFERENCES),
        "settles": request.viewer.may(Right.SETTINGS),
    }
    return render_part(request, "settings/start.html", context)


@require_safe
def organisation(request: HouseRequest) -> HttpResponse:
    """The tree, as it is or was on a day."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    form = DayForm(request.GET if "jour" in request.GET else None, initial={"jour": today()})
    day = form.day(today())
    nodes = queries.tree(request.viewer, day=day)
    context = {"form": form, "day": day, "nodes": nodes, "people": sum(node.people for node in nodes)}
    return render_part(request, "settings/organisation.html", context)


@require_safe
def unit(request: HouseRequest, code: str) -> HttpResponse:
    """Who works in a unit on a day."""
    found = get_object_or_404(units(request.viewer, Right.SETTINGS).select_related("parent"), code=code)
    form = DayForm(request.GET if "jour" in request.GET else None, initial={"jour": today()})
    day = form.day(today())
    people = queries.people_of(request.viewer, found, day=day)
    context = {
        "form": form,
        "day": day,
        "unit": found,
        "above": found.parent
        if request.viewer.may(Right.SETTINGS, found.parent.path if found.parent else "")
        else None,
        "page": Paginator(people, PAGE).get_page(request.GET.get("page")),
    }
    return render_part(request, "settings/unit.html", context)


def who(entry: JournalEntry) -> str:
    """Who acted: a person, an address, or the command line."""
    if entry.account is None:
        return _("the command line")
    return entry.account.person.name if entry.account.person else entry.account.email


def _wanted(request: HouseRequest) -> tuple[str, int | None]:
    asked = request.GET.get("qui", "")
    verb = request.GET.get("geste", "")
    return verb if verb in told.verbs() else "", int(asked) if asked.isdecimal() and len(asked) < 10 else None


@require_safe
def journal(request: HouseRequest) -> HttpResponse:
    """What was done, in sentences."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    verb, account = _wanted(request)
    page = Paginator(queries.journal(request.viewer, verb=verb, account=account), PAGE)
    shown = page.get_page(request.GET.get("page"))
    authors = queries.journal(request.viewer).order_by().values("account")
    context = {
        "page": shown,
        "rows": [(entry, who(entry), told.sentence(entry)) for entry in shown.object_list],
        "verb": verb,
        "account": account,
        "verbs": sorted(told.verbs().items(), key=lambda pair: pair[1]),
        "authors": Account.objects.filter(pk__in=authors).select_related("person").order_by("email"),
    }
    return render_part(request, "settings/journal.html", context)


@require_safe
@told_once_taken
def journal_export(request: HouseRequest) -> StreamingHttpResponse:
    """The journal as a file, with the filters of the page."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    verb, account = _wanted(request)
    rows = take_journal(by=request.viewer, lines=queries.journal(request.viewer, verb=verb, account=account))
    header = [_("When"), _("Who"), _("What"), _("Gesture"), _("About")]

    def lines() -> Iterator[list[Cell]]:
        for entry in rows.iterator(2000):
            yield [timezone.localtime(entry.at), who(entry), told.sentence(entry), entry.verb, entry.about]

    return csv_answer("journal", header, lines())


@require_safe
def matrix(request: HouseRequest) -> HttpResponse:
    """Who may do what: for everybody signed in."""
    if request.viewer == NOBODY:
        raise PermissionDenied
    context = {
        "rows": rights.matrix(),
        "roles": [(words, role in request.viewer.roles) for role, words in ROLES],
    }
    return render_part(request, "settings/matrix.html", context)

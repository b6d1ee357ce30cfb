"""The explorer, one return, and the correction of a reading."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.narrowing import choices_for
from visavis.listen.returns.queries import returns
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.text.personal import mask
from visavis.text.searching import parse
from visavis.understand.learning.models import Reader
from visavis.understand.learning.switches import turned_off
from visavis.understand.search.jobs import progress
from visavis.understand.search.queries import NEAREST
from visavis.understand.verbatims import explorer, page, services, single, tables
from visavis.understand.verbatims.cards import cards
from visavis.understand.verbatims.chosen import LONGEST, SEARCH
from visavis.understand.verbatims.explorer import Ask, Taxonomy
from visavis.understand.verbatims.forms import ManyForm, ReadingForm, ThemeForm
from visavis.understand.verbatims.gestures import UNDO
from visavis.understand.verbatims.originals import may_be_asked
from visavis.understand.verbatims.rows import signed_tones, text_rows
from visavis.web.filters import FilterBar, read_filters
from visavis.web.leaving import Leaving, leave
from visavis.web.parts import render_part, wants_part


def _asked(request: HouseRequest, taxonomy: Taxonomy) -> tuple[Ask, FilterBar]:
    """What the address asks, for whoever may read returns at all."""
    if not request.viewer.may(Right.RETURNS):
        raise PermissionDenied
    period = explorer.latest_period(request.viewer, today())
    choices = choices_for(request.viewer, Right.RETURNS, period=period)
    filters = read_filters(request.GET, choices, today())
    ask = explorer.by_meaning(request.viewer, explorer.read_ask(request.GET, filters, taxonomy))
    return ask, FilterBar(ask.filters, choices, today(), kept=ask.chosen.pairs())


@require_safe
def explore(request: HouseRequest) -> HttpResponse:
    """Texts with facets and search. After a correction, htmx asks for the counts alone."""
    taxonomy = Taxonomy(request.viewer)
    ask, bar = _asked(request, taxonomy)
    shown = page.overview(request.viewer, ask, taxonomy, get_language() or "fr")
    context = {"ask": ask, "bar": bar, "filters": bar.filters, "overview": shown, "here": _here(ask, request)}
    context |= {"swapped": wants_part(request), "most": NEAREST, "mute": Reader.TONE in turned_off()}
    context["may_watch"] = request.viewer.may(Right.FIGURES)
    if ask.near is not None:
        context["meanings"] = progress()
    if wants_part(request):
        return render_part(request, "verbatims/list.html", context, part="facets")
    found, rows = page.rows_page(request.viewer, ask, taxonomy, shown.total, request.GET.get("page"))
    empty = not shown.total and not explorer.any_return(request.viewer)
    if request.viewer.may(Right.CORRECT) and not ask.chosen.without:
        context |= {"many": ManyForm(taxonomy=taxonomy), "undo": request.session.pop(UNDO, [])}
    context |= {"page": found, "rows": rows, "tones": signed_tones(), "empty": empty, "target": "row"}
    return render_part(request, "verbatims/list.html", context)


def _here(ask: Ask, request: HouseRequest) -> str:
    """The canonical address of the view: what was asked in vain is not repeated."""
    number = request.GET.get("page", "")
    return f"{reverse('verbatims:list')}?{ask.query(page=number if number.isdecimal() else '')}"


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HouseRequest, form: str) -> HttpResponseBase:
    """The view as a file, for a reason: the same rows, in the same order."""
    taxonomy = Taxonomy(request.viewer)
    ask, bar = _asked(request, taxonomy)
    header, rows, number = tables.table(request.viewer, ask, taxonomy)

    def tell(reason: str) -> JournalEntry:
        return services.tell_export(by=request.viewer, number=number, form=form, reason=reason)

    name = f"verbatims-{bar.filters.period.key}"
    return leave(request, form, Leaving(name, _("Verbatims"), header, rows, number), tell=tell)


@require_safe
def one(request: HouseRequest, pk: int) -> HttpResponse:
    """One return: its words and how they were read, its marks, its exchange."""
    return _show_one(request, get_object_or_404(returns(request.viewer), pk=pk))


def _show_one(request: HouseRequest, said: Response) -> HttpResponse:
    texts = list(single.texts(request.viewer, said))
    context = {
        "said": said,
        "rows": text_rows(request.viewer, texts, whole=True),
        "sealed": may_be_asked(request.viewer, texts),
        "reply": mask(said.reply),
        "marks": single.marks(said),
        "exchange": single.exchange(request.viewer, said),
        "received": single.received(said),
        "feeling": single.feeling(request.viewer, said),
        "history": single.history(request.viewer, texts),
        "moments": single.moments_told(request.viewer, texts),
        "cards": cards(request.viewer, said),
        "near": single.near(request.viewer, texts),
        "tones": signed_tones(),
        "here": reverse("verbatims:one", args=[said.pk]),
        "target": "#return",
        "swapped": wants_part(request),
    }
    return render_part(request, "verbatims/one.html", context, part="whole")


def _corrected(request: HouseRequest, text: Verbatim, here: str) -> HttpResponse:
    """The page where the correction was made, or the piece of it that changed."""
    if not wants_part(request):
        messages.success(request, _("The reading is corrected."))
        return redirect(f"{here}#text-{text.pk}")
    text = explorer.correctable(request.viewer).get(pk=text.pk)
    if _target(here, text) != "row":
        return _show_one(request, get_object_or_404(returns(request.viewer), pk=text.response_id))
    query = parse(QueryDict(urlsplit(here).query).get(SEARCH, "")[:LONGEST])
    row = text_rows(request.viewer, [text], query)[0]
    context: dict[str, Any] = {
        "many": True,
        "row": row,
        "here": here,
        "tones": signed_tones(),
        "target": "row",
        "swapped": True,
    }
    answer = render_part(request, "verbatims/list.html", context, part="row")
    answer["HX-Trigger"] = "corrected"
    return answer


def _back(request: HouseRequest, text: Verbatim) -> str:
    """Where the correction was made, if it is one of our pages; otherwise the page of the return."""
    here = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(here, None) and here.startswith(reverse("verbatims:list"))
    return here if ours else reverse("verbatims:one", args=[text.response_id])


def _target(here: str, text: Verbatim) -> str:
    """What a correction swaps on the page at ``here``: the row of a list, or the whole page of the return."""
    return "#return" if urlsplit(here).path == reverse("verbatims:one", args=[text.response_id]) else "row"


@require_POST
def correct(request: HouseRequest, pk: int) -> HttpResponse:
    """Say that the tone of a text, or of a theme in it, is another one, or that the theme is not there."""
    text = get_object_or_404(explorer.correctable(request.viewer), pk=pk)
    form = ReadingForm(request.POST, taxonomy=Taxonomy(request.viewer))
    if not form.is_valid():
        return _theme_page(request, text, ThemeForm(taxonomy=Taxonomy(request.viewer)), form)
    try:
        services.correct(by=request.viewer, verbatim=text, reading=form.cleaned_data["reading"], at=now())
    except ValidationError as problem:
        form.add_error("reading", problem)
        return _theme_page(request, text, ThemeForm(taxonomy=Taxonomy(request.viewer)), form)
    return _corrected(request, text, _back(request, text))


@require_http_methods(["GET", "HEAD", "POST"])
def add_theme(request: HouseRequest, pk: int) -> HttpResponse:
    """Add a theme that the engine did not hear."""
    text = get_object_or_404(explorer.correctable(request.viewer), pk=pk)
    form = ThemeForm(request.POST or None, taxonomy=Taxonomy(request.viewer))
    if not form.is_valid():
        return _theme_page(request, text, form)
    try:
        services.correct_theme(by=request.viewer, verbatim=text, at=now(), **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem)
        return _theme_page(request, text, form)
    return _corrected(request, text, _back(request, text))


def _theme_page(
    request: HouseRequest, text: Verbatim, form: ThemeForm, refused: ReadingForm | None = None
) -> HttpResponse:
    here = _back(request, text)
    context: dict[str, Any] = {
        "form": form,
        "refused": refused,
        "row": text_rows(request.viewer, [text], whole=True)[0],
        "tones": signed_tones(),
        "here": here,
        "target": "",
        "within": _target(here, text) if wants_part(request) else "",
        "swapped": False,
    }
    bad = form.is_bound or refused is not None
    return render_part(request, "verbatims/theme.html", context, part="form", status=422 if bad else 200)

"""The queue « Aider à lire », what the reading is worth, and the choice of a model."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.core.words import Polarity, Voice
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.learning import distilling, draws, page, services
from visavis.understand.learning import queue as queues
from visavis.understand.learning.forms import RIGHT, SKIP, AnswerForm, ReasonForm, RereadForm
from visavis.understand.learning.models import Draw, Fit, Kind
from visavis.understand.learning.publishing import last_publication
from visavis.understand.verbatims.explorer import Taxonomy
from visavis.web.parts import render_part, wants_part


@require_safe
def queue(request: HouseRequest) -> HttpResponse:
    """The next text to read, with how the engine read it."""
    if not request.viewer.may(Right.CORRECT):
        raise PermissionDenied
    return _show(request)


def _show(request: HouseRequest, problem: str = "") -> HttpResponse:
    found = queues.next_draw(request.viewer)
    context = {
        "sheet": queues.sheet(request.viewer, found, Taxonomy(request.viewer)) if found else None,
        "week": queues.week(request.viewer, today()),
        "may_draw": request.viewer.may(Right.REFERENCES),
        "may_see": page.may_see(request.viewer),
        "problem": problem,
        "swapped": wants_part(request),
    }
    return render_part(request, "learning/queue.html", context, part="next")


@require_POST
def answer(request: HouseRequest, pk: int) -> HttpResponse:
    """Say what a text says, or leave it; then comes the next one."""
    draw = get_object_or_404(queues.draws(request.viewer), pk=pk)
    form = AnswerForm(request.POST, taxonomy=Taxonomy(request.viewer))
    problem = "" if form.is_valid() else _("This answer is not one that can be given here.")
    try:
        if not problem:
            _answer(request, draw, form)
    except ValidationError as refused:
        problem = " ".join(refused.messages)
    if wants_part(request):
        return _show(request, problem)
    if problem:
        messages.error(request, problem)
    return redirect("learning:queue")


def _answer(request: HouseRequest, draw: Draw, form: AnswerForm) -> None:
    said = form.cleaned_data["say"]
    if said == SKIP:
        services.skip(by=request.viewer, draw=draw, at=now())
        return
    tone = draw.tone if said == RIGHT else said
    themes = form.cleaned_data["themes"]
    told = Polarity(tone) if tone else None
    services.answer(by=request.viewer, draw=draw, tone=told, themes=themes, at=now())


@require_POST
def more(request: HouseRequest) -> HttpResponse:
    """Add texts to this week's queue."""
    number = draws.draw_more(by=request.viewer, today=today())
    if number:
        text = ngettext("%(number)s text more to read.", "%(number)s texts more to read.", number)
        messages.success(request, text % {"number": number})
    else:
        messages.info(request, _("All the texts of the last twelve months were drawn already."))
    return redirect("learning:queue")


@require_safe
def rates(request: HouseRequest) -> HttpResponse:
    """What the reading is worth: rates on random answers, calibration, shares corrected, models."""
    if not page.may_see(request.viewer):
        raise PermissionDenied
    voice = Voice(asked) if (asked := request.GET.get("voix", "")) in set(Voice) else next(iter(Voice))
    context = {"page": page.of(request.viewer, voice, today(), get_language() or "fr")}
    return render_part(request, "learning/rates.html", context)


def _named(kind: str, voice: str) -> tuple[Kind, Voice]:
    if kind not in Kind.values or voice not in set(Voice):
        raise Http404
    return Kind(kind), Voice(voice)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HouseRequest, kind: str, voice: str, number: int) -> HttpResponse:
    """Put another model in force: number 0 is the engine as shipped."""
    request.viewer.must(Right.REFERENCES)
    what, whose = _named(kind, voice)
    fits = Fit.objects.filter(kind=what, voice=whose).defer("content")
    fit = get_object_or_404(fits, number=number) if number else None
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            chosen = form.cleaned_data["reason"]
            services.choose(by=request.viewer, kind=what, voice=whose, fit=fit, reason=chosen, at=now())
            return _done(request, whose, _("This model is in force from now on."))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
    context = {"form": form, "told": page.model_words(fit), "kind": what, "voice": whose}
    return render_part(request, "learning/choose.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reread(request: HouseRequest, kind: str, voice: str) -> HttpResponse:
    """Have the history read again with the model in force."""
    request.viewer.must(Right.REFERENCES)
    what, whose = _named(kind, voice)
    last = last_publication(what, whose)
    form = RereadForm(request.POST or None, initial={"since": last.since if last else None})
    if form.is_valid():
        try:
            services.reread(by=request.viewer, kind=what, voice=whose, **form.cleaned_data)
            return _done(request, whose, _("The texts are read again in the background."))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
    context = {"form": form, "kind": what, "voice": whose}
    return render_part(request, "learning/reread.html", context, status=422 if form.is_bound else 200)


@require_POST
def distil(request: HouseRequest) -> HttpResponse:
    """Ask the larger model to teach the tone of one's own texts."""
    try:
        distilling.start(by=request.viewer, at=now())
        messages.success(request, _("The larger model labels texts in the background."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("learning:rates")


def _done(request: HouseRequest, voice: Voice, words: str) -> HttpResponse:
    messages.success(request, words)
    answer = redirect("learning:rates")
    answer["Location"] += f"?voix={voice.value}"
    return answer

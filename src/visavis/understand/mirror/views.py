"""Mirror studies: all of them, one, its files, a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from visavis.listen.imports.queries import may_import
from visavis.listen.releases import gates
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.understand.mirror import page, paper, pictures, queries, sentences, services, tables
from visavis.understand.mirror.forms import ItemFormSet, StudyForm, outline_of
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.pictures import Canvas
from visavis.understand.mirror.queries import Held, State
from visavis.web.downloads import csv_answer, pdf_answer, told_once_taken, xlsx_answer
from visavis.web.parts import render_part


def _language() -> str:
    return get_language() or "fr"


def _reader(request: HouseRequest) -> None:
    if not queries.sees(request.viewer):
        raise PermissionDenied


def _study(request: HouseRequest, code: str) -> Held:
    _reader(request)
    found = queries.study(request.viewer, code, today=today())
    if found is None:
        raise Http404
    return found


@require_safe
def studies(request: HouseRequest) -> HttpResponse:
    """Every study and how far it is."""
    _reader(request)
    context = {
        "studies": queries.studies(request.viewer, today=today()),
        "ready": State.READY,
        "may_create": queries.may_create(request.viewer),
    }
    return render_part(request, "mirror/list.html", context)


@require_safe
def study(request: HouseRequest, code: str) -> HttpResponse:
    """One study: gaps, verdicts, one question closer, teams."""
    held, viewer, language = _study(request, code), request.viewer, _language()
    found = page.findings_of(viewer, held)
    context: dict[str, Any] = {"held": held, "found": found, "predicts": Study.Design.PREDICTS}
    if found is None:
        wanting = " ".join(gates.missing(today())) if gates.may_release(viewer) else ""
        context |= {
            "waits": sentences.waits(held, wanting, language),
            "masked": held.state in (State.MASKED, State.FEW),
            "may_import": may_import(viewer),
        }
        return render_part(request, "mirror/waits.html", context)
    wanted = request.GET.get(page.QUESTION, "")
    links = page.links(held, found.lines)
    context |= {
        "reading": sentences.reading(found.lines, held.study.design, language),
        "left_out": page.left_out(found),
        "gaps": pictures.gaps(found.lines, Canvas(language), links) if found.lines else None,
        "focus": page.focus_of(viewer, held, found.lines, wanted, language),
        "questions": [(line.asked, links[line.asked.key]) for line in found.lines],
        "guessing": sentences.guessing(found.insight, language) if found.insight else "",
        "teams": pictures.guesses(found.guesses, Canvas(language)) if found.guesses else None,
        "said_of_teams": sentences.teams(found.guesses)
        if found.guesses
        else sentences.no_teams(held.study.design, found.groups),
        "method": sentences.method(held, found.lines, language),
    }
    return render_part(request, "mirror/study.html", context)


@require_safe
@told_once_taken
def export(request: HouseRequest, code: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The figures of the page as a file."""
    held = _study(request, code)
    found = page.findings_of(request.viewer, held)
    if found is None:
        raise Http404
    name = f"miroir-{code}"
    services.tell_export(by=request.viewer, name=f"{name}.{form}")
    if form == "pdf":
        return pdf_answer(name, paper.pdf(held, found, _language(), now()))
    rows = list(tables.rows(held, found.lines, _language()))
    if form == "csv":
        return csv_answer(name, tables.header(), rows)
    return xlsx_answer(name, [(held.sides.code[:31], tables.header(), rows)])


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HouseRequest) -> HttpResponse:
    """Write a study, look at both wordings side by side, freeze it."""
    if not (queries.may_create(request.viewer) and queries.sees(request.viewer)):
        raise PermissionDenied
    frame, lines = StudyForm(request.POST or None), ItemFormSet(request.POST or None)
    step = request.POST.get("step", "")
    valid = frame.is_valid() and lines.is_valid() if request.method == "POST" else False
    if valid and step != "change":
        outline = outline_of(frame, lines)
        try:
            if step == "make":
                made = services.create_study(by=request.viewer, outline=outline)
                messages.success(
                    request, _("The study is made and its wording is frozen. Import its answers.")
                )
                return redirect("mirror:study", code=made.campaign.code)
            services.check(outline)
        except ValidationError as problem:
            frame.add_error(None, problem)
        else:
            context = {"frame": frame, "lines": lines, "outline": outline, "steps": _steps()}
            return render_part(request, "mirror/check.html", context)
    context = {"frame": frame, "lines": lines, "steps": _steps()}
    refused = request.method == "POST" and step != "change"
    return render_part(request, "mirror/new.html", context, status=422 if refused else 200)


def _steps() -> list[str]:
    return [_("Write"), _("Check"), _("Import the answers")]

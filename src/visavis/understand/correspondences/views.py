"""Both voices theme by theme, who said it first, the links between them, the questions they raise."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.correspondences import page, queries, services, tables
from visavis.understand.correspondences.forms import DecisionForm, QuestionForm
from visavis.web.downloads import csv_answer, told_once_taken, xlsx_answer
from visavis.web.parts import render_part

#: Questions shown.
QUESTIONS = 20


def _language() -> str:
    return get_language() or "fr"


def _asked(request: HouseRequest) -> page.Asked:
    if not queries.sees_both(request.viewer):
        raise PermissionDenied
    return page.asked(request.viewer, request.GET, today())


@require_safe
def correspondences(request: HouseRequest) -> HttpResponse:
    """Shares side by side, who said it first, links and questions."""
    wanted = _asked(request)
    context = {
        "bar": wanted.bar,
        "filters": wanted.bar.filters,
        "both": wanted.both,
        "released": wanted.released,
        "found": page.findings(request.viewer, wanted, _language()),
        "questions": list(queries.questions(request.viewer)[:QUESTIONS]),
        "may_decide": request.viewer.may(Right.REFERENCES),
    }
    return render_part(request, "correspondences/list.html", context)


@require_safe
@told_once_taken
def export(request: HouseRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The figures of the page as a file."""
    wanted = _asked(request)
    name = f"correspondances-{wanted.bar.filters.period.key}"
    shares = list(tables.shares(wanted, _language()))
    links = list(tables.links(request.viewer, wanted, _language()))
    services.tell_export(by=request.viewer, name=f"{name}.{form}")
    if form == "csv":
        return csv_answer(name, tables.link_header(), links)
    sheets = [(_("Links"), tables.link_header(), links), (_("Shares"), tables.share_header(), shares)]
    return xlsx_answer(name, sheets, _("Correspondences"))


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HouseRequest, left: str, right: str) -> HttpResponse:
    """Validate a link or set it aside."""
    request.viewer.must(Right.REFERENCES)
    wanted = _asked(request)
    row = page.row_of(request.viewer, wanted, left, right, _language())
    if row is None:
        raise Http404
    start = {"validated": "no" if row.aside else "yes", "reason": row.reason}
    form = DecisionForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            services.decide(by=request.viewer, proposal=row.proposal, at=now(), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is noted."))
            return redirect("correspondences:list")
    context = {"form": form, "row": row}
    return render_part(request, "correspondences/decide.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HouseRequest, theme: str) -> HttpResponse:
    """Propose to ask customers about a theme that employees speak of."""
    if not queries.sees_both(request.viewer):
        raise PermissionDenied
    held = {one.code: one for one in queries.themes_heard(request.viewer)}
    if theme not in held:
        raise Http404
    form = QuestionForm(request.POST or None, initial={"text": page.draft(held[theme], held)})
    if form.is_valid():
        services.propose_question(by=request.viewer, theme=held[theme], at=now(), **form.cleaned_data)
        messages.success(
            request, _("The question is proposed: whoever keeps the questionnaires finds it here.")
        )
        return redirect("correspondences:list")
    context = {"form": form, "theme": held[theme], "watches": page.watches(held[theme], held)}
    return render_part(
        request, "correspondences/question.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def settle(request: HouseRequest, pk: int) -> HttpResponse:
    """Say what became of a proposed question."""
    request.viewer.must(Right.REFERENCES)
    found = get_object_or_404(queries.questions(request.viewer), pk=pk)
    services.settle(by=request.viewer, question=found, asked=request.POST.get("asked") == "yes", at=now())
    messages.success(request, _("It is noted."))
    return redirect("correspondences:list")

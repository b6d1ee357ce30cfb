"""The moments of the company: how they are lived, how they are written, what the field proposes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.core.stamps import MeanwhileError
from visavis.listen.returns.narrowing import choices_for
from visavis.moments.references.models import Edition, Moment
from visavis.moments.references.wording import spoken_reason
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.journeys import page, queries, services
from visavis.understand.journeys.counting import placed
from visavis.understand.journeys.forms import AnswerForm, IdeaForm, PublishForm, ReviewForm, SheetForm
from visavis.understand.journeys.sheets import Sheet, Sheets, changes
from visavis.web.filters import FilterBar, read_filters
from visavis.web.parts import render_part

#: Key of the address that asks for another version than the one in force.
VERSION = "version"


def _why(edition: Edition) -> str:
    return spoken_reason(edition.reason, _language())


def _language() -> str:
    return get_language() or "fr"


def _known(request: HouseRequest) -> None:
    if not queries.knows(request.viewer):
        raise PermissionDenied


def _editor(request: HouseRequest) -> None:
    request.viewer.must(Right.REFERENCES)


def _version(request: HouseRequest) -> tuple[int | None, Sheets]:
    """The version that the address asks for; the one in force if it asks for none, or for one that is not."""
    asked = request.GET.get(VERSION, "")
    sheets = queries.sheets_of(request.viewer, int(asked)) if asked.isdecimal() and len(asked) < 9 else None
    return (int(asked), sheets) if sheets is not None else (None, queries.sheets_in_force(request.viewer))


@require_safe
def moments(request: HouseRequest) -> HttpResponse:
    """Every moment, how strongly it is lived, what listens to it."""
    _known(request)
    number, sheets = _version(request)
    context: dict[str, Any] = {
        "version": number,
        "versions": list(queries.versions(request.viewer)[:12]),
        "due": {moment: moment.review_on for moment in queries.due(request.viewer, today=today())},
        "waiting": queries.waiting(request.viewer),
        "may_change": request.viewer.may(Right.REFERENCES),
        "drafts": list(queries.drafts(request.viewer)),
    }
    found = None
    if request.viewer.may(Right.FIGURES):
        choices = choices_for(request.viewer, Right.FIGURES, period="12m")
        bar = FilterBar(read_filters(request.GET, choices, today()), choices, today(), kept=_kept(number))
        found = placed(request.viewer, bar.filters, sheets)
        nowhere, without = page.uncovered(found)
        context |= {"bar": bar, "filters": bar.filters, "nowhere": nowhere, "without": without}
        context |= {"enchantment": page.enchantment(found, _language()), "found": found}
    lines = page.lines(sheets, found, _language())
    silent = [line for line in lines if not line.heard] if found else []
    context |= {"lines": lines, "silent": silent, "curve": page.curve(lines, _language())}
    return render_part(request, "journeys/moments.html", context)


def _kept(number: int | None) -> dict[str, str]:
    return {VERSION: str(number)} if number else {}


def _sheet(request: HouseRequest, code: str) -> Sheet:
    sheet = queries.sheets_drafted(request.viewer).get(code)
    if sheet is None:
        raise Http404
    return sheet


def _moment(request: HouseRequest, code: str) -> Moment:
    _known(request)
    return get_object_or_404(Moment, code=code)


@require_safe
def moment(request: HouseRequest, code: str) -> HttpResponse:
    """One moment: its sheet, what it faces, the proposals about it."""
    found = _moment(request, code)
    return _show(request, found, ReviewForm(there={"on": found.review_on}))


def _show(request: HouseRequest, found: Moment, form: ReviewForm) -> HttpResponse:
    sheets = queries.sheets_in_force(request.viewer)
    sheet = sheets[found.code]
    context = {
        "moment": found,
        "line": page.line(sheet, sheets, None, _language()),
        "sheet": sheet,
        **page.listening(sheet),
        "description": sheet.description.get(_language()) or next(iter(sheet.description.values()), ""),
        "facing": [(each, sheets[each].label(_language())) for each in sheet.facing if each in sheets],
        "ideas": queries.ideas(request.viewer).filter(moment=found),
        "may_change": request.viewer.may(Right.REFERENCES),
        "form": form,
    }
    return render_part(request, "journeys/moment.html", context, status=422 if form.is_bound else 200)


@require_POST
def review(request: HouseRequest, code: str) -> HttpResponse:
    """Say when a moment is looked at again."""
    _editor(request)
    found = _moment(request, code)
    form = ReviewForm(request.POST, there={"on": found.review_on})
    if form.is_valid():
        try:
            services.plan_review(by=request.viewer, moment=found, **form.cleaned_data)
        except MeanwhileError as other:
            form.show_both(other)
        else:
            messages.success(request, _("The day is noted."))
            return redirect("journeys:moment", code=code)
    return _show(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HouseRequest, code: str = "") -> HttpResponse:
    """Write one moment in the draft."""
    _editor(request)
    sheet = _sheet(request, code) if code else None
    sheets = queries.sheets_drafted(request.viewer)
    form = SheetForm(request.POST or None, sheets=sheets, sheet=sheet, language=_language())
    theirs: Sheet | None = None
    if form.is_valid():
        try:
            services.save_sheet(
                by=request.viewer, sheet=form.sheet(), seen=form.cleaned_data["seen"], at=now()
            )
        except services.MeanwhileError as meanwhile:
            theirs = meanwhile.sheet
            form.add_error(None, _("Somebody wrote this moment meanwhile: both versions are below."))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The draft is kept. Nothing changes before it is published."))
            return redirect("journeys:versions")
    status = 422 if form.is_bound else 200
    context = {"form": form, "sheet": sheet, "theirs": theirs}
    return render_part(request, "journeys/edit.html", context, status=status)


@require_POST
def discard(request: HouseRequest, code: str) -> HttpResponse:
    """Give up the draft of one moment."""
    _editor(request)
    services.discard(by=request.viewer, code=code)
    messages.success(request, _("The draft of this moment is given up."))
    return redirect("journeys:versions")


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HouseRequest) -> HttpResponse:
    """The versions, the draft and how it differs; publishing it."""
    _known(request)
    after = queries.sheets_drafted(request.viewer)
    form = PublishForm(request.POST or None, initial={"seen": services.draft_stamp(after)})
    if request.method == "POST":
        _editor(request)
    if form.is_valid():
        try:
            services.publish(by=request.viewer, at=now(), **form.cleaned_data)
        except services.MeanwhileError:
            form.add_error(None, _("The draft changed meanwhile: read it again, then publish."))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The version is published."))
            return redirect("journeys:versions")
    context = {
        "form": form,
        "changes": page.told(changes(queries.sheets_in_force(request.viewer), after), _language()),
        "versions": [(one, _why(one)) for one in queries.versions(request.viewer)],
        "may_change": request.viewer.may(Right.REFERENCES),
    }
    return render_part(request, "journeys/versions.html", context, status=422 if form.is_bound else 200)


@require_safe
def version(request: HouseRequest, number: int) -> HttpResponse:
    """What a version changed, against the one before it and against what is in force."""
    _known(request)
    sheets = queries.sheets_of(request.viewer, number)
    if sheets is None:
        raise Http404
    before = queries.sheets_of(request.viewer, number - 1) or {}
    context = {
        "version": (found := queries.versions(request.viewer).get(number=number)),
        "why": _why(found),
        "since": page.told(changes(before, sheets), _language()),
        "until": page.told(changes(sheets, queries.sheets_in_force(request.viewer)), _language()),
    }
    return render_part(request, "journeys/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HouseRequest) -> HttpResponse:
    """Propose something about the moments; read what was answered."""
    _known(request)
    sheets = queries.sheets_in_force(request.viewer)
    start = {"moment": request.GET.get("moment", "")}
    form = IdeaForm(request.POST or None, sheets=sheets, language=_language(), initial=start)
    if form.is_valid():
        about = Moment.objects.filter(code=form.cleaned_data["moment"]).order_by("pk").first()
        services.propose(by=request.viewer, moment=about, text=form.cleaned_data["text"], at=now())
        messages.success(request, _("Thank you. The answer will be here."))
        return redirect("journeys:propose")
    context = {"form": form, "ideas": queries.ideas(request.viewer)[:50], "answering": False}
    context["answering"] = request.viewer.may(Right.REFERENCES)
    return render_part(request, "journeys/propose.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HouseRequest, pk: int) -> HttpResponse:
    """Answer a proposal."""
    _editor(request)
    idea = get_object_or_404(queries.ideas(request.viewer), pk=pk)
    form = AnswerForm(request.POST or None, there=services.answer_of(idea))
    if form.is_valid():
        taken, words, seen = form.cleaned_data["taken"] == "yes", form.cleaned_data["words"], form.seen_then
        try:
            services.answer(by=request.viewer, idea=idea, taken=taken, words=words, at=now(), seen=seen)
        except MeanwhileError as other:
            form.show_both(other)
        else:
            messages.success(request, _("Your answer is sent."))
            return redirect("journeys:propose")
    context = {"form": form, "idea": idea}
    return render_part(request, "journeys/answer.html", context, status=422 if form.is_bound else 200)

"""The draft and its publication, the versions, what differs between two, a file in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.moments.references.models import Edition
from visavis.moments.references.wording import spoken_reason
from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.understand.themes import drafting, publishing, queries
from visavis.understand.themes.comparing import compared
from visavis.understand.themes.doors import for_editors, for_readers, show
from visavis.understand.themes.files import COLUMNS, FileError, as_json, as_rows, read_file
from visavis.understand.themes.forms import CompareForm, FileForm, PublishForm
from visavis.understand.themes.labels import told_problem
from visavis.understand.themes.models import Rereading
from visavis.understand.themes.sheets import live
from visavis.understand.themes.trials import run_tests
from visavis.web.downloads import csv_answer

#: Faults of a file told on the page.
TOLD = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def draft(request: HouseRequest) -> HttpResponse:
    """What the draft changes; publishing it makes a version."""
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        try:
            edition = publishing.publish(by=request.viewer, at=now(), **words)
        except publishing.ChangedError:
            form.add_error(None, _("The draft changed meanwhile: look at it again before you publish it."))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            said = _("Version %(number)s is published: texts that come in are read with it.")
            messages.success(request, said % {"number": edition.number})
            return redirect("themes:versions")
    return _draft_page(request, form)


def _draft_page(request: HouseRequest, form: PublishForm) -> HttpResponse:
    in_force = queries.sheets_in_force()
    sheets = queries.drafted_sheets(in_force)
    stamp = publishing.draft_stamp(sheets)
    if form.is_bound:
        form.look_again(stamp)
    else:
        form.initial["seen"] = stamp
    return show(
        request,
        "draft",
        form=form,
        compared=compared(in_force, sheets, get_language() or "fr"),
        drafts=queries.drafts(request.viewer),
        failing=sum(not one.passed for one in run_tests(sheets)),
        status=422 if form.is_bound else 200,
    )


@require_POST
@for_editors
def discard(request: HouseRequest) -> HttpResponse:
    """Throw the whole draft away."""
    drafting.discard(by=request.viewer)
    messages.success(request, _("The draft is thrown away: the themes are as they are in force."))
    return redirect("themes:list")


@require_safe
@for_readers
def versions(request: HouseRequest) -> HttpResponse:
    """The published versions, and the second readings of the history."""
    language = get_language() or "fr"
    found = list(queries.editions(request.viewer).defer("content"))
    named = [(str(one.number), _("Version %(number)s") % {"number": one.number}) for one in found]
    start = {"de": named[1][0], "a": named[0][0]} if len(named) > 1 else {}
    rereadings = queries.rereadings(request.viewer)
    return show(
        request,
        "versions",
        rows=[(one, spoken_reason(one.reason, language)) for one in found],
        compare=CompareForm(versions=named, initial=start) if start else None,
        rereadings=rereadings[:TOLD],
        open=rereadings.filter(fate=Rereading.Fate.OPEN).first(),
        changed=queries.drafts(request.viewer).count(),
    )


def _edition(request: HouseRequest, number: int) -> Edition:
    return get_object_or_404(queries.editions(request.viewer), number=number)


@require_safe
@for_readers
def compare(request: HouseRequest) -> HttpResponse:
    """What differs between two versions."""
    found = queries.editions(request.viewer).defer("content")
    named = [(str(one.number), _("Version %(number)s") % {"number": one.number}) for one in found]
    form = CompareForm(request.GET or None, versions=named)
    context: dict[str, Any] = {"form": form, "rows": None}
    if form.is_valid():
        then, later = (_edition(request, int(form.cleaned_data[name])) for name in ("de", "a"))
        rows = compared(queries.sheets_of(then), queries.sheets_of(later), get_language() or "fr")
        context |= {"rows": rows, "then": then, "later": later}
    return show(request, "compare", status=422 if form.errors else 200, **context)


@require_POST
@for_editors
def bring_back(request: HouseRequest, number: int) -> HttpResponse:
    """Put an earlier version into the draft."""
    found = _edition(request, number)
    try:
        changed = drafting.bring_back(by=request.viewer, edition=found, at=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("themes:versions")
    said = _("Version %(number)s is in the draft: publish it to hear with it again.")
    messages.success(
        request, said % {"number": number} if changed else _("Nothing differs from that version.")
    )
    return redirect("themes:draft")


@require_safe
@for_readers
def export(_request: HouseRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The taxonomy in force as a file, without what was retired: whoever reads it hears the same."""
    sheets = {sheet.code: sheet for sheet in live(queries.sheets_in_force())}
    if form == "csv":
        return csv_answer(_("themes"), COLUMNS, as_rows(sheets))
    answer = HttpResponse(as_json(sheets), content_type="application/json")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{_('themes')}.json") or ""
    )
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def bring_in(request: HouseRequest) -> HttpResponse:
    """Put the themes of a file into the draft."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            known = queries.drafted_sheets(queries.sheets_in_force())
            found = read_file(form.cleaned_data["file"].read(), known)
            changed = drafting.write_sheets(by=request.viewer, sheets=found.values(), at=now())
        except FileError as error:
            for problem in error.problems[:TOLD]:
                form.add_error("file", told_problem(problem))
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            messages.success(request, _("Themes that the draft changes: %(number)s.") % {"number": changed})
            return redirect("themes:draft")
    return show(request, "file", form=form, columns=COLUMNS, status=422 if request.method == "POST" else 200)

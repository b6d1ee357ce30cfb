"""The list of imports, one import under way or ended, its gestures, its rejected rows."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from visavis.listen.imports import drafts, progress, queries, services
from visavis.listen.imports.files import FileGoneError
from visavis.listen.imports.labels import STATES
from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reasons import sentence
from visavis.listen.imports.rejects import reason_of, refusal_sentence, rejects_table
from visavis.people.access.middleware import HouseRequest
from visavis.web.downloads import csv_answer
from visavis.web.parts import render_part, wants_part

PAGE = 25
#: Rejected rows told on the page; the file holds them all.
TOLD = 20
_OVER = (ImportRun.Status.DONE, ImportRun.Status.REFUSED, ImportRun.Status.CANCELLED, ImportRun.Status.FAILED)


def steps() -> list[str]:
    """The four steps of an import."""
    return [_("File"), _("Columns"), _("Check"), pgettext("step", "Import")]


def found_run(request: HouseRequest, pk: int) -> ImportRun:
    """The import of that number, for whoever may import.

    Raises:
        Http404: if there is none, or not for this viewer.
    """
    return get_object_or_404(queries.imports(request.viewer).select_related("account__person"), pk=pk)


@require_safe
def imports(request: HouseRequest) -> HttpResponse:
    """All imports, the latest first."""
    if not queries.may_import(request.viewer):
        raise PermissionDenied
    found = queries.imports(request.viewer).select_related("account__person")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(run, STATES[run.status], refusal_sentence(run)) for run in page.object_list]
    return render_part(request, "imports/list.html", {"page": page, "rows": rows})


@require_safe
def run(request: HouseRequest, pk: int) -> HttpResponse:
    """One import: where it is, or what came of it. A draft leads to where it was left."""
    found = found_run(request, pk)
    if found.status == ImportRun.Status.DRAFT:
        return redirect("imports:check" if drafts.trial_of(found) else "imports:columns", pk=pk)
    if found.status in _OVER and wants_part(request):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context = {
        "run": found,
        "steps": steps(),
        "state": STATES[found.status],
        "task": progress.task_of(found, timezone.now()),
        "nobody_works": progress.nobody_works(found),
        "refusal": refusal_sentence(found),
        "following": progress.what_follows() if found.status == ImportRun.Status.DONE else [],
        "erased": queries.erased_rows(request.viewer, found),
        "rejected": [(row, reason_of(row)) for row in queries.rejected_rows(request.viewer, found)[:TOLD]],
    }
    return render_part(request, "imports/run.html", context, part="under_way")


@require_POST
def start(request: HouseRequest, pk: int) -> HttpResponse:
    """Start an import as its draft says."""
    found = found_run(request, pk)
    plan = drafts.plan_of(found)
    if plan is None or drafts.stamp(found) != request.POST.get("seen"):
        return moved(request, pk)
    try:
        services.start(by=request.viewer, run=found, plan=plan)
    except Refused as refused:
        told = refused.refusal
        messages.error(request, sentence(told.code, told.params))
        return redirect("imports:columns", pk=pk)
    except FileGoneError:
        return gone(request, found)
    except ValueError:
        return moved(request, pk)
    messages.success(request, _("The import is on its way."))
    return redirect("imports:run", pk=pk)


def moved(request: HouseRequest, pk: int) -> HttpResponse:
    """Somebody was quicker: say so, and show the import as it is now."""
    messages.info(request, _("Somebody changed this import meanwhile. Here is where it stands."))
    return redirect("imports:run", pk=pk)


def gone(request: HouseRequest, found: ImportRun) -> HttpResponse:
    """The file of a draft is no longer kept: begin again. Reading writes nothing: the sweep forgets it."""
    if request.method == "POST":
        services.cancel(by=request.viewer, run=found)
    messages.error(request, _("The file is no longer there: import it again."))
    return redirect("imports:new")


@require_POST
def cancel(request: HouseRequest, pk: int) -> HttpResponse:
    """Stop an import, or throw a draft away."""
    found = services.cancel(by=request.viewer, run=found_run(request, pk))
    if found.status == ImportRun.Status.CANCELLED:
        messages.success(request, _("The import is stopped. What was imported stays."))
    return redirect("imports:run" if found.cursor else "imports:list", *([pk] if found.cursor else []))


@require_POST
def resume(request: HouseRequest, pk: int) -> HttpResponse:
    """Take up an import that was put aside."""
    services.resume(by=request.viewer, run=found_run(request, pk))
    messages.success(request, _("The import is taken up where it stopped."))
    return redirect("imports:run", pk=pk)


@require_safe
def rejects(request: HouseRequest, pk: int) -> StreamingHttpResponse:
    """The rejected rows, to correct and import again."""
    found = found_run(request, pk)
    return csv_answer(f"rejets-{found.pk}", *rejects_table(request.viewer, found))

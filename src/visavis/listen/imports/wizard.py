"""The steps before an import: file, columns, check. Each POST keeps what was settled, then shows it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.listen.imports import columns as columns_read
from visavis.listen.imports import drafts, queries, services, strangers
from visavis.listen.imports.files import FileGoneError
from visavis.listen.imports.forms import ColumnsForm, FileForm, ReadingForm
from visavis.listen.imports.models import ImportRun, Kind
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reasons import sentence
from visavis.listen.imports.rejects import refusal_sentence
from visavis.listen.imports.views import found_run, gone, moved, steps
from visavis.people.access.middleware import HouseRequest
from visavis.people.units.queries import company
from visavis.web.parts import render_part

#: A longer number is no primary key.
_DIGITS = 18
GET_OR_POST = ["GET", "HEAD", "POST"]


def _draft(request: HouseRequest, pk: int) -> ImportRun | None:
    """The draft of that number; none if it was started or thrown away meanwhile."""
    found = found_run(request, pk)
    return found if found.status == ImportRun.Status.DRAFT else None


@require_http_methods(GET_OR_POST)
def new(request: HouseRequest) -> HttpResponse:
    """First step: which file, and what its rows are."""
    if not queries.may_import(request.viewer):
        raise PermissionDenied
    if request.method != "POST":
        form = FileForm(initial={"kind": request.GET.get("genre", "")})
        return render_part(request, "imports/new.html", {"form": form, "steps": steps()})
    form = FileForm(request.POST, request.FILES, too_big=getattr(request, "too_big", 0))
    if not form.is_valid():
        return render_part(request, "imports/new.html", {"form": form, "steps": steps()}, status=422)
    told = form.cleaned_data
    name = told["file"].name or _("file")
    run = drafts.bring(by=request.viewer, kind=Kind(told["kind"]), name=name, source=told["file"])
    return redirect("imports:run", pk=run.pk)


@require_http_methods(GET_OR_POST)
def columns(request: HouseRequest, pk: int) -> HttpResponse:
    """Second step: where each column goes."""
    run = _draft(request, pk)
    if run is None:
        return redirect("imports:run", pk=pk)
    plan = drafts.plan_of(run)
    try:
        if plan is None:
            return _unread(request, run)
        if request.method != "POST":
            return _columns(request, run, plan, _columns_form(plan, None))
        return _settle_columns(request, run, plan)
    except FileGoneError:
        return gone(request, run)
    except drafts.MovedMeanwhileError:
        return moved(request, pk)


def _columns_form(plan: Plan, typed: Any) -> ColumnsForm:
    return ColumnsForm(typed, plan=plan, ask_company=company() is None)


def _settle_columns(request: HouseRequest, run: ImportRun, plan: Plan) -> HttpResponse:
    form = _columns_form(plan, request.POST)
    if not form.is_valid():
        return _columns(request, run, plan, form, status=422)
    seen = request.POST.get("seen", "")
    planned = form.planned()
    settled = drafts.settle(by=request.viewer, run=run, seen=seen, plan=planned)
    if name := request.POST.get("name", "").strip():
        _keep_mapping(request, settled, name, planned)
    if request.POST.get("then") != "check":
        return redirect("imports:columns", pk=run.pk)
    drafts.try_out(by=request.viewer, run=settled)
    return redirect("imports:check", pk=run.pk)


def _keep_mapping(request: HouseRequest, run: ImportRun, name: str, plan: Plan) -> None:
    try:
        services.save_mapping(by=request.viewer, kind=Kind(run.kind), name=name, plan=plan)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The mapping is kept under the name “%(name)s”.") % {"name": name})


def _columns(
    request: HouseRequest, run: ImportRun, plan: Plan, form: ColumnsForm, status: int = 200
) -> HttpResponse:
    try:
        sheet = columns_read.sheet_of(run, plan)
    except Refused as refused:
        told = refused.refusal
        return _unread(request, run, sentence(told.code, told.params), told.line)
    same = services.columns_fingerprint([each.name for each in plan.mapping.columns])
    context = {
        "run": run,
        "steps": steps(),
        "seen": drafts.stamp(run),
        "sheet": sheet,
        "form": form,
        "rows": list(zip(sheet.rows, form.columns, strict=True)),
        "reading": ReadingForm(
            initial=columns_read.details(plan.mapping), sheets=sheet.table.layout.sheets, prefix="r"
        ),
        "saved": [each for each in queries.saved_mappings(request.viewer, run.kind) if each.columns == same],
        "notices": [sentence(each.code, each.params) for each in sheet.table.notices],
    }
    return render_part(request, "imports/columns.html", context, status=status)


def _unread(request: HouseRequest, run: ImportRun, cause: str = "", line: int = 0) -> HttpResponse:
    """The file is there, and cannot be read yet: say why and ask how."""
    hints = Hints.from_json(run.mapping.get("hints", {})).to_json()
    context = {
        "run": run,
        "steps": steps(),
        "seen": drafts.stamp(run),
        "cause": cause or refusal_sentence(run),
        "line": line or (run.refusal or {}).get("line", 0),
        "reading": ReadingForm(initial=hints, prefix="r"),
    }
    return render_part(request, "imports/unread.html", context)


@require_POST
def reading(request: HouseRequest, pk: int) -> HttpResponse:
    """Read the file in another way."""
    run = _draft(request, pk)
    if run is None:
        return moved(request, pk)
    try:
        plan = drafts.plan_of(run)
        form = ReadingForm(request.POST, sheets=_sheets(run, plan), prefix="r")
        if form.is_valid():
            drafts.reread(by=request.viewer, run=run, seen=request.POST.get("seen", ""), hints=form.hints())
        else:
            messages.error(request, _("This way of reading is not known: nothing was changed."))
    except drafts.MovedMeanwhileError:
        return moved(request, pk)
    except FileGoneError:
        return gone(request, run)
    return redirect("imports:columns", pk=pk)


def _sheets(run: ImportRun, plan: Plan | None) -> Sequence[str]:
    """The sheets to choose from; none if the file cannot be read as its draft says: it is read afresh."""
    try:
        return services.table_of(run, plan.mapping.hints).layout.sheets if plan else ()
    except Refused:
        return ()


@require_POST
def mapping(request: HouseRequest, pk: int) -> HttpResponse:
    """Begin again from a mapping that was kept, or from a fresh proposal."""
    run = _draft(request, pk)
    if run is None:
        return moved(request, pk)
    kept = queries.saved_mappings(request.viewer, run.kind)
    saved = kept.filter(pk=_number(request.POST.get("saved", ""))).first()
    try:
        drafts.begin_from(by=request.viewer, run=run, seen=request.POST.get("seen", ""), saved=saved)
    except Refused as refused:
        told = refused.refusal
        messages.error(request, sentence(told.code, told.params))
    except drafts.MovedMeanwhileError:
        return moved(request, pk)
    except FileGoneError:
        return gone(request, run)
    return redirect("imports:columns", pk=pk)


def _number(told: str) -> int:
    """A primary key as a form sends it; 0 if it is none."""
    return int(told) if told.isdecimal() and len(told) <= _DIGITS else 0


@require_http_methods(GET_OR_POST)
def check(request: HouseRequest, pk: int) -> HttpResponse:
    """Third step: what would happen, and the values to explain."""
    run = _draft(request, pk)
    plan = drafts.plan_of(run) if run else None
    trial = drafts.trial_of(run) if run else None
    if run is None or plan is None or trial is None:
        return redirect("imports:columns" if run else "imports:run", pk=pk)
    fields = strangers.fields_to_explain(run, plan, trial)
    try:
        if request.method == "POST":
            return _explain(request, run, plan, fields)
        refused = strangers.refused_rows(run, plan.mapping, trial)
    except FileGoneError:
        return gone(request, run)
    except drafts.MovedMeanwhileError:
        return moved(request, pk)
    context = {
        "run": run,
        "steps": steps(),
        "seen": drafts.stamp(run),
        "trial": trial,
        "problem": sentence(trial.problem["code"], trial.problem["params"]) if trial.problem else "",
        "fields": fields,
        "refused": refused,
        "notes": [(each, sentence(each["code"], each["params"])) for each in trial.notes],
    }
    return render_part(request, "imports/check.html", context)


def _explain(
    request: HouseRequest, run: ImportRun, plan: Plan, fields: list[strangers.FieldRows]
) -> HttpResponse:
    told = {name: str(value) for name, value in request.POST.items()}
    seen = told.get("seen", "")
    settled = drafts.settle(by=request.viewer, run=run, seen=seen, plan=strangers.explain(plan, fields, told))
    drafts.try_out(by=request.viewer, run=settled)
    return redirect("imports:check", pk=run.pk)

"""The list of returns to treat, and one of them with its gestures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from visavis.act.inbox import queries, services
from visavis.act.inbox.forms import CloseForm, ContestForm, HandoverForm, StepForm
from visavis.act.inbox.models import Case, CaseStep
from visavis.act.inbox.rules import order_in_force
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.verbatims.originals import may_be_asked
from visavis.web.parts import render_part
from visavis.web.wording import shortened

PAGE = 25
#: Characters of a text in a list of cases.
START = 110


@require_safe
def cases(request: HouseRequest) -> HttpResponse:
    """Returns to treat, of the viewer and of the branches she treats."""
    if not (request.viewer.may(Right.TREAT) or request.viewer.may(Right.OWN_RETURNS)):
        raise PermissionDenied
    page = Paginator(queries.cases_to_do(request.viewer), PAGE).get_page(request.GET.get("page"))
    words = queries.words_of(request.viewer, list(page.object_list))
    said = {response: shortened(text, START) for response, text in words.items()}
    rows = [(found, said.get(found.response_id, "")) for found in page.object_list]
    context = {"page": page, "rows": rows, "today": today(), "several": request.viewer.may(Right.TREAT)}
    return render_part(request, "inbox/cases.html", context)


@require_safe
def order(request: HouseRequest) -> HttpResponse:
    """How returns are ranked: the rules in force, in words."""
    if not (request.viewer.may(Right.TREAT) or request.viewer.may(Right.OWN_RETURNS)):
        raise PermissionDenied
    return render_part(request, "inbox/order.html", {"order": order_in_force()})


def _forms(
    request: HouseRequest, found: Case, bound: str = "", data: QueryDict | None = None
) -> dict[str, forms.Form]:
    """The forms of a case; only ``bound`` is given what was typed."""
    start: dict[str, Any] = {"version": found.version}
    wished = request.GET.get("geste", "")
    kinds = {"call": CaseStep.Kind.CALL, "reply": CaseStep.Kind.REPLY}
    typed = {name: data if name == bound else None for name in ("step", "handover", "close", "contest")}
    return {
        "step": StepForm(
            typed["step"], initial={**start, "kind": kinds.get(wished, CaseStep.Kind.NOTE)}, prefix="step"
        ),
        "handover": HandoverForm(
            typed["handover"],
            initial=start,
            prefix="handover",
            colleagues=queries.colleagues(request.viewer, found, today=today()),
        ),
        "close": CloseForm(typed["close"], initial=start, prefix="close"),
        "contest": ContestForm(typed["contest"], initial=start, prefix="contest"),
    }


def _show(request: HouseRequest, found: Case, shown: dict[str, forms.Form], typed: str = "") -> HttpResponse:
    """The page of a case; the form ``typed`` stays on it even if the case is closed by now."""
    texts = queries.texts(request.viewer, found)
    context = {
        "case": found,
        "texts": texts,
        "sealed": may_be_asked(request.viewer, [said.text for said in texts if said.masked]),
        "steps": queries.steps(request.viewer, found),
        "forms": shown,
        "offered": {typed} if found.status == Case.Status.CLOSED else set(shown),
        "may_correct": request.viewer.may(Right.CORRECT, found.response.unit_path),
        "may_contest": found.response.person_id is not None
        and found.response.person_id == request.viewer.person_id,
    }
    return render_part(request, "inbox/case.html", context, status=422 if typed else 200)


@require_safe
def case(request: HouseRequest, pk: int) -> HttpResponse:
    """One return to treat."""
    found = get_object_or_404(queries.cases(request.viewer), pk=pk)
    return _show(request, found, _forms(request, found))


def _step(request: HouseRequest, found: Case, typed: dict[str, Any]) -> None:
    services.take_step(by=request.viewer, case=found, **{**typed, "kind": CaseStep.Kind(typed["kind"])})


def _handover(request: HouseRequest, found: Case, typed: dict[str, Any]) -> None:
    services.hand_over(by=request.viewer, case=found, today=today(), **typed)


def _close(request: HouseRequest, found: Case, typed: dict[str, Any]) -> None:
    services.close_case(by=request.viewer, case=found, at=now(), **typed)


def _contest(request: HouseRequest, found: Case, typed: dict[str, Any]) -> None:
    services.contest(by=request.viewer, case=found, **typed)


_GESTURES: dict[str, Callable[[HouseRequest, Case, dict[str, Any]], None]] = {
    "step": _step,
    "handover": _handover,
    "close": _close,
    "contest": _contest,
}


@require_http_methods(["POST"])
def gesture(request: HouseRequest, pk: int, name: str) -> HttpResponse:
    """Do one gesture on a return; what was typed is never lost."""
    found = get_object_or_404(queries.cases(request.viewer), pk=pk)
    shown = _forms(request, found, name, request.POST)
    if shown[name].is_valid():
        try:
            _GESTURES[name](request, found, shown[name].cleaned_data)
        except services.EditedMeanwhileError as problem:
            shown = _anew(request, found, name)
            shown[name].add_error(None, problem)
        except ValidationError as problem:
            shown[name].add_error(None, problem.messages)
        else:
            messages.success(request, _("It is noted."))
            still = queries.cases(request.viewer).filter(pk=pk).exists()
            return redirect("inbox:case", pk=pk) if still else redirect("/")
    return _show(request, found, shown, typed=name)


def _anew(request: HouseRequest, found: Case, name: str) -> dict[str, forms.Form]:
    """The forms on the case as somebody else left it: what was typed may now be sent again, knowingly."""
    found.refresh_from_db()
    data = request.POST.copy()
    data[f"{name}-version"] = str(found.version)
    return _forms(request, found, name, data)

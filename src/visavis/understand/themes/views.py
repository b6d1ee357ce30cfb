"""The list of themes, one theme with all that is written of it, and the gestures on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.themes import drafting, proposing
from visavis.understand.themes.comparing import compared
from visavis.understand.themes.doors import for_editors, for_readers, show
from visavis.understand.themes.examples import suggested
from visavis.understand.themes.forms import IntoForm, SheetForm, TrialForm
from visavis.understand.themes.models import Proposal
from visavis.understand.themes.outline import outline
from visavis.understand.themes.queries import drafted_sheets, proposals, sheets_in_force
from visavis.understand.themes.sheets import Sheet, Sheets, changes
from visavis.understand.themes.trials import effect, run_tests
from visavis.understand.themes.usage import usage


@require_safe
@for_readers
def themes(request: HouseRequest) -> HttpResponse:
    """Themes on two levels, how much each is heard, what the draft changes."""
    in_force = sheets_in_force()
    sheets = drafted_sheets(in_force)
    changed = {change.code: change for change in changes(in_force, sheets)}
    found = usage(request.viewer, today())
    laid = outline(sheets, changed, found, get_language() or "fr")
    return show(request, "list", outline=laid, usage=found, changed=len(changed))


def _sheet(code: str) -> tuple[Sheets, Sheets, Sheet]:
    """The taxonomy in force, the draft, and one theme of the draft."""
    in_force = sheets_in_force()
    sheets = drafted_sheets(in_force)
    if code not in sheets:
        raise Http404
    return in_force, sheets, sheets[code]


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def theme(request: HouseRequest, code: str) -> HttpResponse:
    """One theme: its words, examples and tests; whoever may writes them again, in the draft."""
    _in_force, sheets, sheet = _sheet(code)
    if request.method != "POST":
        return _theme_page(request, code, SheetForm(sheets=sheets, sheet=sheet))
    request.viewer.must(Right.REFERENCES)
    form = SheetForm(request.POST, sheets=sheets, sheet=sheet)
    if not form.is_valid():
        return _theme_page(request, code, form, status=422)
    return _save(request, form) or redirect("themes:theme", code)


def _save(request: HouseRequest, form: SheetForm) -> HttpResponse | None:
    """Write the theme; the page again, with what was typed, if it could not be."""
    sheet = form.written()
    try:
        drafting.save_sheet(by=request.viewer, sheet=sheet, seen=form.cleaned_data["seen"], at=now())
    except ValidationError as problem:
        _say_beside(form, "parent", problem)
        return _theme_page(request, sheet.code, form, status=422)
    except drafting.MeanwhileError as other:
        return _theme_page(request, sheet.code, form, status=422, other=other)
    _say_tests(request, sheet.code)
    return None


def _say_beside(form: SheetForm, field: str | None, problem: ValidationError) -> None:
    """Tell it beside ``field``; a name that somebody has just taken, beside the name."""
    if isinstance(problem, drafting.NamesakeError):
        field = f"name_{problem.language}"
    form.add_error(field, problem)


def _say_tests(request: HouseRequest, code: str) -> None:
    failing = sum(not one.passed for one in run_tests(drafted_sheets(sheets_in_force()), code))
    messages.success(request, _("Saved in the draft. Publish it when it is ready."))
    if failing:
        messages.warning(request, _("Some of its tests fail: see them on this page."))


def _theme_page(
    request: HouseRequest,
    code: str,
    form: SheetForm,
    *,
    status: int = 200,
    other: drafting.MeanwhileError | None = None,
) -> HttpResponse:
    in_force, sheets, sheet = _sheet(code)
    language = get_language() or "fr"
    if other:
        form.look_again(sheet.stamp)
    return show(
        request,
        "theme",
        status=status,
        form=form,
        sheet=sheet,
        label=sheet.label(language),
        above=sheets[sheet.parent].label(language) if sheet.parent in sheets else "",
        into=sheets[sheet.merged_into].label(language) if sheet.merged_into in sheets else "",
        merge=IntoForm(sheets=sheets, but=code),
        trial_form=TrialForm(auto_id="trial_%s"),
        tests=run_tests(sheets, code),
        change=[one for one in compared(in_force, sheets, language) if one.code == code],
        other=other,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def new(request: HouseRequest) -> HttpResponse:
    """A new theme, perhaps from a proposal."""
    proposal = _proposal(request)
    sheets = drafted_sheets(sheets_in_force())
    form = SheetForm(request.POST or None, sheets=sheets, initial=suggested(request.viewer, proposal))
    if request.method == "POST" and form.is_valid():
        sheet = form.written()
        try:
            proposing.make_theme(by=request.viewer, sheet=sheet, proposal=proposal, at=now())
        except drafting.MeanwhileError:
            form.add_error("name_fr", _("Somebody has just made a theme of this name."))
        except ValidationError as problem:
            _say_beside(form, None, problem)
        else:
            _say_tests(request, sheet.code)
            return redirect("themes:theme", sheet.code)
    status = 422 if request.method == "POST" else 200
    return show(request, "new", form=form, proposal=proposal, status=status)


def _proposal(request: HouseRequest) -> Proposal | None:
    asked = request.GET.get("proposition", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        raise Http404
    return get_object_or_404(proposals(request.viewer).filter(fate=Proposal.Fate.OPEN), pk=int(asked))


@require_safe
@for_readers
def effects(request: HouseRequest, code: str) -> HttpResponse:
    """What the draft would change for one theme on the latest texts."""
    in_force, sheets, sheet = _sheet(code)
    found = effect(request.viewer, code, in_force, sheets, today())
    label = sheet.label(get_language() or "fr")
    return show(request, "effect", part="effect", sheet=sheet, label=label, effect=found)


def _gesture(request: HouseRequest, code: str, do: Callable[[], Any], said: str) -> HttpResponse:
    """Do something to a theme, and say so, or why not."""
    _sheet(code)
    try:
        do()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, said)
    return redirect("themes:theme", code)


@require_POST
@for_editors
def retire(request: HouseRequest, code: str) -> HttpResponse:
    """Stop hearing it."""
    said = _("The theme will be retired when the draft is published. Its history stays.")
    return _gesture(request, code, lambda: drafting.retire(by=request.viewer, code=code, at=now()), said)


@require_POST
@for_editors
def reinstate(request: HouseRequest, code: str) -> HttpResponse:
    """Hear it again."""
    said = _("The theme will be heard again when the draft is published.")
    return _gesture(request, code, lambda: drafting.reinstate(by=request.viewer, code=code, at=now()), said)


@require_POST
@for_editors
def merge(request: HouseRequest, code: str) -> HttpResponse:
    """Merge it into another."""
    into = request.POST.get("into", "")
    said = _("The themes will be one when the draft is published: words and examples are put together.")
    return _gesture(
        request, code, lambda: drafting.merge(by=request.viewer, code=code, into=into, at=now()), said
    )


@require_POST
@for_editors
def discard(request: HouseRequest, code: str) -> HttpResponse:
    """Throw what the draft says of it away."""
    in_force, _sheets, _one = _sheet(code)
    try:
        drafting.discard(by=request.viewer, code=code)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("themes:theme", code)
    messages.success(request, _("The theme is as it is in force."))
    return redirect("themes:theme", code) if code in in_force else redirect("themes:list")

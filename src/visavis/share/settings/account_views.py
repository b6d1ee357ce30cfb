"""Accounts and what they may do."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.people.access import services as rights
from visavis.people.access.clock import today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.models import Grant
from visavis.people.access.policy import Right
from visavis.people.accounts import services
from visavis.people.accounts.adapter import must_prove
from visavis.people.accounts.models import Account
from visavis.people.units.models import UnitQuerySet
from visavis.people.units.queries import units
from visavis.share.settings import queries
from visavis.share.settings.forms import AccountForm, GrantForm, ProofForm
from visavis.web.parts import render_part

PAGE = 50


def _units(request: HouseRequest) -> UnitQuerySet:
    return units(request.viewer, Right.SETTINGS).open_on(today())


@require_safe
def accounts(request: HouseRequest) -> HttpResponse:
    """Accounts with what they may do, and where."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    page = Paginator(queries.accounts(request.viewer, today=today()), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    held: dict[int, list[Grant]] = {each.pk: [] for each in shown}
    for each in queries.grants(request.viewer, today=today()).filter(account__in=shown):
        held[each.account_id].append(each)
    safe = set(Authenticator.objects.filter(user__in=shown).order_by().values_list("user", flat=True))
    rows = [(each, held[each.pk], each.pk in safe) for each in shown]
    return render_part(request, "settings/accounts.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HouseRequest) -> HttpResponse:
    """Open an account; its password is shown by this answer and nowhere else."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    form = AccountForm(request.POST or None, units=_units(request), viewer=request.viewer, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            made, password = _open(request, form)
        except ValidationError as problem:
            form.add_error("email", problem.messages)
        else:
            return render_part(
                request, "settings/opened.html", {"account": made, "password": password, "renewed": False}
            )
    status = 422 if request.method == "POST" else 200
    return render_part(request, "settings/new_account.html", {"form": form}, status=status)


@transaction.atomic
def _open(request: HouseRequest, form: AccountForm) -> tuple[Account, str]:
    told = form.cleaned_data
    made, password = services.open_account(
        by=request.viewer,
        email=told["email"],
        today=today(),
        person=told["staff"],
        language=told["language"],
    )
    rights.grant_role(by=request.viewer, account=made, today=today(), **form.gift())
    return made, password


def _found(request: HouseRequest, pk: int) -> Account:
    return get_object_or_404(queries.accounts(request.viewer, today=today()), pk=pk)


def _show(request: HouseRequest, found: Account, form: GrantForm, status: int = 200) -> HttpResponse:
    context = {
        "account": found,
        "grants": queries.grants(request.viewer, today=today()).filter(account=found),
        "form": form,
        "proof": ProofForm(),
        "own": found.pk == request.viewer.account_id,
        "safe": Authenticator.objects.filter(user=found).exists(),
    }
    return render_part(request, "settings/account.html", context, status=status)


@require_safe
def account(request: HouseRequest, pk: int) -> HttpResponse:
    """One account."""
    return _show(request, _found(request, pk), GrantForm(units=_units(request)))


@require_POST
def grant(request: HouseRequest, pk: int) -> HttpResponse:
    """Give it a role."""
    found = _found(request, pk)
    form = GrantForm(request.POST, units=_units(request))
    if not form.is_valid():
        return _show(request, found, form, status=422)
    rights.grant_role(by=request.viewer, account=found, today=today(), **form.gift())
    messages.success(request, _("The role is given."))
    return redirect("settings:account", pk=pk)


@require_POST
def withdraw(request: HouseRequest, pk: int, grant: int) -> HttpResponse:
    """Take a role back."""
    found = _found(request, pk)
    held = get_object_or_404(queries.grants(request.viewer, today=today()).filter(account=found), pk=grant)
    try:
        rights.withdraw_role(by=request.viewer, grant=held, today=today())
        messages.success(request, _("The role is withdrawn."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("settings:account", pk=pk) if _still(request, pk) else redirect("/")


def _still(request: HouseRequest, pk: int) -> bool:
    """Whether the account is still within reach: somebody may have withdrawn her own right to see it."""
    return queries.accounts(request.viewer, today=today()).filter(pk=pk).exists()


@require_POST
def renew(request: HouseRequest, pk: int) -> HttpResponse:
    """Draw a new password; it is shown by this answer and nowhere else."""
    found = _found(request, pk)
    password = services.renew_password(by=request.viewer, account=found, today=today())
    return render_part(
        request, "settings/opened.html", {"account": found, "password": password, "renewed": True}
    )


@require_POST
def remove_step(request: HouseRequest, pk: int) -> HttpResponse:
    """Remove the second step of somebody who lost it."""
    found = _found(request, pk)
    must_prove(request)
    form = ProofForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how you made sure of who asks."))
        return redirect("settings:account", pk=pk)
    try:
        proof = services.Proof(form.cleaned_data["proof"])
        services.remove_second_step(by=request.viewer, account=found, proof=proof, today=today())
        messages.success(request, _("The second step is removed: it is set again at the next sign-in."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("settings:account", pk=pk)


@require_POST
def close(request: HouseRequest, pk: int) -> HttpResponse:
    """Close it: its sessions end at once."""
    found = _found(request, pk)
    try:
        services.close_account(by=request.viewer, account=found, today=today())
        messages.success(request, _("The account is closed. Its history stays."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("settings:account", pk=pk)
    return redirect("settings:accounts")

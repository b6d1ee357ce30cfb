"""Erasing somebody, with what is needed to prove it: what was found and what became of it, as counts."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.listen.campaigns.models import Invitation
from visavis.listen.returns.models import Response
from visavis.moments.exchanges.models import Customer, CustomerContact, Interaction
from visavis.people.access import journal
from visavis.people.access.models import Grant
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.erasures.models import Kind
from visavis.people.erasures.services import note_erasure
from visavis.people.persons.models import Assignment, Person
from visavis.share.law.models import AdviserMonth
from visavis.share.law.seeking import may_answer, said_by
from visavis.share.law.severing import sever, sever_exchanges
from visavis.share.law.traces import BusyError, erase_files, erase_words
from visavis.share.law.wiping import wipe_traces
from visavis.share.letters.models import Letter
from visavis.understand.verbatims.models import SavedView

#: Codes of exchanges looked for in notes: each costs a reading of every column.
_MOST = 200
#: What was done, by name of what: only counts.
Proof = dict[str, int]


@transaction.atomic
def erase_customer(*, by: Viewer, customer: Customer, at: dt.datetime, words: Sequence[str] = ()) -> Proof:
    """Erase a customer: contact, words and key go; marks stay as counts that lead to nobody.

    Args:
        by: who erases; needs the right to answer people's requests, over the company.
        customer: whom.
        at: the present instant.
        words: more that leads to the customer (a name), taken out of all that others wrote too.

    Returns:
        What was done, as counts.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a file that names the customer is being imported.
    """
    if not may_answer(by):
        raise PermissionDenied
    named = [customer.code, *_reached(customer), *words]
    said = said_by(customer)
    keys = list(said.order_by("pk").values_list("pk", flat=True))
    exchanges = Interaction.objects.filter(customer=customer).order_by("pk")
    codes = [*exchanges.values_list("code", flat=True), *said.exclude(code="").values_list("code", flat=True)]
    known = list(exchanges.values_list("pk", flat=True))
    proof = {"responses": len(keys), "exchanges": len(known), "texts": sever(keys, by=by)}
    sever_exchanges(known)
    asked = Invitation.objects.filter(customer=customer) | Invitation.objects.filter(interaction__in=known)
    proof["invitations"] = asked.order_by().delete()[0]
    proof["contacts"] = CustomerContact.objects.filter(customer=customer).delete()[0]
    proof["mentions"] = erase_words([*named, *codes[:_MOST]], by=by)
    proof["files"] = without_files([*named, *codes])
    note_erasure(by=by, kind=Kind.CUSTOMER, key=customer.code, at=at)
    for pk in keys:  # a file that tells them without their customer does not bring them back either
        note_erasure(by=by, kind=Kind.RETURN, key=pk, at=at)
    customer.delete()
    journal.write(by=by, verb="law.customer_erased", number=proof["responses"])
    transaction.on_commit(wipe_traces)
    return proof


def _reached(customer: Customer) -> list[str]:
    contact = CustomerContact.objects.filter(customer=customer).order_by("pk").first()
    return [contact.email, contact.phone] if contact else []


def without_files(words: Sequence[str]) -> int:
    """Delete the files that hold the words; how many.

    Args:
        words: what leads to the person.

    Raises:
        ValidationError: if one of them is being imported.
    """
    try:
        return erase_files(words)
    except BusyError as busy:
        raise ValidationError(
            _("A file that names this person is being imported: erase once it is done.")
        ) from busy


@transaction.atomic
def erase_person(
    *, by: Viewer, person: Person, at: dt.datetime, today: dt.date, words: Sequence[str] = ()
) -> Proof:
    """Erase somebody who no longer works here: a drawn pseudonym in the place of the name and of the code.

    What customers said of her stays, without her name; what she said of her exchanges stays as counts.

    Args:
        by: who erases; needs the right to answer people's requests, over the company.
        person: whom.
        at: the present instant.
        today: the company's day.
        words: more that leads to her (a short name), taken out of all that others wrote too.

    Returns:
        What was done, as counts.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if she still works here, or a file that names her is being imported.
    """
    if not may_answer(by):
        raise PermissionDenied
    if Assignment.objects.on(today).filter(person=person).exists():
        raise ValidationError(_("This person still works here: rectify, or end the assignment first."))
    named = [person.name, person.code, person.email, *words]
    own = Response.objects.filter(author=person)
    keys = list(own.order_by("pk").values_list("pk", flat=True))
    proof = {"responses": len(keys), "texts": sever(keys, by=by)}
    proof["invitations"] = Invitation.objects.filter(person=person).delete()[0]
    proof["months"] = AdviserMonth.objects.filter(person=person).delete()[0]
    proof["exchanges"] = Interaction.objects.filter(person=person).update(handle_s=None)
    proof["accounts"] = _close(Account.objects.filter(person=person).first())
    note_erasure(by=by, kind=Kind.PERSON, key=person.code, at=at)
    drawn = f"P-{secrets.token_hex(4)}"
    Person.objects.filter(pk=person.pk).update(code=drawn, name=drawn, email="", form="", hired_on=None)
    proof["mentions"] = erase_words(named, by=by)
    proof["files"] = without_files(named)
    journal.write(by=by, verb="law.person_erased", number=proof["responses"])
    transaction.on_commit(wipe_traces)
    return proof


def _close(account: Account | None) -> int:
    """Close an account for ever and unname it; what it did stays in the journal, under the pseudonym."""
    if account is None:
        return 0
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    Grant.objects.filter(account=account).delete()
    SavedView.objects.filter(account=account).delete()
    Letter.objects.filter(account=account).delete()
    for session in Session.objects.order_by("pk").iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()
    account.set_unusable_password()
    account.email = f"{secrets.token_hex(8)}@invalid.invalid"
    account.is_active, account.last_login = False, None
    account.first_name = account.last_name = ""
    account.save()
    return 1

"""The accounts of the cast, with the rights that each role has at Vaubrune."""

from __future__ import annotations

from django.db import transaction

from visavis.demo.cast import CAST
from visavis.demo.vaubrune.world import FIRST_DAY
from visavis.people.access.services import grant_role
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import open_account
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit


@transaction.atomic
def open_cast(password: str) -> None:
    """Open the accounts of the cast and grant their roles; what is there already is left alone.

    Args:
        password: the one of all of them.
    """
    units = {unit.code: unit for unit in Unit.objects.order_by("pk")}
    people = {person.email: person for person in Person.objects.filter(email__in=[m.email for m in CAST])}
    for member in CAST:
        account = Account.objects.filter(email=member.email).first()
        if account is None:
            person = people.get(member.email)
            account, _ = open_account(
                by=system(), email=member.email, today=FIRST_DAY, person=person, password=password
            )
        for role, code in member.grants:
            grant_role(by=system(), account=account, role=role, unit=units[code], today=FIRST_DAY)

"""An account as an administrator opens it works on the pages that allauth brings."""

from __future__ import annotations

import pytest

from tests import house
from tests.guards import HouseClient
from visavis.core.words import Role
from visavis.people.accounts.services import open_account


@pytest.mark.django_db
def test_an_opened_account_reads_the_page_of_its_address() -> None:
    admin = house.viewer(house.unit(), Role.ADMIN)
    account, password = open_account(by=admin, email="lea@acme.example", today=house.TODAY)
    client = HouseClient()
    answer = client.post("/compte/login/", {"login": account.email, "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert account.email in client.get("/compte/email/").content.decode()

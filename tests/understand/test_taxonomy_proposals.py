"""Proposals of themes: what is looked at, what is proposed, what somebody decides."""

from __future__ import annotations

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import house
from visavis.core.words import Role, Voice
from visavis.people.access.viewer import Viewer
from visavis.text.themes.discovery import Cluster
from visavis.understand.themes import proposing, sweeps
from visavis.understand.themes.examples import examples_of, shown_texts, suggested
from visavis.understand.themes.models import Discovery, Proposal
from visavis.understand.themes.queries import drafted_sheets, proposals, sheets_in_force

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PARKING = (
    "Impossible de se garer devant l’agence.",
    "Le parking de l’agence est toujours plein.",
    "Aucune place de parking près de chez vous.",
    "Se garer devant votre agence est un enfer.",
    "Le parking est trop petit pour les clients.",
    "On tourne vingt minutes avant de se garer.",
    "Parking complet à chaque visite, dommage.",
    "Il manque des places de parking pour nous.",
    "Pas moyen de trouver une place pour se garer.",
    "Votre parking est réservé au personnel, et nous ?",
    "J’ai eu une amende faute de place de parking.",
    "Stationnement impossible devant l’agence.",
)
COFFEE = (
    "La machine à café de l’accueil est en panne.",
    "Le café offert à l’accueil était très bon.",
    "Merci pour le café pendant l’attente.",
    "Le café de la machine est froid et mauvais.",
    "Un petit café offert, quelle bonne idée.",
    "Toujours un café et un sourire à l’accueil.",
    "La machine à café rend mal la monnaie.",
    "Prévoyez un café pour ceux qui attendent.",
    "Le café est imbuvable dans votre salle.",
    "Le café gratuit est un vrai plus ici.",
    "Plus de café dans la machine ce matin.",
    "Un café chaud nous attendait, parfait.",
)


@pytest.fixture
def quality() -> Viewer:
    """A quality manager of the whole company."""
    return house.viewer(house.company(), Role.QUALITY)


def said(texts: tuple[str, ...] = PARKING, voice: Voice = Voice.CUSTOMER) -> None:
    """People of one voice say something that was read."""
    team = house.unit()
    for text in texts:
        house.verbatim(house.response(team, voice), text, read_at=NOW)


def proposed(words: tuple[str, ...] = ("parking", "garer"), at: int = 0) -> Proposal | None:
    """Propose all that is unspoken as one group whose meaning stands along one axis."""
    texts = proposing.unspoken()
    vectors = np.zeros((len(texts), 512), np.float32)
    vectors[:, at] = 1
    work = Discovery.objects.create(asked_at=NOW, state=Discovery.State.READY)
    members = tuple(range(len(texts)))
    proposing.propose(work, texts, vectors, [Cluster(words, members[:3], members, 0.9)])
    return Proposal.objects.filter(discovery=work).first()


def test_only_texts_of_customers_without_theme_are_looked_at() -> None:
    said()
    said(COFFEE, Voice.EMPLOYEE)
    said(("Parfait, merci !",))
    spoken = house.verbatim(house.response(house.unit()), "Le délai est trop long pour nous.", read_at=NOW)
    house.annotation(spoken, house.theme())
    refused = house.verbatim(house.response(house.unit()), "Ceci ne parle pas de délai.", read_at=NOW)
    house.annotation(refused, house.theme(), refused=True, by="human")
    house.verbatim(house.response(house.unit()), "Ce texte attend encore d’être lu.")
    assert {text.text for text in proposing.unspoken()} == {*PARKING, refused.text}


def test_texts_under_other_are_looked_at_too() -> None:
    text = house.verbatim(house.response(house.unit()), "Le parking est toujours plein.", read_at=NOW)
    house.annotation(text, house.theme("service.other"))
    assert [each.pk for each in proposing.unspoken()] == [text.pk]


def test_a_refused_proposal_is_not_proposed_again(quality: Viewer) -> None:
    said()
    first = proposed()
    assert first is not None
    proposing.settle(
        by=quality, proposal=first, fate=Proposal.Fate.REFUSED, reason="Hors de notre main", at=NOW
    )
    assert proposed(("place", "plein")) is None
    assert proposed(("café",), at=7) is not None


def test_a_group_too_small_is_not_proposed() -> None:
    said(PARKING[: proposing.SMALLEST - 1])
    assert proposed() is None


def test_a_proposal_named_prefills_the_theme_with_its_words_and_masked_texts(quality: Viewer) -> None:
    said(("Monsieur Martin, au 06 12 34 56 78, se gare sur ma place.", *PARKING))
    found = proposed()
    assert found is not None
    found.texts = [text.pk for text in proposing.unspoken()]
    told = suggested(quality, found)
    assert told["keywords_fr"] == "parking\ngarer"
    assert "06 12 34 56 78" not in told["examples_fr"]
    assert PARKING[0] in told["examples_fr"]


def test_a_proposal_merged_gives_its_texts_as_examples_in_the_draft(quality: Viewer) -> None:
    said()
    house.theme("access")
    found = proposed()
    assert found is not None
    proposing.merge(by=quality, proposal=found, into="access", at=NOW)
    assert sheets_in_force()["access"].examples == {}
    assert drafted_sheets(sheets_in_force())["access"].examples["fr"] == examples_of(quality, found)
    assert len(examples_of(quality, found)) == 3
    with pytest.raises(ValidationError):
        proposing.merge(by=quality, proposal=found, into="access", at=NOW)


def test_ones_own_branch_only_is_shown(quality: Viewer) -> None:
    said()
    found = proposed()
    assert found is not None
    assert len(shown_texts(quality, found)) == 3
    assert shown_texts(house.viewer(house.unit(), Role.QUALITY), found) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DIRECTION, Role.ADVISER, Role.ADMIN])
def test_only_quality_sees_and_decides(role: Role) -> None:
    said()
    found, other = proposed(), house.viewer(house.company(), role)
    assert found is not None
    assert not proposals(other).exists()
    with pytest.raises(PermissionDenied):
        proposing.search(by=other, at=NOW)
    with pytest.raises(PermissionDenied):
        proposing.merge(by=other, proposal=found, into="x", at=NOW)
    with pytest.raises(PermissionDenied):
        proposing.settle(by=other, proposal=found, fate=Proposal.Fate.REFUSED, reason="non", at=NOW)


def test_a_search_finds_what_customers_speak_about(quality: Viewer) -> None:
    said()
    said(COFFEE)
    old = proposed()
    proposing.search(by=quality, at=NOW)
    with pytest.raises(ValidationError):
        proposing.search(by=quality, at=NOW)
    sweeps.sweep()
    work = Discovery.objects.order_by("-pk")[0]
    assert (work.state, work.done, work.total) == ("ready", 24, 24)
    rows = list(proposals(quality))
    assert rows
    assert old not in rows
    assert sum(row.size for row in rows) <= 24
    words = {word for row in rows for word in row.words}
    assert any("parking" in word or "garer" in word for word in words)

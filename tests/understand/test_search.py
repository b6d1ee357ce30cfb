"""Search: what a query means, the same hits in every database, nothing left of a text that is gone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models.expressions import OrderBy
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from tests import house
from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.text.searching import holds, parse, places
from visavis.text.stems import stems
from visavis.understand.search.words import holding, relevance

CORPUS = (
    "Le délai de remboursement est trop long.",
    "Mes remboursements arrivent vite, merci !",
    "Remboursée en trois jours par une conseillère.",
    "Les conseillers du service client sont aimables.",
    "Service rapide, mais client perdu.",
    "J'attends depuis des mois, l'attente est insupportable.",
    "Aucune réponse à mes 3 relances (dossier, norme b-12).",
    "Pas de réponse. Jamais. 😡",
    "I waited for my refund and nobody answered my calls.",
    "Waiting again: the call was cut, my claims were refused.",
    "Œuvre sociale, cœur de métier, ŒUVRES complètes",
    "Ça ira, c’est aujourd'hui qu’on m'a rappelé.",
    "...",
    "服务很好 Спасибо большое",
)
_FOUND = [
    ("remboursements", [0, 1, 2]),
    ("délais remboursé", [0]),
    ('"service client"', [3]),
    ("service client", [3, 4]),
    ("service -rapide", [3]),
    ("attente OU refund", [5, 8]),
    ("rembours*", [0, 1, 2]),
    ("conseillere", [2, 3]),
    ("waits", [8, 9]),
    ("oeuvre", [10]),
    ("b-12", [6]),
    ("😡", [7]),
    ("-délai -service le", [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
    ('"pas de réponse"', [7]),
    ("Спас*", [13]),
    ("aujourd’hui", [11]),
    ("l'attente", [5]),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), _FOUND)
def test_a_query_means_what_a_person_expects(typed: str, expected: list[int]) -> None:
    found = [number for number, text in enumerate(CORPUS) if holds(parse(typed), stems(text).split())]
    assert found == expected


_ALIKE = [
    "numéro numéros", "reçu reçus reçue reçues", "conseiller conseillers conseillère conseillères",
    "vrai vrais",
    "satisfait satisfaits satisfaite satisfaites", "parfait parfaits parfaite parfaites", "crédit crédits",
    "perdu perdus perdue perdues", "retrait retraits", "forfait forfaits", "souscrit souscrits souscrite",
    "délai délais", "euro euros", "envoi envois", "loyer loyers", "pris prise prises", "refus refuse refuser",
    "mauvais mauvaise mauvaises", "propos propose proposer", "moto motos", "prévenu prévenus prévenue",
]  # fmt: skip
_APART = [
    "envoi renvoi",
    "client clé",
    "mois moi",
    "prix prise",
    "cours courtois",
    "avis avion",
    "pas passer",
]


@pytest.mark.parametrize("words", _ALIKE)
def test_gender_and_number_are_one_word(words: str) -> None:
    first, *others = words.split()
    assert {stems(other) for other in others} <= {stems(first)}


@pytest.mark.parametrize("words", _APART)
def test_words_that_look_alike_stay_apart(words: str) -> None:
    assert len({stems(word) for word in words.split()}) == 2


@pytest.mark.parametrize(
    "typed", ["", "le la les", '""', '"', "OR", "ou OU", "- -", "*", "(", "''", "the of"]
)
def test_what_cannot_be_searched_asks_for_nothing(typed: str) -> None:
    assert not parse(typed)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_is_typed_breaks_and_what_is_found_is_in_the_text(typed: str, text: str) -> None:
    query = parse(typed)
    found = places(query, text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert bool(found) == any(holds(type(query)((group,)), stems(text).split()) for group in query.wanted)


@given(st.text(max_size=200))
def test_stems_are_letters_and_spaces_whatever_the_text(text: str) -> None:
    kept = stems(text)
    assert kept == " ".join(kept.split())
    assert set(kept) <= set("abcdefghijklmnopqrstuvwxyz ")


def test_what_is_found_is_marked_where_it_was_written() -> None:
    text = "Les DÉLAIS du service client"
    found = sorted(text[start:end] for start, end in places(parse('délai "services clients"'), text))
    assert found == ["DÉLAIS", "service client"]


def _corpus() -> dict[int, str]:
    team = house.unit()
    return {house.response(team, text=text).pk: text for text in CORPUS}


_WORDS = st.sampled_from(
    [
        "délai",
        "remboursement",
        "client",
        "service",
        "conseiller",
        "le",
        "pas",
        "waiting",
        "calls",
        "réponse",
        "12",
    ]
)
_PIECES = st.builds(
    lambda before, word, after: before + word + after,
    st.sampled_from(["", "", "-", '"', "OU "]),
    st.one_of(_WORDS, st.text(max_size=6)),
    st.sampled_from(["", "", "*", '"', " client"]),
)


@pytest.mark.django_db
@trials(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.lists(_PIECES, max_size=5).map(" ".join))
def test_the_database_finds_what_the_query_means(typed: str) -> None:
    said = _there()
    query = parse(typed)
    found = set(holding(Verbatim.objects.filter(response__in=said), query).values_list("response", flat=True))
    assert found == {pk for pk, text in said.items() if holds(query, stems(text).split())}


def _there() -> dict[int, str]:
    """The corpus, written once a test: examples of hypothesis share its transaction."""
    there = dict(Verbatim.objects.order_by("pk").values_list("response", "text"))
    return there or _corpus()


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "expected"), _FOUND)
def test_the_database_finds_the_examples(typed: str, expected: list[int]) -> None:
    said = list(_corpus())
    found = set(holding(Verbatim.objects.all(), parse(typed)).values_list("response", flat=True))
    assert found == {said[number] for number in expected}


def _finds(typed: str) -> int:
    return holding(Verbatim.objects.all(), parse(typed)).count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("délai", [2, 0, 1]),
        ("rembours*", [0, 1]),
        ("délai remboursement", [0, 1]),
        ('"service client" OU délai', [2, 3, 0, 1]),
    ],
)
def test_what_speaks_of_it_most_comes_first(typed: str, expected: list[int]) -> None:
    filler = " ".join(["vraiment", "beaucoup", "attendu"] * 40)
    texts = [
        "Le délai du remboursement est trop long cette année encore.",
        f"Délai dépassé, remboursement et remboursement : {filler}",
        "Délai, délai, et délai !",
        "Le service client : un service client parfait, merci au service client.",
    ]
    team = house.unit()
    keys = [house.verbatim(house.response(team), text).pk for text in texts]
    rows = holding(Verbatim.objects.order_by(), parse(typed))
    found = rows.order_by(OrderBy(relevance(parse(typed)), descending=True), "pk").values_list(
        "pk", flat=True
    )
    assert [keys.index(pk) for pk in found] == expected


@pytest.mark.django_db
def test_what_speaks_of_it_alike_is_ordered_by_date() -> None:
    team, member = house.unit(), house.member(house.company())
    days = [house.TODAY - dt.timedelta(days=n) for n in (3, 1, 2)]
    for day in days:
        house.response(team, on=day, text=f"Le délai est long, noté le {day.day} et rien de plus.")
    page = member.client.get("/ecouter/retours/", {"periode": "tout", "q": "délai"})
    places = [page.text.index(f"noté le {day.day} et") for day in sorted(days, reverse=True)]
    assert places == sorted(places)


@pytest.mark.django_db
def test_the_index_follows_what_is_written() -> None:
    text = house.verbatim(house.response(house.unit()), "Le tamaris fleurit.")
    assert _finds("tamaris") == 1
    Verbatim.objects.filter(pk=text.pk).update(text="Le glaïeul.", stems=stems("Le glaïeul."))
    assert (_finds("tamaris"), _finds("glaieul")) == (0, 1)
    Verbatim.objects.filter(pk=text.pk).delete()
    assert _finds("glaieul") == 0


@pytest.mark.django_db
def test_no_word_of_an_employee_is_in_the_index() -> None:
    said = house.response(house.unit(), Voice.EMPLOYEE, author=house.person())
    assert house.verbatim(said, "Les plannings changent.").stems == ""
    assert _finds("plannings") == 0


@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_gone_leaves_no_word_in_any_file() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files; a vacuum and its log decide there")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1
    text = house.verbatim(house.response(house.unit()), "Mon xylophonezq est arrivé cassé.")
    assert _finds("xylophonezq") == 1
    Verbatim.objects.filter(pk=text.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM understand_search_words_data WHERE instr(block, %s)", [b"xylophonezq"]
        )
        assert cursor.fetchone()[0] == 0

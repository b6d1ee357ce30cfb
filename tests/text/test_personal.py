"""Masking: every kind found where it stands, everyday words left alone, nothing personal left behind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.test_reading import HOSTILE
from visavis.text.personal import PLACEHOLDERS, Kind, find_personal, mask
from visavis.text.personal.letters import TABLE, plain_letters
from visavis.text.personal.lists import common, first_names, surnames


def found(text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("écrivez à lea.roux@example.org merci", Kind.EMAIL, "lea.roux@example.org"),
        ("écrivez à lea.roux @ example.org merci", Kind.EMAIL, "lea.roux @ example.org"),
        ("mail : lea.roux arobase example.org", Kind.EMAIL, "lea.roux arobase example.org"),
        ("mon tel 0612345678 svp", Kind.PHONE, "0612345678"),
        ("mon tel 06.12.34.56.78.", Kind.PHONE, "06.12.34.56.78"),
        ("rappel au 06-12-34-56-78 2 fois", Kind.PHONE, "06-12-34-56-78"),
        ("au +33 6 12 34 56 78", Kind.PHONE, "+33 6 12 34 56 78"),
        ("au +33 (0)6 12 34 56 78", Kind.PHONE, "+33 (0)6 12 34 56 78"),
        ("au 0033612345678", Kind.PHONE, "0033612345678"),
        ("au +41 22 345 67 89 à Genève", Kind.PHONE, "+41 22 345 67 89"),
        ("call me on 020 7946 0958 please", Kind.PHONE, "020 7946 0958"),
        ("0 6 1 2 3 4 5 6 7 8", Kind.PHONE, "0 6 1 2 3 4 5 6 7 8"),
        ("RIB FR14 2004 1010 0505 0001 3M02 606 svp", Kind.IBAN, "FR14 2004 1010 0505 0001 3M02 606"),
        ("iban gb29nwbk60161331926819 merci", Kind.IBAN, "gb29nwbk60161331926819"),
        ("Ma CB 4970 1012 3456 7893 ne passe plus", Kind.CARD, "4970 1012 3456 7893"),
        ("carte numéro 4970101234567890 refusée", Kind.CARD, "4970101234567890"),
        ("sécu 2 55 08 14 168 025 38", Kind.SOCIAL_SECURITY, "2 55 08 14 168 025 38"),
        ("numéro 255081416802538 !", Kind.SOCIAL_SECURITY, "255081416802538"),
        ("ma voiture AB-123-CD est au garage", Kind.PLATE, "AB-123-CD"),
        ("immatriculée ab 123 cd", Kind.PLATE, "ab 123 cd"),
        ("immatriculation 1234 AB 75", Kind.PLATE, "1234 AB 75"),
        (
            "J'habite 12 bis, rue de la République, 69001 Sainte-Foy-lès-Lyon. Merci",
            Kind.ADDRESS,
            "12 bis, rue de la République, 69001 Sainte-Foy-lès-Lyon",
        ),
        ("Livré au 4 place Jean Jaurès svp", Kind.ADDRESS, "4 place Jean Jaurès"),
        ("I live at 12 Baker Street, London", Kind.ADDRESS, "12 Baker Street, London"),
        ("né le 12/03/1975 à Lyon", Kind.BIRTH, "12/03/1975"),
        ("Née le 3 mars 1982", Kind.BIRTH, "3 mars 1982"),
        ("contrat n° AB-1234567, merci", Kind.REFERENCE, "AB-1234567"),
        ("Numéro de contrat : 12 345 678", Kind.REFERENCE, "12 345 678"),
        ("policy number PX 998877", Kind.REFERENCE, "PX 998877"),
        ("je suis au 48.85837, 2.29448", Kind.PLACE, "48.85837, 2.29448"),
        ("voir https://example.org/espace?id=12 merci", Kind.LINK, "https://example.org/espace?id=12"),
    ],
)
def test_an_identifier_is_found_whole(text: str, kind: Kind, said: str) -> None:
    assert (kind, said) in found(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Merci à Nadège pour son aide", "Nadège"),
        ("Un grand merci à Suleyka !", "Suleyka"),
        ("J'ai eu M. Étienne au téléphone", "M. Étienne"),
        ("Le conseiller, Monsieur Jérôme Raymond, ne savait pas", "Monsieur Jérôme Raymond"),
        ("madame fouquet a été désagréable", "madame fouquet"),
        ("Bravo Célina Le Goff !", "Célina Le Goff"),
        ("Cordialement, Élise DE OLIVEIRA", "Élise DE OLIVEIRA"),
        ("merci à claire lacroix pour son aide", "claire lacroix"),
        ("charlotte peltier a été désagréable", "charlotte peltier"),
        ("Dr Benhamou m'a bien reçu", "Dr Benhamou"),
        ("je m'appelle Jean-Pierre Dupont-Moreau et je", "Jean-Pierre Dupont-Moreau"),
        ("MERCI A SANDRINE DU SERVICE CLIENT QUI M'A TOUJOURS BIEN AIDEE", "SANDRINE"),
        ("e\u0301lodie Durand m'a aide\u0301e", "e\u0301lodie Durand"),
        ("I spoke to Priya Patel, very helpful", "Priya Patel"),
        ("Mrs Thompson was rude", "Mrs Thompson"),
        ("Merci à Aurore", "Aurore"),
        ("de la part de martial", "martial"),
        ("Merci à aimé faure pour son aide", "aimé faure"),
        ("recu par me devaux tres bon accueil", "me devaux"),
        ("un grand merci a sow natalia tres pro", "sow natalia"),
        ("un grand merci a pierre petit tres professionnel", "pierre petit"),
        ("conseillere z. le floch tres a l'ecoute", "z. le floch"),
    ],
)
def test_a_name_is_found_whole(text: str, said: str) -> None:
    assert (Kind.NAME, said) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Madame, Monsieur, je suis très déçu de votre service",
        "L'Olivier assurance est parfait, Direct Assurance aussi, et la GMF",
        "Monsieur très aimable, madame est partie",
        "J'aime la marine et la rose, une victoire claire en avril",
        "Merci à Santiane et à toute l'équipe ! Cordialement",
        "J'ai payé 1 250,50 euros en 2023 pour 12 000 km, soit 35 % de plus depuis le 12/03/2023",
        "Il y a 2 places de parking et 3 cours de route, 10 rue",
        "moto de 750 kg, 206 CC, 4x4, 24h/24, 7j/7",
        "Devis de 450 euros, contrat depuis 2019, dossier du 12/05/2021",
        "Paris, Lyon, Marseille et Saint-Pierre",
        "Deux factures de 27000€, un contrat de 20 000 €, je recommande 10000 fois ma voiture de 2016 le 08",
        "Toiture partie avec la tempête Amélie, télétransmission Noémie en panne, aéroport Charles de Gaulle",
        "ILS EN ME GUEULANT DESSUS ONT TOUT PERDU",
        "Great service, very quick and easy, I would recommend it to anyone. May be cheaper.",
        "",
    ],
)
def test_everyday_words_are_left_alone(text: str) -> None:
    assert found(text) == []
    assert mask(text) == text


def test_what_is_masked_is_said_in_the_language_of_the_text() -> None:
    assert mask("Merci à Nadège de m'avoir rappelé au 06 12 34 56 78.") == (
        "Merci à [nom] de m'avoir rappelé au [téléphone]."
    )
    assert mask("Many thanks to Priya, she called me on 020 7946 0958.") == (
        "Many thanks to [name], she called me on [phone]."
    )
    assert mask("Merci à Nadège", language="en") == "Merci à [name]"


def test_a_name_that_was_introduced_is_masked_further_on() -> None:
    assert (
        mask("Merci à Suleyka. Vraiment, Suleyka est parfaite")
        == "Merci à [nom]. Vraiment, [nom] est parfaite"
    )


_PIECES = st.sampled_from(
    [
        "Merci à", "Nadège", "Bravo", "M.", "madame", "fouquet", "De Oliveira", "conseiller,",
        "06 12 34 56 78", "FR14 2004 1010 0505 0001 3M02 606", "4970 1012 3456 7893", "a@example.org", "@",
        "[nom]", "[", "]", "12 rue du", "Moulin, 75001", "Paris", "AB-123-CD", "né le",
        "12/03/1975", "contrat n°", "12345678", "é", "e\u0301", "\n", "İ", "ﬁ", "Jean-", "Pierre",
        "Le", "GOFF", "très bien", "48.85837,", "2.29448", "www.example.org/?a", "\ud800",
    ]
)  # fmt: skip
_TEXTS = st.one_of(st.text(st.characters(), max_size=60), st.lists(_PIECES, max_size=12).map(" ".join))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    end = 0
    for one in find_personal(text):
        assert end <= one.start < one.end <= len(text)
        assert 0 < one.certainty <= 1
        end = one.end


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_nothing_personal_is_left_and_masking_twice_changes_nothing(text: str) -> None:
    masked = mask(text)
    assert find_personal(masked) == ()
    assert mask(masked) == masked
    words = set(masked.split())
    for one in find_personal(text):
        piece = text[one.start : one.end]
        assert one.kind is Kind.NAME or piece not in words


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=200, deadline=None)
def test_plain_letters_keep_every_place(text: str) -> None:
    plain = plain_letters(text)
    assert len(plain) == len(text)
    for code in range(0xC0, 0x17F):
        letter = chr(code)
        assert plain_letters(letter) == letter.translate(TABLE)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_searched(name: str) -> None:
    assert find_personal(mask(HOSTILE[name])) == ()


@pytest.mark.parametrize(
    "unit",
    [
        "1 rue ", "a@", "0612345678", "FR76", "M. ", "Merci à ", "1 ", "12 rue de la ", "n° ", "né le ",
        "Jean-", "contrat ", "de la ", "AB-", "www.", "0 ", "+33", "12.3456,", "(at)", " arobase ",
    ],
)  # fmt: skip
def test_repeated_beginnings_end(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert find_personal(mask(text)) == ()


def test_every_kind_has_its_word_in_every_language() -> None:
    for words in PLACEHOLDERS.values():
        assert set(words) == set(Kind)
        assert all(find_personal(shown) == () for shown in words.values())


def test_the_lists_are_large_and_apart_from_everyday_words() -> None:
    assert len(first_names()) > 2_500
    assert len(surnames()) > 800
    assert not {"service", "merci", "assurance"} & (first_names() | surnames())
    assert not {"nathalie", "mohamed", "fatoumata"} & common()

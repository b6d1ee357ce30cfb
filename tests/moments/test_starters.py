"""The starter references are data that others trust: their shape, words and links are checked here."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from visavis.core.words import Voice
from visavis.text import Taxonomy, ThemeSpec
from visavis.text import read as read_texts

SECTORS = ("insurer", "telecom", "bank", "retail", "transport")
LANGUAGES = {"fr", "en"}
VOICES = {"customer", "employee"}
STAGES = {
    "truth": {"stimulus", "zmot", "fmot", "smot", "tmot"},
    "life": {"arrival", "daily", "learning", "ordeal", "recognition", "evolution", "departure"},
}
SCALES = {"1-5": 5, "0-10": 2, "yes-no": 0, "text": 0}
ROLES = {"csat", "nps", "ces", "enps", "climate", "criterion", "feeling", "resolved", "callback", "text"}
KEYS = {
    "customer": "satisfaction recommendation effort clarity kindness listening resolved verbatim callback",
    "employee": """
        climate recommend_employer planning tools recognition support clarity_of_changes meaning comment
    """,
    "feeling": "feeling had_means feeling_word",
}
DEMO_MOMENTS = """
    recommendation compare join first_claim claim_follow_up premium_notice reach_adviser bereavement
    give_opinion sponsor welcome first_week_alone start_shift learn_change hard_exchange double_listening
    success ask_evolution departure
"""
CODE = re.compile(r"[a-z][a-z0-9_]*")
LEAF = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
KEYWORD = re.compile(r"!?[^\W_][\w &'+-]*[\w+]\*?")
NEEDS_HARD_SPACE = re.compile(r"[^\u00a0\u202f«][;:!?»%]|«[^\u00a0]")

Row = dict[str, Any]


def read(sector: str) -> Row:
    folder = resources.files("visavis.moments.references").joinpath("starters")
    content: Row = json.loads(folder.joinpath(f"{sector}.json").read_text("utf-8"))
    return content


@pytest.fixture(params=SECTORS, scope="module")
def starter(request: pytest.FixtureRequest) -> Row:
    return read(request.param)


def leaves(starter: Row) -> list[Row]:
    return [leaf for theme in starter["themes"] for leaf in theme["children"]]


def questions(starter: Row) -> list[Row]:
    return [question for listed in starter["questions"].values() for question in listed]


def said(row: object) -> Iterator[dict[str, Any]]:
    """Everything that is said in several languages, wherever it stands."""
    if isinstance(row, dict):
        if LANGUAGES & row.keys():
            yield row
        else:
            for value in row.values():
                yield from said(value)
    elif isinstance(row, list):
        for value in row:
            yield from said(value)


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def plural(rows: list[str]) -> list[str]:
    return [row for row, times in Counter(rows).items() if times > 1]


def test_a_starter_says_its_own_sector(starter: Row) -> None:
    assert starter["sector"] in SECTORS
    assert starter == read(starter["sector"])
    assert starter.keys() == {
        "sector", "name", "channels", "levels", "reasons", "moments", "themes", "questions",
    }  # fmt: skip


def test_everything_is_said_in_both_languages_and_nothing_is_blank(starter: Row) -> None:
    for words in said(starter):
        assert words.keys() == LANGUAGES, words
        assert all(words.values()), words
        flat = [text for value in words.values() for text in ([value] if isinstance(value, str) else value)]
        assert all(text == text.strip() and text for text in flat), words


def test_every_named_row_has_its_names(starter: Row) -> None:
    listed = [starter[name] for name in ("channels", "levels", "reasons", "moments", "themes")]
    for row in [*(row for rows in listed for row in rows), *leaves(starter)]:
        assert row["name"].keys() == LANGUAGES, row["code"]
    assert all(row["description"].keys() == LANGUAGES for row in starter["moments"])
    assert all(row["wording"].keys() == LANGUAGES for row in questions(starter))
    assert all(row["definition"].keys() == LANGUAGES for row in leaves(starter))


def test_french_has_its_hard_spaces_and_english_its_own_marks(starter: Row) -> None:
    for words in said({name: rows for name, rows in starter.items() if name != "themes"}):
        assert not NEEDS_HARD_SPACE.search(str(words["fr"])), words["fr"]
    for leaf in leaves(starter):
        for text in (leaf["name"]["fr"], leaf["definition"]["fr"], *leaf["examples"]["fr"]):
            assert not NEEDS_HARD_SPACE.search(text), text
        for text in (leaf["name"]["en"], leaf["definition"]["en"], *leaf["examples"]["en"]):
            assert not re.search(r"[«»\u00a0]", text), text


def test_codes_are_well_formed_and_used_once(starter: Row) -> None:
    for name in ("channels", "levels", "reasons", "moments", "themes"):
        codes = [row["code"] for row in starter[name]]
        assert not plural(codes), name
        assert all(CODE.fullmatch(code) for code in codes), codes
    for theme in starter["themes"]:
        assert theme["children"], theme["code"]
        for leaf in theme["children"]:
            assert LEAF.fullmatch(leaf["code"]), leaf["code"]
            assert leaf["code"].startswith(theme["code"] + "."), leaf["code"]
    assert not plural([leaf["code"] for leaf in leaves(starter)])


def test_names_are_told_apart_in_each_language(starter: Row) -> None:
    for language in LANGUAGES:
        for rows in (starter["channels"], starter["reasons"], starter["moments"], leaves(starter)):
            assert not plural([fold(row["name"][language]) for row in rows])


@pytest.mark.parametrize("name", ["channels", "levels", "reasons"])
def test_another_name_leads_to_one_entry_only(starter: Row, name: str) -> None:
    rows = starter[name]
    ways = [{fold(way) for way in (row["code"], *row["aliases"], *row["name"].values())} for row in rows]
    assert not plural([way for those in ways for way in those])
    assert all(row["aliases"] for row in rows)


def test_channels_cover_the_seven_ways_in_and_know_their_mode(starter: Row) -> None:
    assert [row["code"] for row in starter["channels"]] == [
        "phone", "mail", "chat", "agency", "selfcare", "letter", "review",
    ]  # fmt: skip
    assert all(row["mode"] in {"human", "selfcare", "bot"} for row in starter["channels"])


def test_stakes_are_ordinary_or_high_and_both_exist(starter: Row) -> None:
    for rows in (starter["reasons"], starter["moments"]):
        assert {row["stake"] for row in rows} == {"ordinary", "high"}


def test_moments_are_of_both_kinds_at_stages_of_their_kind(starter: Row) -> None:
    moments = starter["moments"]
    assert {row["kind"] for row in moments} == STAGES.keys()
    for kind, stages in STAGES.items():
        assert {row["stage"] for row in moments if row["kind"] == kind} == stages


def test_moments_name_reasons_and_channels_that_exist(starter: Row) -> None:
    reasons = {row["code"] for row in starter["reasons"]}
    channels = {row["code"] for row in starter["channels"]}
    for row in starter["moments"]:
        assert set(row["reasons"]) <= reasons, row["code"]
        assert set(row["channels"]) <= channels, row["code"]


def test_every_reason_belongs_to_a_moment_of_truth(starter: Row) -> None:
    covered = {reason for row in starter["moments"] for reason in row["reasons"]}
    assert {row["code"] for row in starter["reasons"]} == covered


def test_a_moment_with_a_high_stake_reason_has_a_high_stake(starter: Row) -> None:
    high = {row["code"] for row in starter["reasons"] if row["stake"] == "high"}
    for row in starter["moments"]:
        assert row["stake"] == "high" or not high & set(row["reasons"]), row["code"]


def test_facing_moments_stand_on_both_sides(starter: Row) -> None:
    moments = {row["code"]: row for row in starter["moments"]}
    for code, row in moments.items():
        assert not plural(row["facing"]), code
        for other in row["facing"]:
            assert code in moments[other]["facing"], (code, other)
            assert moments[other]["kind"] != row["kind"], (code, other)
    assert any(row["facing"] for row in moments.values())


def test_facing_themes_answer_each_other_across_the_voices(starter: Row) -> None:
    themes = {leaf["code"]: leaf for leaf in leaves(starter)}
    for code, leaf in themes.items():
        facing = leaf.get("facing", [])
        assert not plural(facing), code
        for other in facing:
            assert code in themes[other]["facing"], (code, other)
            assert set(leaf["voices"]) | set(themes[other]["voices"]) == VOICES, (code, other)
    assert any(leaf.get("facing") for leaf in themes.values())


def test_forty_themes_at_most_and_each_voice_has_its_own(starter: Row) -> None:
    assert 20 <= len(leaves(starter)) <= 40
    heard = [frozenset(leaf["voices"]) for leaf in leaves(starter)]
    assert set(heard) == {frozenset({"customer"}), frozenset({"employee"}), frozenset(VOICES)}
    for theme in starter["themes"]:
        assert set(theme["voices"]) == {voice for leaf in theme["children"] for voice in leaf["voices"]}


def test_keywords_are_eight_to_twenty_and_well_written(starter: Row) -> None:
    for leaf in leaves(starter):
        for language in LANGUAGES:
            keywords = leaf["keywords"][language]
            wanted = [word for word in keywords if not word.startswith("!")]
            assert 8 <= len(wanted) <= 20, (leaf["code"], language, len(wanted))
            assert not plural([fold(word) for word in keywords]), (leaf["code"], language)
            for word in keywords:
                assert KEYWORD.fullmatch(word), (leaf["code"], word)
                assert word == word.lower(), (leaf["code"], word)


def test_a_stem_is_long_enough_to_mean_something(starter: Row) -> None:
    for leaf in leaves(starter):
        for word in [word for words in leaf["keywords"].values() for word in words if word.endswith("*")]:
            assert len(word.lstrip("!").rstrip("*")) >= 3, (leaf["code"], word)


def test_no_keyword_of_one_theme_is_the_same_as_in_another_heard_from_the_same_voice(starter: Row) -> None:
    for voice in VOICES:
        for language in LANGUAGES:
            mine = [leaf for leaf in leaves(starter) if voice in leaf["voices"]]
            words = [fold(word) for leaf in mine for word in leaf["keywords"][language] if word[0] != "!"]
            assert not plural(words), (voice, language, plural(words))


def heard(keywords: list[str], language: str, texts: list[str]) -> list[str]:
    """Those of ``texts`` in which the engine finds a theme that has these keywords."""
    taxonomy = Taxonomy([ThemeSpec("theme", None, {language: keywords})])
    readings = read_texts(texts, voice=Voice.EMPLOYEE, taxonomy=taxonomy, language=language)
    return [text for text, reading in zip(texts, readings, strict=True) if reading.themes]


def keywords_of(starter: Row) -> Iterator[tuple[str, str, list[str]]]:
    """Code of a theme, language, its keywords in it."""
    for leaf in leaves(starter):
        for language, keywords in leaf["keywords"].items():
            yield leaf["code"], language, keywords


def test_every_keyword_finds_its_theme(starter: Row) -> None:
    for code, language, keywords in keywords_of(starter):
        wanted = [word.rstrip("*") for word in keywords if word[0] != "!"]
        assert heard(keywords, language, wanted) == wanted, code


def test_every_exclusion_silences_words_that_would_have_been_heard(starter: Row) -> None:
    for code, language, keywords in keywords_of(starter):
        positive = [word for word in keywords if word[0] != "!"]
        unwanted = [word.strip("!*") for word in keywords if word[0] == "!"]
        assert heard(positive, language, unwanted) == unwanted, code
        assert heard(keywords, language, unwanted) == [], code


def test_a_keyword_of_several_words_is_not_found_in_one(starter: Row) -> None:
    for code, language, keywords in keywords_of(starter):
        several = [word for word in keywords if word[0] != "!" and re.search(r"[ '-]", word)]
        pieces = sorted({piece for word in several for piece in re.split(r"[ '*-]", word)})
        assert heard(several, language, pieces) == [], (code, language)


def test_each_theme_has_short_examples_in_each_language(starter: Row) -> None:
    for leaf in leaves(starter):
        for examples in leaf["examples"].values():
            assert 5 <= len(examples) <= 20, leaf["code"]
            assert all(10 <= len(text) <= 120 for text in examples), leaf["code"]


def test_questions_hold_the_keys_that_files_and_pages_expect(starter: Row) -> None:
    assert starter["questions"].keys() == {*KEYS, "listening_sheet"}
    for name, keys in KEYS.items():
        assert {row["key"] for row in starter["questions"][name]} == set(keys.split())
    assert all(not plural([row["key"] for row in listed]) for listed in starter["questions"].values())


def test_questions_have_a_known_role_a_scale_and_its_labels(starter: Row) -> None:
    for row in questions(starter):
        assert row["role"] in ROLES, row["key"]
        assert isinstance(row["required"], bool), row["key"]
        for language in LANGUAGES:
            assert len(row.get("labels", {}).get(language, [])) == SCALES[row["scale"]], row["key"]


def test_the_marks_that_are_read_by_name_keep_their_scale(starter: Row) -> None:
    scales = {row["key"]: (row["role"], row["scale"]) for row in questions(starter)}
    assert scales["satisfaction"] == ("csat", "1-5")
    assert scales["recommendation"] == ("nps", "0-10")
    assert scales["effort"] == ("ces", "1-5")
    assert scales["climate"] == ("climate", "1-5")
    assert scales["recommend_employer"] == ("enps", "0-10")
    assert scales["feeling"] == ("feeling", "1-5")
    effort = next(row for row in questions(starter) if row["key"] == "effort")
    assert "5 = très facile" in effort["help"]["fr"]
    assert "5 = very easy" in effort["help"]["en"]


def test_the_listening_sheet_judges_substance_and_manner(starter: Row) -> None:
    marks = [row for row in starter["questions"]["listening_sheet"] if row["role"] == "criterion"]
    heads = Counter(row["wording"]["fr"].split(" – ")[0] for row in marks)
    assert heads.keys() == {"Fond", "Forme"}
    assert all(count >= 3 for count in heads.values())


def test_the_insurer_has_the_reasons_and_moments_of_the_demo_company() -> None:
    insurer = read("insurer")
    assert {row["code"]: row["stake"] for row in insurer["reasons"]} == {
        "simple_request": "ordinary",
        "claim": "high",
        "premium_change": "ordinary",
        "complaint": "high",
        "bereavement": "high",
    }
    moments = {row["code"] for row in insurer["moments"]}
    assert moments >= set(DEMO_MOMENTS.split())


def test_the_slow_claims_tool_faces_the_follow_up_of_claims() -> None:
    themes = {leaf["code"]: leaf for leaf in leaves(read("insurer"))}
    assert "tools.claims_tool" in themes["follow_up.claim"]["facing"]
    assert (
        themes["reach.voice_server"]["voices"]
        == themes["clarity.premium_change"]["voices"]
        == ["customer", "employee"]
    )

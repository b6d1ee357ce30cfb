"""What became, in one draw, of the effects that live in texts and in the files of later issues."""

from __future__ import annotations

import numpy as np

from visavis.demo.vaubrune import extras
from visavis.demo.vaubrune.barometer import waves
from visavis.demo.vaubrune.realised import Marks, Values, between
from visavis.demo.vaubrune.story import Story
from visavis.demo.vaubrune.texts import POSITIVE, Text
from visavis.demo.vaubrune.world import (
    CLAIM,
    CODES,
    SELFCARE,
    SITES,
    TEAMS,
    WEEKS,
    Array,
    index_of,
)


def _says(texts: list[Text], theme: str, polarity: str = "") -> Array:
    wanted = [any(code == theme and polarity in ("", side) for code, side in text.opinions) for text in texts]
    return np.array(wanted)


def _written(texts: list[Text]) -> Array:
    return np.array([text.words is not None for text in texts])


def _weekly(says: Array, written: Array, week: Array) -> Array:
    """Share of the texts of each week that say it, in points, shape (65,)."""
    total = np.bincount(week[written], minlength=WEEKS)
    return np.asarray(100 * np.bincount(week[written & says], minlength=WEEKS) / np.maximum(1, total))


def who_says_first(story: Story) -> Values:
    """E11: the voice server in the words of both sides, week by week."""
    theme, start = "reach.voice_server", story.planted.server_from
    customers = _weekly(_says(story.texts, theme), _written(story.texts), story.told.answered // (7 * 86_400))
    staff = _weekly(_says(story.words, theme), _written(story.words), story.lived.felt // (7 * 86_400))
    return {
        "employees_before": round(float(staff[:start].mean()), 2),
        "employees_during": round(float(staff[start : story.planted.server_until].mean()), 2),
        "customers_before": round(float(customers[:start].mean()), 2),
        "customers_from_start": [round(float(share), 2) for share in customers[start : start + 6]],
        "employees_alarm_week": _alarm(staff, start),
        "customers_alarm_week": _alarm(customers, start),
    }


def _alarm(shares: Array, start: int) -> int | None:
    """First week after ``start`` beyond the weeks before: by 4 standard deviations, at least 4 points."""
    quiet = shares[:start]
    limit = quiet.mean() + max(4.0, 4 * float(quiet.std()))
    late = np.flatnonzero(shares[start:] > limit)
    return int(late[0]) if len(late) else None


def facing_themes(story: Story) -> Values:
    """The slow claims tool said by employees, delays said by customers, team by team."""
    seen, felt, told = story.seen, story.lived.contact, story.told.contact
    tool = _says(story.words, "tools.claims_tool") & _written(story.words)
    delay = _says(story.texts, "follow_up.delay", "negative") | _says(
        story.texts, "follow_up.claim", "negative"
    )
    kept = np.array([team.seats > 4 and team.trade != "complaints" for team in TEAMS])

    def link(among_words: Array, among_texts: Array) -> float:
        one = _share_by_team(tool, among_words & _written(story.words), seen.team[felt])
        two = _share_by_team(
            delay, among_texts & _written(story.texts) & (seen.team[told] >= 0), seen.team[told]
        )
        return round(float(np.corrcoef(one[kept], two[kept])[0, 1]), 3)

    return {
        "all_texts_r": link(np.ones(len(felt), bool), np.ones(len(told), bool)),
        "claims_only_r": link(seen.reason[felt] == CLAIM, seen.reason[told] == CLAIM),
        "truth_r": round(float(np.corrcoef(story.life.slow_tool, story.life.delays)[0, 1]), 3),
        "teams": int(kept.sum()),
    }


def _share_by_team(says: Array, among: Array, team: Array) -> Array:
    total = np.bincount(team[among], minlength=len(CODES))
    return np.asarray(np.bincount(team[among & says], minlength=len(CODES)) / np.maximum(1, total))


def intensity(story: Story) -> Values:
    """Where the strongest joys are: with people, more than their share of the exchanges."""
    written = _written(story.texts)
    strong = np.array([text.intensity == 4 and text.polarity == POSITIVE for text in story.texts])
    human = story.seen.channel[story.told.contact] != SELFCARE
    digital = [
        text.intensity for text, person in zip(story.texts, human, strict=True) if text.words and not person
    ]
    return {
        "n": int(strong.sum()),
        "human_share": round(100 * float(human[strong].mean()), 1) if strong.any() else None,
        "human_exposure": round(100 * float(human[written].mean()), 1),
        "digital_0_or_1": round(100 * float(np.mean(np.array(digital) <= 1)), 1),
    }


def writing(story: Story) -> Values:
    """How the customers' texts were written."""
    texts = [text for text in story.texts if text.words]
    lengths = np.array([len((text.words or "").split()) for text in texts])
    flags = {flag: sum(flag in text.flags for text in texts) / max(1, len(texts))
             for flag in ("mixed", "irony", "personal", "churn", "callback", "repeat")}  # fmt: skip
    longer = [text.words for text, length in zip(texts, lengths, strict=True) if length > 5]
    return {
        **{flag: round(100 * share, 2) for flag, share in flags.items()},
        "words": [int(lengths.min()), int(np.median(lengths)), int(lengths.max())],
        "distinct": round(100 * len({text.words for text in texts}) / len(texts), 1),
        "distinct_over_5_words": round(100 * len(set(longer)) / len(longer), 1),
    }


def training(story: Story, marks: Marks) -> Values:
    """E12, T4: who gains from the training on clarity."""
    trait = story.clarity
    gain = trait.after - trait.before
    low, strong = trait.third == 0, trait.third == 2
    trained = trait.group == "trained"
    change = _clarity_change(story, marks)

    def mean(values: Array, who: Array) -> float:
        return round(float(np.nanmean(values[who])), 3) if who.any() else float("nan")

    return {
        "low_raw_gain": mean(gain, low & trained),
        "T4_waiting_gain": mean(gain, low & ~trained),
        "low_effect": round(mean(gain, low & trained) - mean(gain, low & ~trained), 3),
        "strong_effect": round(mean(gain, strong & trained) - mean(gain, strong & ~trained), 3),
        "low_effect_in_returns": round(mean(change, low & trained) - mean(change, low & ~trained), 3),
        "n": [int((low & trained).sum()), int((low & ~trained).sum()), int((strong & trained).sum())],
    }


def _clarity_change(story: Story, marks: Marks) -> Array:
    """Mean clarity after W43 minus before W40, adviser by adviser."""
    rated = (story.told.clarity > 0) & (marks.person >= 0)
    means = []
    for when in (between(marks.week, 0, 40), between(marks.week, 43, WEEKS)):
        rows = rated & when
        size = np.bincount(marks.person[rows], minlength=len(story.crew.advisers))
        total = np.bincount(
            marks.person[rows], weights=story.told.clarity[rows], minlength=len(story.crew.advisers)
        )
        means.append(np.where(size > 0, total / np.maximum(1, size), np.nan))
    return np.asarray(means[1] - means[0])


def logics(story: Story) -> Values:
    """E13: the script, logic by logic."""
    script = np.asarray(story.profiles["script_useful"])
    return {
        "respondents": len(script),
        "shares": [
            round(float((story.logic == number).mean()), 3) for number in range(int(story.logic.max()) + 1)
        ],
        "script_by_logic": [
            round(float(script[story.logic == number].mean()), 2)
            for number in range(int(story.logic.max()) + 1)
        ],
        "script_useful_points": round(100 * float((script >= 4).mean()), 1),
    }


def other_files(story: Story) -> Values:
    """The mirror study, mutual help, planning, routines."""
    mirror = extras.mirror(story.dice, story.planted)
    gaps = {key: _gap(np.asarray(mirror[key])) for key in extras.MIRROR_QUESTIONS}
    wall = extras.mutual_help(story.dice, story.planted, story.size.per_adviser)
    minutes = (np.asarray(wall["answered_at"]) - np.asarray(wall["asked_at"])).astype(float) / 60
    site = _site_of(np.asarray(wall["unit"]))
    weeks = extras.planning(story.dice, story.planted, story.crew)
    late, place = np.asarray(weeks["late_changes"]), _site_of(np.asarray(weeks["unit"]))
    after = np.asarray(weeks["week"]) >= np.datetime64("2025-05-12")
    return {
        "mirror_gaps": gaps,
        "help_median_minutes": {name: round(float(np.median(minutes[site == name])), 1) for name in SITES},
        "late_changes_after_w36": {
            name: round(float(late[(place == name) & after].mean()), 2) for name in ("angers", "roubaix")
        },
    }


def _gap(column: Array) -> float:
    """Employees, who come last in the file, minus customers."""
    customers, employees = np.split(column, [extras.MIRROR_CUSTOMERS])
    return round(float(employees.mean() - customers.mean()), 2)


def _site_of(unit: Array) -> Array:
    sites = {team.code: team.site for team in TEAMS}
    return np.array([sites[code] for code in unit])


def masking(story: Story) -> Values:
    """T6: how few people answer at Saint-Malo, wave after wave."""
    alone = story.said.team == CODES.index("saint-malo")
    answers = [int((alone & (story.said.wave == wave)).sum()) for wave in range(len(waves()))]
    roster = story.crew.who[:, [index_of(day) for day in waves()]] >= 0
    return {
        "saint_malo_answers": answers,
        "saint_malo_invited": roster[story.crew.team == CODES.index("saint-malo")].sum(0).tolist(),
        "merge_with": "caen",
    }

"""The barometer: one row is one anonymous answer. Nothing leads back to the person, nor to the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, ClassVar, Final

from django.conf import settings

from visavis.core.keys import key
from visavis.core.periods import PeriodError, from_text
from visavis.core.words import Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.campaigns.services import ensure_wave
from visavis.listen.imports.reading.codes import Code
from visavis.listen.imports.reading.fields import QUESTION, TRAIT
from visavis.listen.imports.reasons import Reason, Unfit
from visavis.listen.imports.targets.base import Job, Numbered, Tally, Target, must_say, sized
from visavis.listen.imports.targets.book import Book
from visavis.listen.imports.targets.reviews import content_of
from visavis.listen.imports.targets.settling import occurrences, settle
from visavis.listen.imports.targets.traits import Traits
from visavis.listen.imports.targets.voices import Form, Said, finish, keep
from visavis.listen.releases.queries import is_released
from visavis.listen.returns.models import Response
from visavis.listen.surveys.models import Questionnaire
from visavis.listen.surveys.services import ensure_barometer

MARKS: Final = (
    "climate", "recommend_employer", "planning", "tools", "recognition", "support", "clarity_of_changes",
    "meaning",
)  # fmt: skip


def secret_identity(*parts: object) -> int:
    """An identity that only this instance can compute: nobody finds a known answer by hashing it.

    Args:
        parts: what names the thing; order matters.

    Returns:
        A whole number from 0 to 2**63 - 1.
    """
    secret = blake2b(settings.LASTING_KEY.encode(), digest_size=32, person=b"visavis anonymous"[:16]).digest()
    digest = blake2b(str(key(*parts)).encode(), key=secret, digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


class Barometer(Target):
    #: A wave goes in at once: the order of its lots would tell the order of the file.
    lot: ClassVar[int | None] = 50_000
    keeps_refused = False
    content = ("wave", "unit", *MARKS, "comment")

    @classmethod
    def is_known_by(cls, name: str) -> bool:
        """The company's own questions count too."""
        return name in cls.content or name.startswith((QUESTION, TRAIT))

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        fields = job.plan.mapping.fields()
        free = sorted(name for name in fields if name.startswith((QUESTION, TRAIT)))
        self._content = ("unit", *MARKS, "comment", *free)
        self._waves: dict[str, Campaign] = {}

    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Resolve, give secret identities, compare, write."""
        questionnaire = ensure_barometer(by=self.job.by)
        form = Form(self.job, questionnaire, rows)
        book = Book(self.job)
        traits = Traits(self.job.plan.mapping.fields(), rows)
        tally = Tally()
        good: list[tuple[Numbered, Said]] = []
        for each in rows:
            try:
                wave = self._wave(questionnaire, each.row.values)
                said = self._read(form, book, wave, each.row.values)
                said.row["traits"] = traits.read(each.row.values)
                finish(said, wave.code, *sorted(said.row["traits"].items()))
                good.append((each, said))
            except Unfit as unfit:
                tally.refused.append(self.refusal(each, unfit))
        self._identify(good)
        good = self._open(good, tally)
        settled = settle(self, Response, [(each, said.row) for each, said in good], tally, secret=True)
        wanted = {id(row) for row in settled.rows}
        keep([said for _, said in good if id(said.row) in wanted], form, settled.updated)
        return tally

    def _open(self, good: Sequence[tuple[Numbered, Said]], tally: Tally) -> list[tuple[Numbered, Said]]:
        """The rows of waves that are not published; all others are refused alike, those that are there too.

        Were these let through, a file of guesses would tell line by line what somebody answered.
        """
        closed = {wave.pk: wave.wave for wave in self._waves.values() if is_released(wave)}
        kept = []
        for each, said in good:
            wave = closed.get(said.row["campaign_id"])
            if wave is None:
                kept.append((each, said))
            else:
                tally.refused.append(self.refusal(each, Unfit(Reason.WAVE_RELEASED, "wave", wave=wave)))
        return kept

    def _identify(self, good: Sequence[tuple[Numbered, Said]]) -> None:
        contents = [
            key(said.row["campaign_id"], content_of(each.row.values, self._content)) for each, said in good
        ]
        for (_, said), content, nth in zip(good, contents, occurrences(self, contents), strict=True):
            said.row["id"] = secret_identity("barometer", content, nth)

    def _wave(self, questionnaire: Questionnaire, values: dict[str, Any]) -> Campaign:
        wave = sized(values["wave"], 20, "wave")
        if wave not in self._waves:
            self._waves[wave] = ensure_wave(
                by=self.job.by,
                wave=wave,
                questionnaire=questionnaire,
                closes_on=values.get("closed_on") or _last_day(wave),
            )
        return self._waves[wave]

    def _read(self, form: Form, book: Book, wave: Campaign, values: dict[str, Any]) -> Said:
        said = form.read(values, MARKS, ["comment"])
        must_say(said.anything)
        place = book.unit(values["unit"]) or book.root
        said.row |= {
            "voice": Voice.EMPLOYEE.value,
            "source": Response.Source.BAROMETER.value,
            "campaign_id": wave.pk,
            "unit_id": place.pk,
            "unit_path": place.path,
            "heard_on": wave.closes_on,
        }
        return said


def _last_day(wave: str) -> dt.date:
    """The day on which a wave named like a month, ``2025-11``, closes.

    Raises:
        Unfit: if its name tells no day: the file must.
    """
    try:
        return from_text(wave, dt.date.max).last
    except PeriodError:
        raise Unfit(Code.REQUIRED, "closed_on") from None

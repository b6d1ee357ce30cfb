"""Why a row or a file was not imported, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from django.utils import translation as words
from django.utils.translation import gettext_noop as _

from visavis.listen.imports.reading.codes import SENTENCES, Code


class Reason(StrEnum):
    """What only the database can tell. The value is stable: it is stored with the rejects."""

    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_MOMENT = "unknown_moment"
    UNKNOWN_CONTACT = "unknown_contact"
    NO_UNIT_THAT_DAY = "no_unit_that_day"
    CODE_REPEATED = "code_repeated"
    NOT_A_CODE = "not_a_code"
    OVERLAP = "overlap"
    ENDS_BEFORE_START = "ends_before_start"
    UNDER_ITSELF = "under_itself"
    CONTRADICTION = "contradiction"
    IMPOSSIBLE_FACT = "impossible_fact"
    NOTHING_SAID = "nothing_said"
    WAVE_RELEASED = "wave_released"
    TOO_MANY_TRAITS = "too_many_traits"
    TRAIT_TOO_FINE = "trait_too_fine"
    UNKNOWN_STUDY = "unknown_study"
    NO_STUDY_THAT_DAY = "no_study_that_day"
    SEVERAL_STUDIES = "several_studies"
    UNKNOWN_QUESTION = "unknown_question"
    STUDY_RELEASED = "study_released"
    ERASED = "erased"
    # The whole file.
    FILE_TOO_BIG = "file_too_big"
    CRASHED = "crashed"
    FILE_GONE = "file_gone"


OWN_SENTENCES: Final[dict[Reason, str]] = {
    Reason.UNKNOWN_UNIT: _("No unit is called “%(value)s”."),
    Reason.UNKNOWN_PERSON: _("Nobody has the staff code “%(value)s”."),
    Reason.UNKNOWN_CHANNEL: _("No channel is called “%(value)s”."),
    Reason.UNKNOWN_REASON: _("No contact reason is called “%(value)s”."),
    Reason.UNKNOWN_LEVEL: _("No level of treatment is called “%(value)s”."),
    Reason.UNKNOWN_MOMENT: _("No moment is called “%(value)s”."),
    Reason.UNKNOWN_CONTACT: _("The exchange “%(value)s” is not known: import the exchanges first."),
    Reason.NO_UNIT_THAT_DAY: _("“%(value)s” works in no unit on %(day)s: complete the organisation."),
    Reason.CODE_REPEATED: _("The same code stands on line %(first)s with other values."),
    Reason.NOT_A_CODE: _("“%(value)s” is no code: no slash and no blank, 64 characters at most."),
    Reason.OVERLAP: _("This person already works in “%(unit)s” from %(start)s to %(end)s."),
    Reason.ENDS_BEFORE_START: _("The end comes before the start."),
    Reason.UNDER_ITSELF: _("A unit cannot lie under itself."),
    Reason.CONTRADICTION: _("Line %(first)s says otherwise."),
    Reason.IMPOSSIBLE_FACT: _("Impossible value: %(fields)s."),
    Reason.NOTHING_SAID: _("The row holds neither a mark nor a text."),
    Reason.WAVE_RELEASED: _("The wave “%(wave)s” is published: no answer may be added to it."),
    Reason.TOO_MANY_TRAITS: _("More than %(most)s traits would tell who answered: leave this column out."),
    Reason.TRAIT_TOO_FINE: _("%(number)s values would tell who answered, %(most)s at most: group them."),
    Reason.UNKNOWN_STUDY: _("No mirror study is called “%(value)s”."),
    Reason.NO_STUDY_THAT_DAY: _("No mirror study runs on %(day)s: create it first, with its dates."),
    Reason.SEVERAL_STUDIES: _("Several mirror studies run on that day (%(studies)s): say which one."),
    Reason.UNKNOWN_QUESTION: _("The study “%(study)s” does not ask “%(value)s”: leave this column out."),
    Reason.STUDY_RELEASED: _("The study “%(study)s” is published: no employee’s answer may be added to it."),
    Reason.ERASED: _("Erased at the request of whom it is about: this row is neither imported nor kept."),
    Reason.FILE_TOO_BIG: _("The file weighs %(megabytes)s MB; the limit is %(limit)s MB."),
    Reason.CRASHED: _("The import stopped %(attempts)s times at the same place (%(error)s)."),
    Reason.FILE_GONE: _("The file is no longer there: import it again."),
}


class Unfit(Exception):  # noqa: N818 - read as a sentence: the row is unfit
    """One row that the database refuses, raised where the reason is known."""

    def __init__(self, code: Reason | Code, field: str = "", **params: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.field = field
        self.params = params


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """Tell a stored reason in the language in force; a reason of a removed version tells its code."""
    if code in set(Reason):
        return words.gettext(OWN_SENTENCES[Reason(code)]) % params
    if code in set(Code):
        return words.gettext(SENTENCES[Code(code)]) % params
    return code

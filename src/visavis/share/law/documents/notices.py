"""What customers, employees and their representatives are told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from visavis.draw.pages.documents import Document, Part
from visavis.share.law.documents.live import Live
from visavis.share.law.documents.models_part import models_part
from visavis.share.law.documents.tables import document, keeping_table, rights_table
from visavis.share.law.models_in_use import Entry
from visavis.share.law.purposes import Purpose
from visavis.understand.learning.models import Reader


def _reads(live: Live, reader: Reader) -> bool:
    found: list[Entry] = [one for one in live.models if one.card.reader == reader]
    return any(one.on for one in found)


def _rights(live: Live) -> Part:
    return Part(
        _("Your rights"),
        (
            _("You may ask to read, correct or erase what concerns you, or object to it: %(dpo)s")
            % {"dpo": live.told("dpo")},
            _("An answer comes within one month. You may also complain to the CNIL (www.cnil.fr)."),
        ),
    )


def _machines(live: Live) -> Part:
    if _reads(live, Reader.TONE):
        said = _(
            "A program that runs on our own machine tells the themes and the tone of your words, with its "
            "certainty; a person may correct it. It decides nothing about you."
        )
    elif _reads(live, Reader.THEMES):
        said = _(
            "A program that runs on our own machine tells the themes of your words. It "
            "decides nothing about you."
        )
    else:
        said = _("No program reads your words.")
    return Part(_("What programs do"), (said,))


def customers(live: Live) -> Document:
    """The notice to customers."""
    parts = (
        Part(
            _("Why we ask"),
            (
                _("To know how your exchange with us went, answer what you ask, and improve our service."),
                _("Answering is free and changes nothing to your contract. We sell nothing in a survey."),
            ),
        ),
        Part(
            _("What we keep, and how long"),
            items=(
                _("Your answers: %(days)s, then counts that lead to nobody.")
                % {"days": live.days(Purpose.ANSWERS)},
                _("Your words: %(days)s, then their themes only.") % {"days": live.days(Purpose.TEXTS)},
                _("How to reach you, if you asked for it: %(days)s after your request is closed.")
                % {"days": live.days(Purpose.CONTACTS)},
            ),
        ),
        _machines(live),
        Part(
            _("Who reads them"),
            (
                _("The adviser you spoke with, her team’s manager, the quality service and the direction."),
                _("Controller: %(who)s") % {"who": live.told("controller")},
            ),
        ),
        _rights(live),
    )
    lead = _("What we do with what you tell us.")
    return document(live, "notice-clients", _("Notice to customers"), lead, parts)


def employees(live: Live) -> Document:
    """The notice to employees, to be given before the first wave."""
    floors = live.floors
    themes = (
        _("Of your words a program reads the themes; never a tone, never an emotion.")
        if _reads(live, Reader.THEMES)
        else _("No program reads your words.")
    )
    parts = (
        Part(
            _("What is anonymous"),
            items=(
                _(
                    "A barometer keeps no name, time, address or order with your answers: "
                    "nobody can find yours again."
                ),
                _("That is also true if you ask for them: we cannot find them."),
                _("Who was invited is kept apart, %(days)s after the close of the wave, then deleted.")
                % {"days": live.days(Purpose.PARTICIPATION)},
            ),
        ),
        Part(
            _("From how many answers a result shows"),
            items=(
                _("A figure: %(n)s people at least. Smaller units are shown together with a neighbour.")
                % {"n": floors.scores},
                _("A comment: %(n)s people at least around it, without date, names masked.")
                % {"n": floors.comments},
                _("A sensitive topic: %(n)s people at least.") % {"n": floors.sensitive},
                _(
                    "These numbers may be raised, never lowered under what is written here "
                    "without your being told."
                ),
            ),
        ),
        Part(
            _("What is yours alone"),
            (
                _("How an exchange felt to you is read by you alone; others see sums above these numbers."),
                _("What customers said of you is yours to read first, and to contest."),
            ),
        ),
        Part(
            _("What is never done"),
            items=(
                themes,
                _("No ranking, no individual target, no bonus from these answers."),
                _("No recording of voice or image, no measure of keystrokes."),
            ),
        ),
        Part(
            _("How long"),
            items=(
                _("Comments: %(days)s.") % {"days": live.days(Purpose.EMPLOYEE_WORDS)},
                _("Your own feelings about exchanges: %(days)s, then counts.")
                % {"days": live.days(Purpose.FEELINGS)},
                _("Which exchange you held: %(days)s, then sums by month.")
                % {"days": live.days(Purpose.ADVISER_DAYS)},
            ),
        ),
        Part(_("If you or somebody else is in danger"), (live.told("help"),)),
        _rights(live),
    )
    lead = _(
        "To be given to every employee before the first wave. Answering is optional and has no consequence."
    )
    return document(live, "notice-collaborateurs", _("Notice to employees"), lead, parts)


def _gate(live: Live) -> Part:
    held = live.gate
    if held is None:
        said = (_("Nothing is recorded yet: no wave can be released before this consultation is recorded."),)
    else:
        words = {"day": live.day(held.consulted_on), "reference": held.assessment}
        said = (_("Consultation recorded on %(day)s, impact assessment %(reference)s.") % words,)
    return Part(_("State of the gate"), said)


def council(live: Live) -> Document:
    """The file for the works council (CSE): information and consultation."""
    parts = (
        Part(
            _("What is proposed"),
            (
                _(
                    "To listen to customers and to employees on the same moments of work, and "
                    "to act on what both "
                    "say. The council is informed and consulted before anything is put in "
                    "service, pilots included."
                ),
                _("Channels concerned: %(channels)s.")
                % {"channels": ", ".join(live.channels) or _("none yet")},
            ),
        ),
        Part(
            _("What managers will never see"),
            items=(
                _("What one person answered in a barometer, or who has not answered."),
                _("An adviser’s own feeling about an exchange."),
                _("A figure that rests on fewer than %(n)s employees, directly or by subtraction.")
                % {"n": live.floors.scores},
                _(
                    "A ranking, a score made of several figures, or an alert about a person "
                    "made by a machine."
                ),
            ),
        ),
        Part(
            _("What the council can check by itself"),
            items=(
                _("The page “Settings and their changes”: floors, keeping times, models, and each change."),
                _("The log of releases: what was published, on how many people, what was merged."),
                _("The register of models, with their measured errors."),
                _("The same figures as managers, no finer, no coarser."),
            ),
        ),
        Part(
            _("What is not there"),
            items=(
                _(
                    "Double listening is not part of this version: no cap is needed since there "
                    "is nothing to cap. "
                    "It may not be introduced without a new consultation."
                ),
                _("No recording, no transcript of employees’ turns, no measure of time between gestures."),
            ),
        ),
        _gate(live),
        Part(_("Keeping times"), table=keeping_table(live)),
        Part(_("Who may do what"), table=rights_table()),
        models_part(live),
    )
    lead = _(
        "File for the information and consultation of the works council. Every setting quoted is in force."
    )
    return document(live, "cse", _("File for the works council"), lead, parts)

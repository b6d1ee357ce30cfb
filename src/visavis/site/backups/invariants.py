"""What must hold after any fault (trust.md §5): asked by ``visavis doctor``, each backup and each test.

I1 what was confirmed is stored; I2 once; I3 a gesture with its trace, or neither; I4 figures are those of the
rows; I5 what is filtered by a branch says the branch of what it belongs to, releases keep their floors,
anonymous answers lead to nobody; I6 nothing waits for somebody to edit the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections
from django.db.models import Count, F, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.act.inbox.models import Case, CaseStep
from visavis.listen.imports.models import ImportRun
from visavis.listen.returns.models import Response, Verbatim
from visavis.share.letters.models import Letter, State
from visavis.site.backups.reconciling import gaps
from visavis.site.backups.released import leaks


class Breach(NamedTuple):
    """Something that does not hold: which invariant, and what was found."""

    invariant: str
    told: str


#: What each says, for whoever reads the doctor.
NAMES: Mapping[str, object] = {
    "I1": gettext_lazy("what was confirmed is stored"),
    "I2": gettext_lazy("nothing is stored twice"),
    "I3": gettext_lazy("each gesture has its trace"),
    "I4": gettext_lazy("figures are those of the rows"),
    "I5": gettext_lazy("rights follow what they protect"),
    "I6": gettext_lazy("nothing waits for a repair by hand"),
}


def _imports_are_whole(using: str) -> Iterator[str]:
    done = ImportRun.objects.using(using).filter(status=ImportRun.Status.DONE)
    rows = F("imported") + F("updated") + F("unchanged") + F("rejected")
    for run in done.annotate(rows=rows).exclude(cursor=F("total"), rows=F("total")).order_by("pk"):
        facts = {"number": run.pk, "done": run.cursor, "total": run.total or 0}
        yield _("import %(number)s is told as done with %(done)s rows of %(total)s") % facts


def _nothing_is_double(using: str) -> Iterator[str]:
    coded = Response.objects.using(using).exclude(code="").values("source", "code", "url")
    doubles = coded.annotate(n=Count("pk")).filter(n__gt=1).order_by("source", "code")
    for row in doubles[:3]:
        yield _("return %(code)s is stored %(n)s times") % row
    yield from _orphans(using)


def _orphans(using: str) -> Iterator[str]:
    """Rows that name another which is not there: no engine lets them in, a damaged file holds them."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and _hangs(using, model, field.name):
                yield _("%(table)s names a %(field)s that is not there") % {
                    "table": model._meta.label,
                    "field": field.name,
                }


def _hangs(using: str, model: type[Model], name: str) -> bool:
    field: Any = model._meta.get_field(name)
    rows = model._meta.base_manager.using(using).filter(**{f"{name}__isnull": False})
    known = field.related_model._meta.base_manager.using(using).values(field.target_field.name)
    return bool(rows.exclude(**{f"{name}__in": known}).exists())


def _gestures_have_their_trace(using: str) -> Iterator[str]:
    steps = Count("pk")
    cases = dict(CaseStep.objects.using(using).values_list("case").annotate(steps).order_by())
    moved = Case.objects.using(using).filter(version__gt=1).order_by("pk").values_list("pk", "version")
    for pk, version in moved:
        if cases.pop(pk, 0) != version - 1:
            yield _("case %(number)s was changed without a step, or the other way round") % {"number": pk}
    for pk in sorted(cases)[:3]:
        yield _("case %(number)s was changed without a step, or the other way round") % {"number": pk}
    sent = Letter.objects.using(using).filter(state=State.SENT, sent_at__isnull=True)
    for pk in sent.order_by("pk").values_list("pk", flat=True)[:3]:
        yield _("letter %(number)s left at no instant") % {"number": pk}


def _figures_are_of_the_rows(using: str) -> Iterator[str]:
    for gap in gaps(using):
        yield _("%(month)s: %(published)s published, %(rows)s in the rows (%(what)s)") % gap._asdict()  # noqa: SLF001  a named tuple's own


def _copies_agree(using: str) -> Iterator[str]:
    texts = Verbatim.objects.using(using)
    astray = texts.filter(
        ~Q(unit_path=F("response__unit_path"))
        | ~Q(voice=F("response__voice"))
        | ~Q(heard_on=F("response__heard_on"))
    )
    for pk in astray.order_by("pk").values_list("pk", flat=True)[:3]:
        yield _("verbatim %(number)s is filed under another branch, voice or day than its return") % {
            "number": pk
        }
    cases = Case.objects.using(using).exclude(unit_path=F("response__unit_path"))
    for pk in cases.order_by("pk").values_list("pk", flat=True)[:3]:
        yield _("case %(number)s is filed under another branch than its return") % {"number": pk}
    yield from leaks(using)


def _nothing_is_stuck(using: str) -> Iterator[str]:
    waiting = Q(status__in=(ImportRun.Status.QUEUED, ImportRun.Status.RUNNING))
    fileless = ImportRun.objects.using(using).filter(waiting, stored_as="").order_by("pk")
    for pk in fileless.values_list("pk", flat=True)[:3]:
        yield _("import %(number)s waits without its file") % {"number": pk}
    unclaimed = Letter.objects.using(using).filter(state=State.SENDING, claimed_at__isnull=True)
    for pk in unclaimed.order_by("pk").values_list("pk", flat=True)[:3]:
        yield _("letter %(number)s is being sent by nobody") % {"number": pk}


_CHECKS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "I1": _imports_are_whole,
    "I2": _nothing_is_double,
    "I3": _gestures_have_their_trace,
    "I4": _figures_are_of_the_rows,
    "I5": _copies_agree,
    "I6": _nothing_is_stuck,
}


def invariants(using: str = "default") -> list[Breach]:
    """Check the six invariants on the rows of one database.

    Args:
        using: its alias.

    Returns:
        What does not hold, in the language in force; empty when all does.
    """
    with connections[using].cursor():
        return [Breach(name, told) for name, check in _CHECKS.items() for told in check(using)]

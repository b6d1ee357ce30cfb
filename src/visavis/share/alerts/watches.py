"""What is watched: the figures of everybody, watched without asking, and those that somebody asked for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.access import journal
from visavis.people.access.policy import SHOWN_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.alerts.models import Alert, Figure, Told, Watch
from visavis.understand.themes.models import Theme

#: Figures that one account may ask to be told about: more would drown whoever is told, and whoever computes.
MOST = 30


def key_of(
    figure: str,
    unit: Unit,
    theme: Theme | None = None,
    channel: Channel | None = None,
    reason: Reason | None = None,
) -> str:
    """The one name of a watched figure."""
    codes = (one.code if one else "" for one in (theme, channel, reason))
    return "|".join([figure, unit.path, *codes])


def usual_watches() -> list[Watch]:
    """What is watched without asking, as rows to be: satisfaction whole, by channel and reason; themes."""
    root = Unit.objects.filter(parent__isnull=True).order_by("pk").first()
    if root is None:
        return []
    found = [_usual(root, Figure.SATISFACTION)]
    found += [_usual(root, Figure.SATISFACTION, channel=one) for one in Channel.objects.order_by("pk")]
    found += [_usual(root, Figure.SATISFACTION, reason=one) for one in Reason.objects.order_by("pk")]
    tops = Theme.objects.filter(parent__isnull=False).order_by().values("parent")
    leaves = Theme.objects.filter(retired_in__isnull=True).exclude(pk__in=tops).order_by("pk")
    return found + [
        _usual(root, Figure.THEME, theme=one) for one in leaves if set(SHOWN_VOICES) & set(one.voices)
    ]


def _usual(
    root: Unit,
    figure: str,
    theme: Theme | None = None,
    channel: Channel | None = None,
    reason: Reason | None = None,
) -> Watch:
    return Watch(
        key=key_of(figure, root, theme, channel, reason),
        figure=figure,
        unit=root,
        unit_path=root.path,
        theme=theme,
        channel=channel,
        reason=reason,
        usual=True,
        everyone=True,
    )


def ensure_usual() -> None:
    """Watch what is watched without asking; safe to run twice."""
    known = set(Watch.objects.filter(usual=True).order_by().values_list("key", flat=True))
    for wanted in usual_watches():
        if wanted.key not in known:
            # Somebody may have asked for it before: it then becomes everybody's.
            fields = {
                name: getattr(wanted, name)
                for name in ("figure", "unit", "unit_path", "theme", "channel", "reason")
            }
            Watch.objects.update_or_create(
                key=wanted.key,
                defaults={"usual": True, "everyone": True},
                create_defaults=fields | {"usual": True, "everyone": True},
            )


@transaction.atomic
def watch(
    *,
    by: Viewer,
    figure: str,
    unit: Unit,
    theme: Theme | None = None,
    channel: Channel | None = None,
    reason: Reason | None = None,
    everyone: bool = False,
) -> Watch:
    """Ask to be told when a figure leaves what it usually does.

    Args:
        by: who asks; needs the figures of the branch.
        figure: one of ``Figure``.
        unit: the branch.
        theme: the theme, for the share of its texts; none for the other figures.
        channel: only this channel; none: all.
        reason: only this reason; none: all.
        everyone: whether whoever sees the branch is told too; needs the right to its report.

    Returns:
        The watched figure: the one that exists already if somebody asked before.

    Raises:
        PermissionDenied: if ``by`` may not see the figures of the branch, or not speak for its readers.
        ValidationError: if a theme is missing or not wanted, or ``by`` watches ``MOST`` figures already.
    """
    by.must(Right.FIGURES, unit.path)
    if everyone:
        by.must(Right.REPORT, unit.path)
    if by.account_id is None:
        raise PermissionDenied
    wanted = Watch(
        key=key_of(figure, unit, theme, channel, reason), figure=figure, unit=unit, unit_path=unit.path,
        theme=theme, channel=channel, reason=reason, everyone=everyone,
    )  # fmt: skip
    # Two who ask at once come one after the other: the second finds what the first asked for.
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    known = Watch.objects.select_for_update().filter(key=wanted.key).first()
    _must_have_room(by.account_id, known)
    if known is None:
        wanted.full_clean()
        wanted.save()
    elif everyone and not known.everyone:
        known.everyone = True
        known.save(update_fields=["everyone"])
    found = known or wanted
    Told.objects.get_or_create(watch=found, account_id=by.account_id)
    journal.write(by=by, verb="alerts.watched", about=found, unit_path=unit.path)
    return found


def _must_have_room(account: int, known: Watch | None) -> None:
    others = Told.objects.filter(account=account).exclude(watch=known)
    if others.count() >= MOST:
        words = _("You watch %(number)s figures already: give one up before asking for another.")
        raise ValidationError(words % {"number": MOST})


@transaction.atomic
def unwatch(*, by: Viewer, watch: Watch) -> None:
    """Ask no longer to be told about a figure; what nobody asks for and never rang is forgotten.

    Args:
        by: who asked before.
        watch: the watched figure.

    Raises:
        PermissionDenied: if ``by`` had not asked.
    """
    gone, _ = Told.objects.filter(watch=watch, account=by.account_id or 0).delete()
    if not gone:
        raise PermissionDenied
    journal.write(by=by, verb="alerts.unwatched", about=watch, unit_path=watch.unit_path)
    asked = Told.objects.filter(watch=watch).exists()
    if not (watch.usual or watch.everyone or asked or Alert.objects.filter(watch=watch).exists()):
        watch.delete()

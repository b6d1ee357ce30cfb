"""Saved views: addresses of the explorer under a name, one's own or shared with a branch."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.units.models import Unit
from visavis.understand.verbatims.models import SavedView

#: Views that one account may keep.
MOST = 50


def own_views(viewer: Viewer) -> QuerySet[SavedView]:
    """The viewer's own views, by name, as long as she reads returns at all."""
    mine = Q(account=viewer.account_id, account__isnull=False)
    return SavedView.objects.filter(mine if viewer.may(Right.RETURNS) else NOTHING).order_by("name", "pk")


def shared_views(viewer: Viewer) -> QuerySet[SavedView]:
    """Views that others share with a branch where the viewer reads returns, or that lies over it, by name."""
    paths = [path for top in viewer.branches.get(Right.RETURNS, ()) for path in _over(top)]
    reach = viewer.within(Right.RETURNS, "shared_with__path") | Q(shared_with__path__in=paths)
    found = SavedView.objects.filter(reach, shared_with__isnull=False).exclude(account=viewer.account_id)
    return found.select_related("shared_with").order_by("name", "pk")


def _over(path: str) -> list[str]:
    """The paths of the units over one: ``/a/b/`` gives ``/a/``."""
    names = path.strip("/").split("/")
    return [f"/{'/'.join(names[:number])}/" for number in range(1, len(names))]


@transaction.atomic
def save_view(*, by: Viewer, name: str, query: str, shared_with: Unit | None) -> SavedView:
    """Keep a view under a name.

    Args:
        by: who keeps it; needs to read returns, there where it is shared too.
        name: its name among her own.
        query: what it asks, as the explorer writes addresses.
        shared_with: the branch that finds it too; none: it is hers.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the name is taken, or too many views are kept.
    """
    by.must(Right.RETURNS, shared_with.path if shared_with else "")
    if by.account_id is None:
        raise PermissionDenied
    if own_views(by).count() >= MOST:
        raise ValidationError(_("You keep as many views as one may: delete one first."))
    return _kept(by, SavedView(account_id=by.account_id, query=query), name, shared_with)


@transaction.atomic
def rename_view(*, by: Viewer, view: SavedView, name: str, shared_with: Unit | None) -> SavedView:
    """Give one's own view another name, or share it otherwise.

    Args:
        by: whose view it is.
        view: the view.
        name: its name from now on.
        shared_with: the branch that finds it too; none: it is hers.

    Raises:
        PermissionDenied: if it is not hers, or she does not read returns there.
        ValidationError: if the name is taken.
    """
    by.must(Right.RETURNS, shared_with.path if shared_with else "")
    if by.account_id is None or view.account_id != by.account_id:
        raise PermissionDenied
    return _kept(by, view, name, shared_with)


def _kept(by: Viewer, view: SavedView, name: str, shared_with: Unit | None) -> SavedView:
    newly = shared_with is not None and view.shared_with_id != shared_with.pk
    view.name, view.shared_with = name, shared_with
    if own_views(by).filter(name=name).exclude(pk=view.pk).exists():
        raise ValidationError(_("One of your views has this name already."))
    view.full_clean()
    view.save()
    if newly and shared_with:
        journal.write(by=by, verb="verbatims.view_shared", about=view, unit_path=shared_with.path)
    return view


@transaction.atomic
def delete_view(*, by: Viewer, view: SavedView) -> None:
    """Forget one's own view.

    Args:
        by: whose view it is.
        view: the view.

    Raises:
        PermissionDenied: if it is not hers.
    """
    by.must(Right.RETURNS)
    if by.account_id is None or view.account_id != by.account_id:
        raise PermissionDenied
    view.delete()

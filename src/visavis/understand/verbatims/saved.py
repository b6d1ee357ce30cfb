"""Saved views: a page and what it asks under a name, one's own or shared with a branch."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from visavis.people.access import journal
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.units.models import Unit
from visavis.understand.verbatims.models import SavedView
from visavis.understand.verbatims.saved_pages import pages

#: Views that one account may keep.
MOST = 50


def own_views(viewer: Viewer) -> QuerySet[SavedView]:
    """The viewer's own views of pages that she opens, by name."""
    mine = Q(account=viewer.account_id, account__isnull=False, page__in=list(pages(viewer)))
    return SavedView.objects.filter(mine).select_related("shared_with").order_by("name", "pk")


def shared_views(viewer: Viewer) -> QuerySet[SavedView]:
    """Views that others share with a branch where the viewer opens their page, or over it, by name."""
    reach = NOTHING
    for page in pages(viewer).values():
        over = [path for top in viewer.branches.get(page.right, ()) for path in _over(top)]
        there = viewer.within(page.right, "shared_with__path") | Q(shared_with__path__in=over)
        reach |= Q(page=page.key) & there
    found = SavedView.objects.filter(reach, shared_with__isnull=False).exclude(account=viewer.account_id)
    return found.select_related("shared_with").order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view as the list shows it."""

    view: SavedView
    page: str | Promise
    url: str


def rows(viewer: Viewer, views: QuerySet[SavedView]) -> list[ViewRow]:
    """Views with the name of their page and where they open, in their order."""
    known = pages(viewer)
    return [ViewRow(one, known[one.page].label, known[one.page].address(one.query)) for one in views]


def _over(path: str) -> list[str]:
    """The paths of the units over one: ``/a/b/`` gives ``/a/``."""
    names = path.strip("/").split("/")
    return [f"/{'/'.join(names[:number])}/" for number in range(1, len(names))]


@transaction.atomic
def save_view(*, by: Viewer, page: str, name: str, query: str, shared_with: Unit | None) -> SavedView:
    """Keep a view under a name.

    Args:
        by: who keeps it; needs the right that opens its page, there where it is shared too.
        page: key of the page.
        name: its name among her own.
        query: what it asks, as the page writes addresses.
        shared_with: the branch that finds it too; none: it is hers.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the name is taken, or too many views are kept.
    """
    account = _must(by, page, shared_with)
    if SavedView.objects.filter(account=by.account_id).count() >= MOST:
        raise ValidationError(_("You keep as many views as one may: delete one first."))
    return _kept(by, SavedView(account_id=account, page=page, query=query), name, shared_with)


@transaction.atomic
def rename_view(*, by: Viewer, view: SavedView, name: str, shared_with: Unit | None) -> SavedView:
    """Give one's own view another name, or share it otherwise.

    Args:
        by: whose view it is.
        view: the view.
        name: its name from now on.
        shared_with: the branch that finds it too; none: it is hers.

    Raises:
        PermissionDenied: if it is not hers, or she does not open its page there.
        ValidationError: if the name is taken.
    """
    _must_own(by, view)
    _must(by, view.page, shared_with)
    return _kept(by, view, name, shared_with)


def _must(by: Viewer, page: str, shared_with: Unit | None) -> int:
    """The account of who keeps a view; she opens its page, there where she shares it."""
    known = pages(by).get(page)
    if by.account_id is None or known is None:
        raise PermissionDenied
    by.must(known.right, shared_with.path if shared_with else "")
    return by.account_id


def _must_own(by: Viewer, view: SavedView) -> None:
    if by.account_id is None or view.account_id != by.account_id:
        raise PermissionDenied


def _kept(by: Viewer, view: SavedView, name: str, shared_with: Unit | None) -> SavedView:
    newly = shared_with is not None and view.shared_with_id != shared_with.pk
    view.name, view.shared_with = name, shared_with
    if SavedView.objects.filter(account=by.account_id, name=name).exclude(pk=view.pk).exists():
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
    _must_own(by, view)
    view.delete()

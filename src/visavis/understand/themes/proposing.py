"""What customers speak about and no theme names: the search, and what somebody decides of each proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from visavis.listen.returns.models import Verbatim
from visavis.people.access import journal
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.understand.search.queries import vectors_of
from visavis.understand.themes import works
from visavis.understand.themes.drafting import named, save_sheet
from visavis.understand.themes.examples import examples_of
from visavis.understand.themes.models import Discovery, Proposal
from visavis.understand.themes.queries import drafted_sheets, sheets_in_force
from visavis.understand.themes.sheets import Sheet, join
from visavis.understand.verbatims.models import Annotation

if TYPE_CHECKING:
    from visavis.text.meaning import Vectors
    from visavis.text.themes.discovery import Cluster

#: Texts looked at, the latest first; and fewest words of one that says anything.
MOST, FEWEST_WORDS = 3_000, 4
#: Texts turned into vectors between two signs of life.
LOT = 256
#: Fewest texts of a proposal, texts that show it, and words that name it.
SMALLEST, SHOWN, NAMED_BY = 8, 6, 8
#: Nearness (cosine) to a refused proposal from which the same is not proposed again.
SAME = 0.9
_SEED = 20_251_201


def _nudge(pk: int) -> None:
    from visavis.understand.themes.tasks import discover_themes

    discover_themes.enqueue(pk)


@transaction.atomic
def search(*, by: Viewer, at: dt.datetime) -> Discovery:
    """Ask for a search among the customers' texts that speak of no theme.

    Args:
        by: who asks; needs the right to change references.
        at: instant of the gesture.

    Returns:
        The search, waiting for a worker, which is told at once.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if one is under way.
    """
    by.must(Right.REFERENCES)
    if works.is_under_way(Discovery):
        raise ValidationError(_("A search is under way: its proposals will stand here."))
    made = Discovery.objects.create(account_id=by.account_id, asked_at=at)
    journal.write(by=by, verb="themes.searched", about=made)
    transaction.on_commit(lambda: _nudge(made.pk))
    return made


@transaction.atomic
def settle(
    *,
    by: Viewer,
    proposal: Proposal,
    fate: Proposal.Fate,
    at: dt.datetime,
    theme: str = "",
    reason: str = "",
) -> None:
    """Say what becomes of a proposal.

    Args:
        by: who decides; needs the right to change references.
        proposal: the proposal.
        fate: named, merged or refused.
        at: instant of the gesture.
        theme: the code of the theme made of it, or that took its texts as examples.
        reason: why it is refused; the same is then not proposed again.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if it is decided already.
    """
    by.must(Right.REFERENCES)
    facts = {"fate": fate, "theme": theme, "reason": reason, "account_id": by.account_id, "decided_at": at}
    if not Proposal.objects.filter(pk=proposal.pk, fate=Proposal.Fate.OPEN).update(**facts):
        raise ValidationError(_("This proposal is decided already."))
    sheet = drafted_sheets(sheets_in_force()).get(theme, Sheet(theme))
    journal.write(by=by, verb=f"themes.proposal_{fate}", about=proposal, code=theme, name=named(sheet))


@transaction.atomic
def make_theme(*, by: Viewer, sheet: Sheet, proposal: Proposal | None, at: dt.datetime) -> None:
    """Put a new theme into the draft, perhaps the name of a proposal, which is then decided.

    Args:
        by: who makes it; needs the right to change references.
        sheet: the theme, under a code that no theme ever had.
        proposal: what it names, if anything.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        MeanwhileError: if somebody took its code meanwhile.
        ValidationError: if it cannot stand where it is put, or the proposal is decided already.
    """
    by.must(Right.REFERENCES)
    save_sheet(by=by, sheet=sheet, seen="", at=at)
    if proposal:
        settle(by=by, proposal=proposal, fate=Proposal.Fate.NAMED, theme=sheet.code, at=at)


@transaction.atomic
def merge(*, by: Viewer, proposal: Proposal, into: str, at: dt.datetime) -> None:
    """Give the texts of a proposal to a theme as examples, in the draft.

    Args:
        by: who decides; needs the right to change references. Only texts that they may read are given.
        proposal: the proposal.
        into: the code of a theme that is heard.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if it is decided already, or the theme is not heard.
    """
    by.must(Right.REFERENCES)
    sheet = drafted_sheets(sheets_in_force()).get(into)
    if sheet is None or sheet.retired:
        raise ValidationError(_("Choose a theme that is heard."))
    examples = join(sheet.examples, {"fr": examples_of(by, proposal)})
    save_sheet(by=by, sheet=replace(sheet, examples=examples), seen=sheet.stamp, at=at)
    settle(by=by, proposal=proposal, fate=Proposal.Fate.MERGED, theme=into, at=at)


def work_on(pk: int) -> None:
    """Search, from the start if a worker died. Safe to call at any moment, by any number of workers.

    Args:
        pk: key of the search.

    Raises:
        Exception: whatever went wrong; the search then waits for its next attempt.
    """
    work = works.take(Discovery, pk)
    if work is None:
        return
    try:
        _search(work)
    except works.LostError:
        pass
    except Exception as error:
        works.give_back(work, type(error).__name__)
        raise


def _search(work: Discovery) -> None:
    from visavis.text.themes.discovery import discover

    texts = unspoken()
    vectors = _vectors(work, texts)
    clusters = discover([text.heard for text in texts], vectors, seed=_SEED)
    with transaction.atomic():
        works.keep_on(work, done=len(texts))
        Proposal.objects.filter(fate=Proposal.Fate.OPEN).delete()
        propose(work, texts, vectors, clusters)
        works.finish(work)


def unspoken() -> list[Verbatim]:
    """The latest texts that may be listed, say something, and speak of no theme. Nobody reads: no viewer."""
    told = Annotation.objects.current().filter(verbatim=OuterRef("pk"), theme__isnull=False, refused=False)
    named = told.filter(theme__retired_in__isnull=True).exclude(
        Q(theme__code="other") | Q(theme__code__endswith=".other")
    )
    rows = Verbatim.objects.filter(~Exists(named), voice__in=LISTED_VOICES, read_at__isnull=False)
    found = rows.order_by("-heard_on", "pk").only("pk", "text", "masked_text")[: 2 * MOST]
    return [text for text in found if len(text.heard.split()) >= FEWEST_WORDS][:MOST]


def _vectors(work: Discovery, texts: Sequence[Verbatim]) -> Vectors:
    """What texts mean: as it is kept beside them, or worked out now, a lot at a time."""
    import numpy as np

    from visavis.text.meaning import SIZE, embed

    rows = np.zeros((len(texts), SIZE), np.float32)
    for first in range(0, len(texts), LOT):
        works.keep_on(work, done=first, total=len(texts))
        lot = texts[first : first + LOT]
        known = vectors_of([text.pk for text in lot])
        fresh = [place for place, text in enumerate(lot) if text.pk not in known]
        meant = dict(zip(fresh, embed([lot[place].heard for place in fresh]), strict=True))
        for place, text in enumerate(lot):
            rows[first + place] = known[text.pk] if text.pk in known else meant[place]
    return rows


def propose(
    work: Discovery, texts: Sequence[Verbatim], vectors: Vectors, clusters: Sequence[Cluster]
) -> None:
    """Keep the groups that are large enough and that nobody refused."""
    import numpy as np

    refused = [
        np.frombuffer(bytes(centre), np.float16).astype(np.float32)
        for centre in Proposal.objects.filter(fate=Proposal.Fate.REFUSED)
        .order_by("pk")
        .values_list("centre", flat=True)
    ]
    for cluster in clusters:
        middle = vectors[list(cluster.members)].mean(axis=0)
        centre = middle / (np.linalg.norm(middle) or 1)
        again = any(float(centre @ other) >= SAME for other in refused)
        if cluster.size < SMALLEST or again:
            continue
        Proposal.objects.create(
            discovery=work,
            words=list(cluster.words[:NAMED_BY]),
            size=cluster.size,
            texts=[texts[place].pk for place in cluster.examples[:SHOWN]],
            centre=centre.astype(np.float16).tobytes(),
        )

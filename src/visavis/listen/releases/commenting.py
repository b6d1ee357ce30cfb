"""Comments of a wave at their own level: one site, or the company, and nowhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from visavis.listen.campaigns.models import Campaign
from visavis.listen.releases import themes
from visavis.listen.releases.floors import FEWEST_COMMENTS, Floors
from visavis.listen.releases.planning import ancestors
from visavis.listen.returns.models import Response, Verbatim
from visavis.text.personal import mask


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment ready to be shown at its level."""

    path: str
    question: str
    text: str
    themes: tuple[str, ...] = ()


def comments_of(campaign: Campaign, root: str, held: Floors) -> list[Comment]:
    """The comments that may be shown, each at one level.

    Args:
        campaign: a closed wave.
        root: path of the company.
        held: fewest people around a comment.

    Returns:
        Comments without personal data, in no order that means anything.
    """
    answered = Response.objects.filter(campaign=campaign).order_by("pk").values_list("unit_path", flat=True)
    people = Counter(site_of(path, root) for path in answered)
    written: dict[str, list[Verbatim]] = defaultdict(list)
    for text in Verbatim.objects.filter(response__campaign=campaign).order_by("pk"):
        written[site_of(text.unit_path, root)].append(text)
    writers = {site: len({text.response_id for text in found}) for site, found in written.items()}
    levels = levels_of(people, writers, root, held)
    heard = themes.heard([text.pk for found in written.values() for text in found])
    return [
        Comment(levels[site], text.question_key, mask(text.shown), tuple(heard.get(text.pk, ())))
        for site, found in sorted(written.items())
        if site in levels
        for text in found
    ]


def site_of(path: str, root: str) -> str:
    """The branch just under the company that holds a path; the company itself for who is in none."""
    return ([each for each in ancestors(path) if each != root] or [root])[-1]


def levels_of(
    people: Mapping[str, int], writers: Mapping[str, int], root: str, held: Floors
) -> dict[str, str]:
    """Where the comments of each site show: there, with the company's, or nowhere.

    A site shows its own when enough people answered there and enough of them wrote. What is written elsewhere
    is the company's, if those who answered elsewhere are enough too: a comment that shows in no site is not
    found to be of the only one that is left.

    Args:
        people: of each site, how many answered.
        writers: of each site, how many wrote; one who wrote under several questions is one.
        root: path of the company.
        held: fewest people around a comment.

    Returns:
        Site -> level; a site that is not there shows none.
    """

    def enough(sites: Collection[str]) -> bool:
        wrote = sum(writers.get(site, 0) for site in sites)
        return sum(people[site] for site in sites) >= held.comments and wrote >= FEWEST_COMMENTS

    own = {site for site in people if site != root and enough([site])}
    rest = people.keys() - own
    while own and any(writers.get(site) for site in rest) and not enough(rest):
        own.remove(min(own, key=lambda site: (people[site], site)))
        rest = people.keys() - own
    levels = {site: site for site in own}
    return levels | dict.fromkeys(rest, root) if enough(rest) else levels

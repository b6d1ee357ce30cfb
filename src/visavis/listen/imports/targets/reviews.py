"""Public reviews: one row is one review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.listen.imports.reasons import Unfit
from visavis.listen.imports.targets.base import Numbered, Tally, Target, fingerprint, must_say, sized
from visavis.listen.imports.targets.book import Book, customer_key
from visavis.listen.imports.targets.customers import keep_customers
from visavis.listen.imports.targets.settling import occurrences, settle
from visavis.listen.imports.targets.voices import Form, Said, finish, keep
from visavis.listen.returns.models import Response
from visavis.listen.surveys.models import Question
from visavis.listen.surveys.services import ensure_reviews
from visavis.moments.exchanges.services import ensure_review_channel
from visavis.people.erasures.models import Kind

#: What a review without a code is known by. The company's reply may come later: it is not part of it.
_CONTENT = ("published_on", "experienced_on", "unit", "product", "rating", "text", "author", "url", "source")


class Reviews(Target):
    named_by = ("source", "review")
    naming = {"author": Kind.CUSTOMER}
    content = _CONTENT

    def code_of(self, name: str, values: Mapping[str, Any]) -> str | None:
        """The customer's code of an author."""
        return _pseudonym(values) if name == "author" else super().code_of(name, values)

    def write(self, rows: Sequence[Numbered]) -> Tally:
        """Resolve, give identities, compare, write."""
        book = Book(self.job)
        form = Form(self.job, ensure_reviews(by=self.job.by), rows)
        channel = ensure_review_channel(by=self.job.by).pk
        tally = Tally()
        good: list[tuple[Numbered, Said]] = []
        for each in rows:
            try:
                good.append((each, self._read(book, form, channel, each.row.values)))
            except Unfit as unfit:
                tally.refused.append(self.refusal(each, unfit))
        self._identify(good)
        pairs = [(each, said.row) for each, said in good]
        settled = settle(self, Response, pairs, tally)
        wanted = {id(row) for row in settled.rows}
        kept = [(each, said) for each, said in good if id(said.row) in wanted]
        keep_customers(dict(_author(each.row.values) for each, said in kept if said.row["customer_id"]))
        keep([said for _, said in kept], form, settled.updated)
        return tally

    def _identify(self, good: Sequence[tuple[Numbered, Said]]) -> None:
        uncoded = [(each, said) for each, said in good if not said.row["code"]]
        contents = [content_of(each.row.values, _CONTENT) for each, _ in uncoded]
        for (_, said), content, nth in zip(uncoded, contents, occurrences(self, contents), strict=True):
            said.row["id"] = key("review", content, nth)

    def _read(self, book: Book, form: Form, channel: int, values: dict[str, Any]) -> Said:
        get = values.get
        said = form.read({"rating": get("rating"), "verbatim": get("text")}, ["rating"], ["verbatim"])
        must_say(said.anything)
        place = book.unit(get("unit")) or book.root
        code = sized(get("review"), 128, "review")
        said.row |= {
            "voice": Voice.CUSTOMER.value, "source": Response.Source.REVIEW.value, "code": code,
            "unit_id": place.pk, "unit_path": place.path, "channel_id": channel,
            "product": sized(get("product"), 80, "product"), "heard_on": values["published_on"],
            "experienced_on": get("experienced_on"),
            "customer_id": customer_key(_pseudonym(values), "author"),
            "satisfaction": form.marked(Question.Role.CSAT, said.marks), "url": get("url") or "",
            "reply": get("reply") or "", "replied_on": get("replied_on"),
        }  # fmt: skip
        if code:
            said.row["id"] = key("review", get("source") or "", code)
        finish(said)
        return said


def content_of(values: dict[str, Any], fields: Sequence[str]) -> int:
    """The identity of what a row says in ``fields``."""
    return fingerprint(*(values.get(name) for name in fields))


def _pseudonym(values: Mapping[str, Any]) -> str | None:
    """A public pseudonym is no customer key: kept apart from the company's own, by site."""
    author = values.get("author")
    return f"{values.get('source') or 'review'}:{author}" if author else None


def _author(values: dict[str, Any]) -> tuple[int, tuple[str, str]]:
    name = _pseudonym(values) or ""
    return key("customer", name), (name, "")

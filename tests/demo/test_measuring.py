"""The traps of the demo, read through the report: the mix is told apart, channels meet equal requests."""

from __future__ import annotations

import pytest

from tests.demo.conftest import Instance, browser_of, viewer_named
from visavis.core.periods import everything, month
from visavis.demo.vaubrune.world import TODAY
from visavis.measure.sentences import Verdict, mix_sentence, verdict
from visavis.share.restitution.queries import report
from visavis.web.filters import Filters

pytestmark = pytest.mark.slow


def test_november_is_read_as_its_mix_and_not_as_a_fall(vaubrune: Instance) -> None:
    truth = vaubrune.truth["realised"]["T2"]
    november = report(viewer_named("claire"), Filters(month(2025, 11)))
    parts = november.decomposition
    assert parts is not None
    assert parts.mix.observed + parts.own.observed == pytest.approx(parts.total.observed)
    # The oracle cuts months by the day of the exchange, the report by the day of the answer.
    for name, part in (("total", parts.total), ("mix", parts.mix), ("own", parts.own)):
        assert part.low <= truth[name] / 100 <= part.high
    assert parts.mix.observed < 0
    assert verdict(parts.own) is Verdict.OPEN
    assert "À demandes égales, pas encore concluant" in mix_sentence(parts, "fr")


def test_the_chat_paradox_is_shown_raw_and_at_equal_requests(vaubrune: Instance) -> None:
    truth = vaubrune.truth["realised"]["T3"]["all"]
    whole = report(viewer_named("claire"), Filters(everything(TODAY)))
    (chat,) = [line for line in whole.channels if line.code == "chat"]
    assert 100 * chat.raw.observed == pytest.approx(truth["raw_points"], abs=0.05)
    assert chat.raw.observed > 0 > chat.equal.observed
    assert chat.equal.low <= truth["adjusted_points"] / 100 <= chat.equal.high


def test_the_page_of_the_direction_says_both(vaubrune: Instance) -> None:
    page = browser_of("claire").get("/comprendre/rapports/2025-11/").content.decode()
    assert "À demandes égales" in page
    assert "D’où vient l’évolution, en points" in page
    whole = browser_of("claire").get("/comprendre/rapports/?periode=tout").content.decode()
    assert "Les canaux comparés, en points" in whole

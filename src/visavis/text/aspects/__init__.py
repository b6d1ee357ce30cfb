"""What texts say of each theme, learnt from a company that has labelled enough of them.

Without such a model the opinion is that of ``text.opinions``: words near the keyword, clause, text.
Opinions on words that are given (who, what, where they stand) are learnt by ``fit_mentions``.
Fitting needs scikit-learn, and both need the sentences' meaning unless told otherwise: jobs, never requests.
"""

from __future__ import annotations

from visavis.text.aspects.fitting import fit_aspects
from visavis.text.aspects.mentions import MentionModel, fit_mentions
from visavis.text.aspects.model import AspectModel, Opinion
from visavis.text.aspects.near import Mention

__all__ = ["AspectModel", "Mention", "MentionModel", "Opinion", "fit_aspects", "fit_mentions"]

"""Find the numbers by which ``visavis.text.verdict`` tells a mixed text, and print how they do.

    python benchmarks/mixed.py --data FOLDER

The tone of the texts comes from a model trained without a fifth of them (by hash): only that fifth of the
texts of one mind is used, beside every mixed one, none of which the tone is ever trained on. Printed rates
are by five-fold cross-validation; those on the gold set use all of the fit.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.core.words import Voice
from visavis.text.phrases import PHRASES, TWO_SIDES, parted
from visavis.text.polarity import parse, tone
from visavis.text.train import LEXICONS, assemble, corpus, fold_of, train, with_phrases
from visavis.text.verdict import CLAUSE_MASS, leanings, traits
from visavis.text.weights import Weights, shipped

BATCH = 256
#: How much one domain weighs beside its size; texts of three stars, a guess; sentences made here.
DAMPING, STARS, MADE = 0.5, 0.4, 2.5
#: Domains of texts made or written for this, of which none is held out.
OURS = ("made", "written")
#: How much those written by hand weigh beside their number.
WRITTEN = 2.0
#: Chance beyond which a text is called mixed.
CALLED = 0.3
SEED = 0


def _list(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


GOOD = _list("""
    l'accueil est chaleureux | la conseillère est adorable | le personnel est souriant | les prix sont
    corrects | le tarif est attractif | souscription rapide | le devis est clair | très bonne écoute |
    conseiller compétent | la prise en charge a été immédiate | le site est pratique | remboursement
    rapide | les garanties sont bonnes | équipe au top | je suis contente de l'agence | bon rapport
    qualité prix | livraison dans les temps | la chambre était propre | cuisine délicieuse |
    explications claires | dépannage efficace | j'ai été bien reçue | expert sympathique | application
    bien faite
""")
BAD = _list("""
    le délai est interminable | les prix sont exorbitants | personne ne répond au téléphone | le
    remboursement se fait attendre | aucun suivi du dossier | le site plante sans arrêt | la hausse est
    scandaleuse | le standard est injoignable | trois relances pour rien | les courriers sont
    incompréhensibles | conseiller désagréable | attente insupportable | dossier perdu deux fois | je
    n'ai toujours pas été remboursée | franchise beaucoup trop élevée | l'application ne marche pas |
    résiliation impossible | le bruit est pénible | plat froid | colis abîmé | promesses non tenues |
    mal remboursé | le gestionnaire est incompétent | tarif qui explose
""")
AFTER_PRAISE = _list("""
    {}, mais {} | {} mais {} | {}. Par contre {} | {}, par contre {} | {}, en revanche {} | {}. Seul
    bémol : {} | {}, dommage que {} | {}, alors que {} | {}, cependant {} | {}. Cependant {} | {},
    pourtant {} | {} et {} | {}, {} | {}. {} | {}, à part ça {} | {} sauf que {} | {}. Malheureusement
    {} | {}, hormis {} | {}, même si {} | {}, bien que {} | {} tandis que {} | {}. Point négatif : {} |
    {}, toutefois {} | {} ; {}
""")
AFTER_BLAME = _list("""
    {}, mais {} | {}, heureusement {} | {}. Heureusement {} | {} mais {} | {}. En revanche {} | {}, {} |
    {}, à part ça {} | {}, par contre {} | Malgré le fait que {}, {} | Certes {}, mais {} | Si {}, {} |
    Bien que {}, {} | À part que {}, {}
""")
PLAIN = (" et ", ", ", ". ", " ; ")


def made(count: int = 500) -> list[tuple[str, bool]]:
    """Sentences put together here, half of them mixed; and those written to train the tone."""
    chance, texts = random.Random(SEED), []  # noqa: S311
    for _ in range(count):
        good, bad = chance.choice(GOOD), chance.choice(BAD)
        praised_first = chance.random() < 0.5
        frame = chance.choice(AFTER_PRAISE if praised_first else AFTER_BLAME)
        texts.append((frame.format(*((good, bad) if praised_first else (bad, good))), True))
        side = chance.sample(chance.choice((GOOD, BAD)), chance.choice((1, 2, 3)))
        texts.append((chance.choice(PLAIN).join(side), False))
    written = [(text, False) for side in PHRASES["fr"].values() for text in side]
    return [(text[0].upper() + text[1:], mixed) for text, mixed in texts] + written


def ours() -> list[tuple[str, bool]]:
    """Texts written by hand, of two minds or one though something turns in them."""
    return [(each.text, len(each.sides) == 2) for each in parted(TWO_SIDES.read_text("utf-8"))]


def is_mixed(row: dict[str, Any]) -> bool | None:
    """Whether a labelled text is mixed; none where it cannot be told."""
    if row["domain"] == "restaurant":
        said = set(json.loads(row["aspects"]).values()) - {"none"}
        sides = bool(said & {"pos", "mixed"}) + bool(said & {"neg", "mixed"})
        return None if sides == 0 else sides == 2
    if row["domain"] == "assurance":
        return {1.0: False, 3.0: True, 5.0: False}.get(row["stars"])
    return {"pos": False, "neg": False, "mixed": True}.get(row["label"])


def rows(folder: Path, gold: set[str]) -> list[tuple[str, bool, str]]:
    """Labelled texts: text, whether mixed, domain; of those of one mind, the fifth held out of the tone."""
    from pyarrow import parquet

    wanted = ["text", "label", "stars", "domain", "lang", "aspects"]
    table = parquet.read_table(folder / "dev_sentiment.parquet", columns=wanted).to_pylist()
    found = [
        (row["text"], mixed, row["domain"])
        for row in table
        if row["lang"] == "fr" and row["text"] not in gold
        if row["domain"].startswith(("mabsa", "restaurant", "assurance"))
        if (mixed := is_mixed(row)) is not None and (mixed or fold_of(row["text"]) == 0)
    ]
    found += [(text, mixed, "made") for text, mixed in made()]
    return found + [(text, mixed, "written") for text, mixed in ours()]


def seen(texts: list[str], weights: Weights) -> NDArray[np.float64]:
    """The traits of texts."""
    parts = []
    for first in range(0, len(texts), BATCH):
        parsed = parse(texts[first : first + BATCH])
        weighed = tone(parsed, weights, voice=Voice.CUSTOMER)
        lean = leanings(weighed.clause_score, weights.clause) * np.minimum(
            1, weighed.clause_mass / CLAUSE_MASS
        )
        whole = leanings(weighed.score, weights.whole)
        parts.append(traits(parsed, weighed.clause_text, lean, whole, weighed.push * weights.clause.slope))
    return np.concatenate(parts).astype(np.float64)


def rates(mixed: NDArray[np.bool_], domain: NDArray[np.str_], told: NDArray[np.bool_]) -> None:
    """Print how often mixed texts are told, and others called so, in each domain."""
    print(f"{'domain':20}{'mixed':>7}{'recall':>8}{'false':>8}{'F1':>7}")
    for name in sorted(set(domain.tolist())):
        here = domain == name
        hit, false = (told & mixed & here).sum(), (told & ~mixed & here).sum()
        recall, alarms = hit / (mixed & here).sum(), false / (~mixed & here).sum()
        score = 2 * hit / (hit + false * (1 if name in OURS else 5) + (mixed & here).sum())
        print(f"{name:20}{(mixed & here).sum():7}{recall:8.2f}{alarms:8.2f}{score:7.2f}")


def weights_of(mixed: NDArray[np.bool_], domain: NDArray[np.str_]) -> NDArray[np.float64]:
    """How much each text weighs: a text of one mind stands for the five of which it is the one held out."""
    sizes = Counter(domain.tolist())
    weight = np.where(mixed | np.isin(domain, OURS), 1, 5) / np.array(
        [sizes[name] ** DAMPING for name in domain]
    )
    weight[(domain == "assurance") & mixed] *= STARS
    weight[domain == "made"] *= MADE
    weight[domain == "written"] *= WRITTEN
    answer: NDArray[np.float64] = weight
    return answer


def draft(folder: Path) -> Weights:
    """A model of tone trained without a fifth of the texts, nor the sides of those of two minds."""
    texts = corpus(folder, "fr")
    aside = np.array([fold_of(text) == 0 for text in texts.texts])
    taught = with_phrases(texts.part(~aside), "fr")
    sides = {side for each in parted(TWO_SIDES.read_text("utf-8")) for side, _ in each.sides}
    return assemble(
        train(taught.part(np.array([text not in sides for text in taught.texts])), LEXICONS["fr"]())
    )


def main() -> None:
    """Fit and print."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    lines = (folder / "gold_service_dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    labelled = rows(folder, {row["text"] for row in gold})
    features = seen([text for text, _, _ in labelled], draft(folder))
    mixed = np.array([label for _, label, _ in labelled])
    domain = np.array([name for _, _, name in labelled])
    weight = weights_of(mixed, domain)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    given = {"logisticregression__sample_weight": weight}
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    chance = cross_val_predict(model, features, mixed, cv=folds, method="predict_proba", params=given)[:, 1]
    rates(mixed, domain, chance > CALLED)
    model.fit(features, mixed, logisticregression__sample_weight=weight)
    told = model.predict_proba(seen([row["text"] for row in gold], shipped("fr")))[:, 1] > CALLED
    wanted = np.array([row["a"]["polarity"] == "mixed" for row in gold])
    print(f"{'gold':20}{wanted.sum():7}{told[wanted].mean():8.2f}{told[~wanted].mean():8.2f}")
    scaler, regression = model[0], model[1]
    pulls = regression.coef_[0] / scaler.scale_
    start = regression.intercept_[0] - (pulls * scaler.mean_).sum() - np.log(CALLED / (1 - CALLED))
    print("PULLS", [round(float(pull), 3) for pull in pulls], "START", round(float(start), 3))


if __name__ == "__main__":
    main()

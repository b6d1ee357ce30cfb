"""The engine of understanding beside its peers, in one run: quality, speed, memory, hostile texts.

    python benchmarks/peers/compare.py --data FOLDER [--real FILE --column NAME] [--strings FOLDER] [--quick]

Ours is trained from scratch without the texts that it is tested on (a fifth, by their hash), then, but
for ``--quick``, without the whole family of the tested domain. Peers are as they ship; each gets the
threshold that suits it best on a fifth that is not tested, and 0 beside. Each engine reads the same texts
from the same file, in a process of its own: CPU seconds of the reading alone, largest memory.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE.parent)]

import text as engine  # noqa: E402 - benchmarks/text.py
from visavis.core.words import Voice  # noqa: E402
from visavis.text import read  # noqa: E402
from visavis.text.train import corpus, fold_of  # noqa: E402

Scores = NDArray[np.float64]
#: Name, interpreter, script.
PYTHON, NODE = str(ROOT / ".venv-peers/bin/python"), "node"
PEERS = (
    ("textblob-fr", PYTHON, "textblob_french.py"),
    ("vaderSentiment-fr", PYTHON, "vader_french.py"),
    ("natural", NODE, "natural.js"),
    ("nlp.js", NODE, "nlpjs.js"),
)
#: The tested fifth, and the one on which peers get their threshold.
TESTED, CHOOSING = 0, 2
#: Milliseconds that no text may take.
PATIENCE = 50


@dataclass(frozen=True)
class Cost:
    """What an engine said of the texts, and what that cost."""

    scores: Scores
    pace: float
    mib: float


def ask(command: list[str], texts: Path, folder: Path) -> Cost | None:
    """Have an engine read the texts in a process of its own; none if it is not installed."""
    if not shutil.which(command[0]):
        return None
    out = folder / "scores.txt"
    environment = {**os.environ, "NODE_PATH": str(ROOT / "build/peers/node_modules"), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, str(texts), str(out)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{command[1]}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    told = json.loads(done.stdout.splitlines()[-1])
    scores = np.array(out.read_text("utf-8").split("\n"), np.float64)
    return Cost(scores, told["texts"] / told["seconds"], told["kib"] / 1024)


def best_threshold(content: NDArray[np.int64], domain: NDArray[np.str_], scores: Scores) -> float:
    """The threshold with the best mean macro-F1 over the domains, among quantiles of the scores."""
    candidates = np.unique(np.quantile(scores, np.linspace(0.02, 0.98, 97)))
    return float(max(candidates, key=lambda each: mean(by_domain(content, domain, scores - each))))


def by_domain(content: NDArray[np.int64], domain: NDArray[np.str_], scores: Scores) -> dict[str, float]:
    """Macro-F1 in each domain, content being a score above 0."""
    return {
        name: engine.macro(content[domain == name], scores[domain == name] + 0.5)
        for name in sorted(set(domain.tolist()) & set(engine.FAMILIES))
    }


def mean(each: dict[str, float]) -> float:
    return float(np.mean(list(each.values())))


def compare(data: Path, *, quick: bool) -> None:
    """Print quality by domain, then speed and memory."""
    texts = corpus(data, "fr")
    fold = np.array([fold_of(text) for text in texts.texts])
    known = np.array([name in engine.FAMILIES for name in texts.domain.tolist()])
    tested, choosing = texts.part((fold == TESTED) & known), texts.part((fold == CHOOSING) & known)
    columns = {"ours": engine.held_out(texts, engine.ours).each(engine.macro)}
    if not quick:
        columns["ours, unseen"] = engine.unseen(texts, engine.ours).each(engine.macro)
    costs: dict[str, Cost | None] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "texts.jsonl"
        both = [*tested.texts, *choosing.texts]
        file.write_text("\n".join(json.dumps(text) for text in both), "utf-8")
        costs["ours"] = ask([sys.executable, str(HERE / "ours.py")], file, folder)
        for peer, interpreter, script in PEERS:
            cost = costs[peer] = ask([interpreter, str(HERE / script)], file, folder)
            if cost is not None:
                said, chosen = cost.scores[: len(tested.texts)], cost.scores[len(tested.texts) :]
                best = best_threshold(choosing.content, choosing.domain, chosen)
                columns[peer] = by_domain(tested.content, tested.domain, said - best)
                columns[f"{peer} at 0"] = by_domain(tested.content, tested.domain, said)
    _print_quality(columns, tested.domain)
    _print_costs(costs, len(both))


def _print_quality(columns: dict[str, dict[str, float]], domain: NDArray[np.str_]) -> None:
    print("\nMacro-F1 of content and discontent, French texts kept aside (n of each domain)\n")
    names = sorted(set(domain.tolist()))
    print("| engine | " + " | ".join(f"{name} ({int((domain == name).sum())})" for name in names), end="")
    print(" | mean | services |")
    print("|---" + "|---:" * (len(names) + 2) + "|")
    for engine_name, each in columns.items():
        services = float(np.mean([each[name] for name in engine.SERVICE]))
        cells = " | ".join(f"{each[name]:.3f}" for name in names)
        print(f"| {engine_name} | {cells} | {mean(each):.3f} | {services:.3f} |")


def _print_costs(costs: dict[str, Cost | None], count: int) -> None:
    print(f"\nThe same {count:,} texts, one process each: texts per second of CPU, largest memory\n")
    print("| engine | texts/s/core | MiB |\n|---|---:|---:|")
    for name, cost in costs.items():
        told = f"{cost.pace:,.0f} | {cost.mib:.0f}" if cost else "– | –"
        print(f"| {name} | {told} |")
    if not all(costs.values()):
        print("\n–: not installed here (`make bench-text` installs what node, npm and the index allow).")


def hostile(strings: Path | None) -> None:
    """Print the texts that take longest alone: garbage collection on, as in the product."""
    from tests.text.test_reading import HOSTILE, THEMES
    from visavis.text.personal import find_personal

    texts = dict(HOSTILE)
    for path in sorted(strings.glob("*.jsonl")) if strings else ():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            texts[f"{path.name}:{number}"] = " ".join(map(str, json.loads(line).values()))
    read(["Bonjour"], voice=Voice.CUSTOMER, taxonomy=THEMES)
    find_personal("Merci à Nadège, 06 12 34 56 78")
    readings = sorted(
        ((_milliseconds(lambda one=one: _read(one, THEMES)), name) for name, one in texts.items())
    )
    masks = sorted(((_milliseconds(lambda one=one: find_personal(one)), name) for name, one in texts.items()))
    print(f"\n{len(texts)} hostile texts, each alone, milliseconds of CPU (at most {PATIENCE} is asked)\n")
    for told, each in (("read", readings), ("mask", masks)):
        worst = ", ".join(f"{name} {spent:.1f}" for spent, name in each[:-4:-1])
        print(f"- {told}: {worst}; over {PATIENCE}: {sum(spent > PATIENCE for spent, _ in each)}")


def masking(data: Path) -> None:
    """Print how fast personal data is looked for in texts, and the share of them in which some is found."""
    from visavis.text.personal import find_personal

    texts = corpus(data, "fr")
    reviews = [text for text, name in zip(texts.texts, texts.domain, strict=True) if name == "assurance"][
        :5_000
    ]
    find_personal("Merci à Nadège, 06 12 34 56 78")
    began = time.process_time()
    found = sum(bool(find_personal(text)) for text in reviews)
    pace = len(reviews) / (time.process_time() - began)
    print(f"\nMasking: {pace:,.0f} reviews/s/core; something found in {found / len(reviews):.1%} of them")


def _read(text: str, themes: object) -> object:
    return read([text], voice=Voice.CUSTOMER, taxonomy=themes)  # type: ignore[arg-type]


def _milliseconds(gesture: object) -> float:
    began = time.process_time()
    gesture()  # type: ignore[operator]
    return (time.process_time() - began) * 1000


def real(path: Path, column: str) -> None:
    """Print how long the command takes on a real file, with two processes."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "visavis.site.command", "understand", str(path), "--text", column]
        command += ["--out", f"{name}/out.csv", "--processes", "2", "--json"]
        began = time.monotonic()
        done = subprocess.run(
            command, env={**os.environ, "VISAVIS_DATA": name}, capture_output=True, text=True, check=True
        )
        spent = time.monotonic() - began
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"\n`visavis understand` on 2 processes: {told['rows']:,} real returns in {spent:.1f} s (60 asked)")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--column", default="avis")
    parser.add_argument("--strings", type=Path)
    parser.add_argument("--quick", action="store_true", help="without the unseen families")
    options = parser.parse_args()
    hostile(options.strings)
    masking(options.data)
    if options.real:
        real(options.real, options.column)
    compare(options.data, quick=options.quick)


if __name__ == "__main__":
    main()

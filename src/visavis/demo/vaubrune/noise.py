"""How people really type: forgotten accents, hurried fingers, telephone spelling, capitals."""

from __future__ import annotations

import re
import unicodedata
from random import Random

_STYLES = ("clean", "no_accents", "lower", "typos", "sms", "upper")
_SHARES = (0.60, 0.09, 0.12, 0.14, 0.035, 0.015)
_SMS = {
    "vous": "vs", "nous": "ns", "pour": "pr", "toujours": "tjrs", "beaucoup": "bcp", "quelqu'un": "qqn",
    "aujourd'hui": "auj", "rendez-vous": "rdv", "s'il vous plaît": "svp", "message": "msg",
    "problème": "pb", "temps": "tps", "même": "mm", "quand": "qd", "que": "ke", "c'est": "c",
    "j'ai": "g", "avec": "ac", "dans": "ds", "parce que": "pcq", "très": "tres", "merci": "mrc",
    "maintenant": "mtn", "pas": "pas", "conseiller": "conseillé", "semaine": "sem",
}  # fmt: skip
_FREQUENT = (
    ("accueil", "acceuil"), ("remboursement", "rembourssement"), ("résilie", "résillie"),
    ("cotisation", "cottisation"), ("ça ", "sa "), ("interlocuteur", "interlocteur"),
    ("toujours", "toujour"), ("professionnel", "profesionnel"), ("apprécia", "aprécia"),
    ("dossier", "dosier"), ("attendre", "atendre"), ("quelqu'un", "quelqun"), (" a été", " à été"),
    ("satisfait", "satisfaits"), ("rappeler", "rapeler"), ("m'a ", "ma "), ("expliqué", "expliquer"),
    ("j'ai dû", "j'ai du"),
)  # fmt: skip
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{5,}")


def unaccented(text: str) -> str:
    """The text without its accents."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def typed(text: str, rng: Random, *, careful: bool = False) -> tuple[str, str]:
    """The text as somebody typed it, and the style of typing; a careful writer makes few mistakes."""
    style = rng.choices(_STYLES, _SHARES)[0]
    if careful and style in ("sms", "upper", "lower"):
        style = "clean"
    if style == "no_accents":
        return unaccented(text).replace("« ", '"').replace(" »", '"'), style
    if style == "lower":
        text = text.lower()
        return (text[:-1] if text.endswith(".") else text), style
    if style == "upper":
        return text.upper(), style
    if style == "sms":
        return _sms(text.lower()), style
    return (_slipped(text, rng), style) if style == "typos" else (text, style)


def _sms(text: str) -> str:
    for word, short in _SMS.items():
        text = re.sub(rf"(?<![\w'-]){re.escape(word)}(?![\w'-])", short, text)
    return unaccented(text).rstrip(".").replace(" ,", ",")


def _slipped(text: str, rng: Random) -> str:
    """One or two slips: a frequent misspelling, or letters exchanged, doubled or dropped."""
    wrong = [pair for pair in _FREQUENT if pair[0] in text]
    if wrong and rng.random() < 0.75:
        right, mistake = rng.choice(wrong)
        text = text.replace(right, mistake, 1)
    else:
        text = _finger(text, rng)
    return _finger(text, rng) if rng.random() < 0.25 and len(text) > 80 else text


def _finger(text: str, rng: Random) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    kind = rng.random()
    if kind < 0.45:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 0.75:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]

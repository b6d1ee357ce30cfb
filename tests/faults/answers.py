"""What browsers send and what they may be told, in trials of pages whose database goes away."""

from __future__ import annotations

CSRF = "a" * 32
#: What a page says when nothing can be written, and what no page may show.
POLITE, RUDE = "Rien ne peut être enregistré", ("Traceback", "OperationalError", "psycopg", "sqlite")
#: Answers by which a gesture is confirmed.
DONE = (200, 302)

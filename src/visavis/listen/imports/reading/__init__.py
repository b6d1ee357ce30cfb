"""From a file on disk to typed columns and located problems. Knows nothing of Django nor of the database.

Order of reading: ``codes`` (what can go wrong), ``hints`` (what a person may settle), ``detect`` and
``dialect`` (what the file says), ``tables`` (rows of text), ``fields`` and ``mapping`` (what they mean),
``values`` and ``times`` (one cell), ``rows`` (typed rows or rejects).
"""

"""The line: content in, documents out. Its eight verbs, in order, are

1 read      content/      a content file → its text, with the place of every value
2 validate  schema/       text → typed entries
3 check     kinds/        the rules of law and of good sense → findings
4 compose   kinds/        what the page says
5 render    rendering/    what the page says + the Word template → a document
6 inspect   rendering/    nothing lost, nothing left over
7 write     writing/      whole, never over a hand edit
8 record    manifest/     what made it, and why

Verbs 1 to 6 are in line.py, 7 and 8 in store.py; run.py opens and closes a run, plan.py says which
documents need one. Doors: `generate`, `rehearse`, `verify` (run.py), `status` (status.py), `clean`
(cleaning.py), `watch`.
"""

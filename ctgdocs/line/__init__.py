"""The line: content in, documents out.

`line.py` is the whole of it, eight verbs; `run.py` plans what goes down it and keeps what comes out. Doors:
`generate`, `rehearse`, `verify` (run.py), `status`, `clean` (status.py).
"""

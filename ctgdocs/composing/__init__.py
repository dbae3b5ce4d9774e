"""The composing room: from what an agent typed to what the page says.

`pen.py` is its door: a `Pen` writes for one document. Markdown becomes `Prose` (markdown.py, footnotes.py,
quick.py for plain text), `{placeholders}` become words (placeholders.py, citations.py), tables typed or kept
in a file become checked tables (tableaux.py, sheets.py), members become names and lists (people.py).
"""

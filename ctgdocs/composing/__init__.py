"""The composing room: from what an agent typed to what the page says.

`pen.py` is its door: a `Pen` writes for one document, in a `Voice` (voice.py: whose act it is, its persons,
its typography). Markdown becomes `Prose` (markdown.py, its runs in inline.py), `{placeholders}` become words
(citations.py), numbers of headings follow them (references.py), tables are checked (tableaux.py).
"""

"""What was written elsewhere → content files to read again.

A file is opened whatever its format (document.py), recognised by one of the readers (reader.py), and proposed
as content. A kind that reads its own has a `from_*.py`: its table of headings, what it alone can tell
(`Form`), and the field of each. Tables are read by `content.sheets`.
"""

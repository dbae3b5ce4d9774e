"""From last term's convention to the next: its new content file, its délibérations, its calendar.

`content.edit` edits the text of a content file: every comment, every line and every style that is not
renewed stays as typed. Nothing here writes to disk: cli/ does.
"""

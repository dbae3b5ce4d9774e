"""Memory: which inputs made which document, and why it is, or is not, up to date.

`store` is what a run remembers, one SQLite file; `disk` what the workspace looks like; `reasons` says a
change in words; `writing` brings files to the disk, one run at a time.
"""

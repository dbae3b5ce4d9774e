"""The page: the workspace in a browser, on this machine alone (`ctgdocs ouvrir`).

It edits the files that the command line reads, through the same doors, and keeps nothing of its own. A screen
is a module of `screens/` and a template of the same name; docs/page.md tells how one is added.
"""

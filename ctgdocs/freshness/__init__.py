"""Freshness: what changed on disk, what that means for each document, and how to say it in words.

Three steps, contents and never dates: `disk` (one stat per file), then the digests of the sources and of
the entries each document read, then the digest of its context. `disk` is imported by the shortest path of
the command line, so this package imports nothing by itself.
"""

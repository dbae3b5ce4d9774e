"""Memory: what a run remembers, and how its files come to the disk."""

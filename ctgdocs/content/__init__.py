"""Content files: read, validated, found, edited. Knows no kind of document."""

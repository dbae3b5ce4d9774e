"""Builds the Word templates and the chartes that the repository ships: `python -m tools.templates`."""

from __future__ import annotations

from tools.templates import ROOT, everything
from tools.word.package import unzipped, zipped


def main() -> None:
    """Writes the files that no longer say what their builders say. Parts are compared, not zip bytes, because
    zlib may compress differently elsewhere."""
    for path, parts in everything().items():
        if not path.exists() or unzipped(path.read_bytes()) != parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(zipped(parts))
            print(path.relative_to(ROOT).as_posix())


if __name__ == "__main__":
    main()

"""What a table needs to know of itself before it is written: widths, look, and a text that stands for it."""

from __future__ import annotations

from ctgdocs.stages import TableBlock

_CHARACTER = 115  # twips: a usual letter at 11 points
_MIN_COLUMN, _MAX_COLUMN = 7.0, 60.0  # characters a column counts for when widths are shared out


def column_widths(table: TableBlock, columns: int, width: int) -> list[int]:
    """Widths in twips that add up to `width`: in the ratios asked for, else after what the columns hold.

    Each column first gets what its longest word (or amount) needs, then a share of the rest by its text.
    Ratios that were asked for give way only where they would cut a word in two.
    """
    words, texts = _longest(table, columns)
    room = width / _CHARACTER
    asked = [float(weight) for weight in table.widths[:columns]]
    if len(asked) < columns or min(asked) <= 0:
        weights = _shared(words, texts, room)
    else:
        weights = _uncut([weight * room / sum(asked) for weight in asked], [word + 2.0 for word in words])
    total = sum(weights)
    widths = [int(width * weight / total) for weight in weights]
    widths[0] += width - sum(widths)
    return widths


def _longest(table: TableBlock, columns: int) -> tuple[list[int], list[int]]:
    """Per column, in characters: the longest word, and the longest text."""
    words, texts = [0] * columns, [0] * columns
    for row in table.rows:
        for column, cell in enumerate(row):
            for paragraph in cell.paragraphs:
                runs = paragraph.runs
                text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
                unbroken = len(text) if cell.align == "right" else _longest_piece(text)
                texts[column] = max(texts[column], len(text))
                words[column] = max(words[column], unbroken)
    return words, texts


def _shared(words: list[int], texts: list[int], room: float) -> list[float]:
    """`room` characters shared out: what the words need, then by what the texts would take on one line."""
    needs = [max(_MIN_COLUMN, min(word * 1.2 + 2, _MAX_COLUMN / 2)) for word in words]
    wishes = [
        max(_MIN_COLUMN + 0.1, min(text * 1.1 + 2, _MAX_COLUMN), need)
        for text, need in zip(texts, needs, strict=True)
    ]
    spare = max(0.0, room - sum(needs))
    longing = sum(wish - need for need, wish in zip(needs, wishes, strict=True)) or 1.0
    return [need + spare * (wish - need) / longing for need, wish in zip(needs, wishes, strict=True)]


def _uncut(weights: list[float], needs: list[float]) -> list[float]:
    """The weights with each column that cannot hold its longest word widened, at the cost of those with room
    to spare; as they were when there is not enough of it."""
    lacking = sum(max(0.0, need - weight) for weight, need in zip(weights, needs, strict=True))
    spare = sum(max(0.0, weight - need) for weight, need in zip(weights, needs, strict=True))
    if not lacking or spare < lacking:
        return weights
    return [
        need if weight < need else weight - (weight - need) * lacking / spare
        for weight, need in zip(weights, needs, strict=True)
    ]


def _longest_piece(text: str) -> int:
    """How long the longest piece is that no line break can cut: Word breaks after a space or a hyphen."""
    return max(map(len, text.replace("-", "- ").split(" ")))


def table_look(table: TableBlock) -> str:
    """The bits of `w:tblLook`: which rows of the table style apply."""
    return f"{0x0400 | 0x0020 * table.header | 0x0040 * table.total:04X}"


def alternative_text(table: TableBlock) -> str:
    """What a screen reader says of the table: its caption, else its headings."""
    if table.caption or not table.header:
        return table.caption or "Tableau"
    titles = ("".join(run.text for p in cell.paragraphs for run in p.runs).strip() for cell in table.rows[0])
    return "Tableau : " + ", ".join(title for title in titles if title)

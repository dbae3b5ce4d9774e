"""What a table needs to know of itself before it is written: widths, look, and a text that stands for it."""

from __future__ import annotations

from ctgdocs.stages import TableBlock

_CHARACTER = 115  # twips: a usual letter at 11 points
_MIN_COLUMN, _MAX_COLUMN = 7.0, 60.0  # characters a column counts for when widths are shared out


def column_widths(table: TableBlock, columns: int, width: int) -> list[int]:
    """Widths in twips that add up to `width`: in the ratios asked for, else after what the columns hold.

    Each column first gets what its longest word (or amount) needs, then a share of the rest by its text.
    """
    weights = [float(weight) for weight in table.widths[:columns]]
    if len(weights) < columns or min(weights) <= 0:
        needs, wishes = _needs(table, columns)
        spare = max(0.0, width / _CHARACTER - sum(needs))
        longing = sum(wish - need for need, wish in zip(needs, wishes, strict=True)) or 1.0
        weights = [need + spare * (wish - need) / longing for need, wish in zip(needs, wishes, strict=True)]
    total = sum(weights)
    widths = [int(width * weight / total) for weight in weights]
    widths[0] += width - sum(widths)
    return widths


def _needs(table: TableBlock, columns: int) -> tuple[list[float], list[float]]:
    """Per column, in characters: the least it needs, and what its texts would take on one line."""
    words, longest = [0] * columns, [0] * columns
    for row in table.rows:
        for column, cell in enumerate(row):
            for paragraph in cell.paragraphs:
                runs = paragraph.runs
                text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
                unbroken = len(text) if cell.align == "right" else max(map(len, text.split(" ")))
                longest[column] = max(longest[column], len(text))
                words[column] = max(words[column], unbroken)
    needs = [max(_MIN_COLUMN, min(word * 1.2 + 2, _MAX_COLUMN / 2)) for word in words]
    wishes = [
        max(_MIN_COLUMN + 0.1, min(text * 1.1 + 2, _MAX_COLUMN), need)
        for text, need in zip(longest, needs, strict=True)
    ]
    return needs, wishes


def table_look(table: TableBlock) -> str:
    """The bits of `w:tblLook`: which rows of the table style apply."""
    return f"{0x0400 | 0x0020 * table.header | 0x0040 * table.total:04X}"


def alternative_text(table: TableBlock) -> str:
    """What a screen reader says of the table: its caption, else its headings."""
    if table.caption or not table.header:
        return table.caption or "Tableau"
    titles = ("".join(run.text for p in cell.paragraphs for run in p.runs).strip() for cell in table.rows[0])
    return "Tableau : " + ", ".join(title for title in titles if title)

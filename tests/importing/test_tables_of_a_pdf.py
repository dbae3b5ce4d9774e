"""A PDF says no table: its rules, and its columns, are what is left of them."""

from __future__ import annotations

import textwrap
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_importing_formats import pdf_of, written

from ctgdocs.importing.document import Document, Para, Table, opened
from ctgdocs.kinds.convention.from_fiches import read_tables
from ctgdocs.kinds.convention.from_plan import Plan
from ctgdocs.pdf.tables import Rule, Word, tables_in

SIGN, PITCH = 5.4, 12
Rows = list[list[str]]
HEADS = ["Axe", "N°", "Action", "Pilote", "Coût"]
PLAN: Rows = [
    HEADS,
    ["Petite enfance", "1.1", "Ouvrir un relais dans les neuf communes", "Communauté de communes", "24 000"],
    ["", "1.2", "Former les assistantes maternelles", "Caf", "6 500"],
    ["Jeunesse", "2.1", "Créer un accueil de jeunes", "Commune de Sauvadou", "18 000"],
]  # fmt: skip
FICHE: Rows = [
    ["Pilote", "Communauté de communes"],
    ["Partenaires", "Associations, écoles"],
    ["Description", "Une première étape qui demande de nombreuses lignes pour être dite tout entière."],
    ["Coût prévisionnel", "24 000 €"],
]
BUDGET: Rows = [
    ["Dépenses", "Prévu", "Réalisé"],
    ["Salaires et charges", "46 500", "45 120"],
    ["Fournitures", "1 200", "980"],
    ["Total", "47 700", "46 100"],
]


def a_table(rows: Rows, widths: list[int], top: float, *, ruled: bool) -> tuple[bytes, float]:
    """The drawing of a table whose empty cells go on with the one above, and where it ends."""
    xs = [40 + sum(widths[:at]) for at in range(len(widths) + 1)]
    drawn, y = b"", top
    for row in rows:
        wide = [int((width - 8) / SIGN) for width in widths]
        cells = [textwrap.wrap(text, width) for text, width in zip(row, wide, strict=True)]
        drawn += b"".join(
            written(xs[at] + 4, y - 10 - PITCH * rank, line)
            for at, cell in enumerate(cells)
            for rank, line in enumerate(cell)
        )
        tops = [(xs[at], xs[at + 1]) for at, text in enumerate(row) if text or len(row) < 3]
        y_below = y - 4 - PITCH * max(map(len, cells))
        if ruled:
            drawn += b"".join(b"%.1f %.1f m %.1f %.1f l S\n" % (x, y, to, y) for x, to in tops)
            drawn += b"".join(b"%.1f %.1f 0.5 %.1f re f\n" % (x, y_below, y - y_below) for x in xs)
        y = y_below
    if ruled:
        drawn += b"%.1f %.1f m %.1f %.1f l S\n" % (xs[0], y, xs[-1], y)
    return drawn, y


def lines(text: str, width: int, x: float, y: float) -> bytes:
    wrapped = textwrap.wrap(text, width)
    return b"".join(written(x, y - PITCH * at, line) for at, line in enumerate(wrapped))


def read(*drawings: bytes) -> Document:
    return opened("a.pdf", pdf_of(*drawings))


def texts(document: Document) -> list[str | Rows]:
    return [
        block.text
        if isinstance(block, Para)
        else [[" ".join(box.text.split()) for box in row] for row in block.rows]
        for block in document.blocks
    ]


def test_a_plan_with_rules_comes_as_rows() -> None:
    drawn, y = a_table(PLAN, [70, 40, 160, 120, 60], 760, ruled=True)
    document = read(written(40, 780, "Le plan.") + drawn + written(40, y - 20, "Fin."))
    assert texts(document) == ["Le plan.", PLAN, "Fin."]
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.rows[2][0].continues
    plan = Plan()
    read_tables(plan, document.blocks, "a.pdf")
    assert [(axis, len(actions)) for axis, actions in plan.axes] == [("Petite enfance", 2), ("Jeunesse", 1)]


def test_a_table_that_a_page_cuts_is_one() -> None:
    widths = [70, 40, 160, 120, 60]
    first, _ = a_table(PLAN[:2], widths, 300, ruled=True)
    more = [HEADS, *[row for row in PLAN[2:] if row[0]]]
    second, _ = a_table(more, widths, 800, ruled=True)
    assert texts(read(first, second)) == [[*PLAN[:2], PLAN[3]]]
    cut = [["", "", "et à l’école", "", ""]]
    rest, _ = a_table(cut, widths, 800, ruled=True)
    ((*_, last),) = texts(read(first, rest))
    assert last[2] == f"{PLAN[1][2]} et à l’école"


def test_fiches_come_as_labels_and_values_with_rules_or_without() -> None:
    for ruled in (True, False):
        drawn, _ = a_table(FICHE, [130, 220], 760, ruled=ruled)
        document = read(written(40, 780, "Fiche action n° 1.1 : Ouvrir un relais") + drawn)
        plan = Plan()
        read_tables(plan, document.blocks, "a.pdf")
        assert plan.count == 1
        assert texts(document)[1:] == [FICHE]
        assert bool(document.doubts) != ruled


def test_a_budget_without_rules_is_told_by_its_columns() -> None:
    drawn, y = a_table(BUDGET, [200, 90, 90], 760, ruled=False)
    prose = "Le budget est équilibré. Les partenaires le revoient chaque année en comité de pilotage élargi."
    assert texts(read(drawn + lines(prose, 70, 40, y - 30))) == [BUDGET, prose]


def test_two_columns_of_prose_are_no_table() -> None:
    text = "Le premier texte se lit de haut en bas, jusqu’à son dernier mot, et puis. " * 3
    document = read(lines(text, 40, 40, 760) + lines(text, 40, 300, 760))
    assert not [block for block in document.blocks if isinstance(block, Table)]


PLACE, FAR = st.integers(0, 40).map(lambda one: one * 12.0), st.integers(0, 9).map(lambda one: one * 18.0)
RULE = st.builds(lambda place, start, long: Rule(place, start, start + long), PLACE, PLACE, PLACE)
RULES = st.lists(RULE, max_size=14)


@settings(max_examples=60, deadline=None)
@example(
    {(0.0, 36.0)},
    [Rule(0.0, 0.0, 24.0), Rule(12.0, 0.0, 36.0), Rule(24.0, 24.0, 36.0), Rule(60.0, 0.0, 48.0)],
    [Rule(12.0, 0.0, 48.0), Rule(24.0, 24.0, 60.0)],
)
@given(st.sets(st.tuples(FAR, FAR), max_size=60), RULES, RULES)
def test_whatever_is_drawn_a_word_of_a_table_stands_in_it_once(
    places: set[tuple[float, float]], flat: list[Rule], upright: list[Rule]
) -> None:
    by_row = sorted(places, key=lambda place: (-place[1], place[0]))
    words = [Word(f"m{at}", x, y, x + 10, y + 8, at) for at, (x, y) in enumerate(by_row)]
    tables = tables_in(words, flat, upright)
    lines_told = [one for table in tables for row in table.rows for cell in row for one in cell.lines]
    told = Counter(word for one in lines_told for word in one.text.split())
    taken = Counter(f"m{at}" for table in tables for at in table.words)
    assert told == taken
    assert not taken or max(taken.values()) == 1

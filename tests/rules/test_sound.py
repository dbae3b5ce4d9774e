"""Sound texts: a hundred pages of what is written right, of which the readers have nothing to say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from world import a_workspace, findings_of

from ctgdocs.findings import Finding
from ctgdocs.french import DEFAUT, date_simple, nombre

SENTENCES = [
    line
    for line in (Path(__file__).parent / "data/sound.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WORDS_OF_A_PAGE, PAGES = 350, 100


def plain(number: int | Decimal) -> str:
    return nombre(number, DEFAUT).replace("\u202f", " ")


def named(day: date) -> str:
    """« jeudi 24 septembre 2026 »."""
    weekdays = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    return f"{weekdays[day.weekday()]} {date_simple(day)}"


def values(chance: random.Random) -> Mapping[str, str]:
    """Right values for the braces of a sentence: sums that add up, weekdays of their dates."""
    many, years, price = chance.randrange(4, 60), chance.randrange(2, 7), chance.randrange(120, 9_900, 10)
    one, other = chance.randrange(1_000, 90_000, 50), chance.randrange(1_000, 90_000, 50)
    base, rate = chance.randrange(10_000, 99_000, 100), chance.choice((20, 25, 30, 40, 60, 80))
    day = date(2026, 9, 24) - timedelta(days=7 * chance.randrange(100, 300))
    monday = date(2027, 7, 5) + timedelta(days=7 * chance.randrange(6))
    part = base * rate // 100
    numbers = {
        "a": one + other + 1_000,
        "b": one,
        "c": other,
        "bc": one + other,
        "plus": base + one,
        "hausse": one,
        "n": many,
        "p": price,
        "np": many * price,
        "k": years,
        "kp": years * price,
        "nplus": many + 9,
        "pc": rate,
        "base": base,
        "part": part,
        "reste": base - part,
        "moitie": base // 2,
    }
    return {name: plain(number) for name, number in numbers.items()} | {
        "jour": named(day),
        "avant": named(day - timedelta(days=21)),
        "heure": f"{chance.randrange(17, 21)} h {chance.choice(('', '30'))}".strip(),
        "lundi": f"lundi {monday.day} {date_simple(monday).split()[1]}",
        "vendredi": named(monday + timedelta(days=4)),
        "plus_tard": named(date(2026, 12, 1) + timedelta(days=chance.randrange(25))),
    }


DELIBERATION = "seance: rentree\nobjet: Objet\ndecisions: [d’approuver le projet]\nvote: {}\nexpose: |\n"
ARRETE = "objet: Objet\ndate: 2026-09-24\narticles: [Il est décidé.]\nexpose: |\n"
NOTE = """\
type: rapport_de_presentation
date: 2026-09-24
points:
  - objet: Objet
    contexte: |
"""
CONVENTION = """\
type: partenariat
titre: Convention de partenariat
debut: 2027-01-01
fin: 2031-12-31
version: 2026-09-24
parties:
  - collectivite: oui
    autorite: {deliberation: 2026-099, du: 2026-09-24}
  - {nom: Les Petits Pas, nom_court: l’association}
annexes: [{titre: Tarifs, texte: Les tarifs.}, {titre: Équipements, texte: La liste.}]
articles:
  - titre: Objet
    texte: |
"""
KINDS = (
    ("deliberations/2026-{:03}.yaml", DELIBERATION, 2),
    ("arretes/2026-{:03}.yaml", ARRETE, 2),
    ("notes/note-{:03}.yaml", NOTE, 6),
    ("conventions/convention-{:03}.yaml", CONVENTION, 6),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What is said of the same sentences, page after page, in acts of four kinds."""
    chance, words = random.Random(2026), 0
    files: dict[str, str | None] = {}
    while words < PAGES * WORDS_OF_A_PAGE:
        name, head, indent = KINDS[len(files) % len(KINDS)]
        texts = [sentence.format_map(values(chance)) for sentence in SENTENCES]
        words += sum(len(text.split()) for text in texts)
        files[name.format(50 + len(files))] = head + "".join(f"{' ' * indent}{text}\n\n" for text in texts)
    project = a_workspace(tmp_path_factory.mktemp("sound"), **files)
    return [one for one in findings_of(project) if one.place.file.removeprefix("content/") in files]


def test_a_hundred_pages_of_sound_texts_have_no_error_and_no_alerte(told: list[Finding]) -> None:
    assert [(one.code, one.place.file, one.message) for one in told] == []

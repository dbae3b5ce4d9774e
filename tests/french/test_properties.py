"""What holds for any text, under every profile: twice is once, what is no prose stays, no word is lost."""

import itertools
import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ctgdocs.french import CHOIX, FINE, NBSP, Profil, en_lettres, espaces, majuscules, termine, typographie
from ctgdocs.french.nombres import LIMIT, lire_lettres

UNTOUCHABLE = [
    "https://www.exemple.fr/page?id=3;x=1:2!&y=l'an#a",
    "http://exemple.fr",
    "www.telerecours.fr",
    "exemple.fr/a?b=c",
    "contact@cc-vaurelle.fr",
    "prenom.o'neil@exemple.fr",
    "prenom.nom+ctg@ac-toulouse.education.gouv.fr",
    "rapport_2026-v2.docx",
    "budget-2026_1ère.xlsx",
    "content/seances/2026-09-24.yaml",
    "2026-045",
    "2026/045",
    "DL-2019-38",
    "2014-02-22",
    "D2026-045",
    "99999001300016",
    "999 990 013 00016",
    "05 36 49 00 26",
    "+33 5 63 65 34 26",
    "FR76 3000 4000 0312 3456 7890 143",
    "82990 Belmaure-de-Vaurelle",
    "82990 BEAUMONT",
    "31000 Toulouse",
    "2021-1310",
    "18:30",
    "10:15",
    "8.2",
    "`code : \"x\" 'y' ...`",
    "{montant:12500}",
    "{{ objet }}",
    "{executif}",
    "[^1]",
    "&amp;",
    "👍",
    "ETAT_2026",
    "550e8400-e29b-41d4-a716-446655440000",
]
PROSE = [
    "Objet : CTG",
    "oui;",
    "Est-ce utile ?",
    '"la Caf"',
    '"',
    "«",
    "»",
    "“oui”",
    "'oui'",
    "l'an",
    "5'",
    "83302",
    "19 282 €",
    "12500€",
    "1234.5",
    "1,99 euros",
    "1234 enfants",
    "12%",
    "1ère",
    "XXIème",
    "Article 1",
    "l'article 1",
    "article L2121-17",
    "N°12",
    "nos 12 et 13",
    "18h30",
    "35h",
    "Mr Dupont",
    "Mme. Roy",
    "M. le Maire",
    "le Maire",
    "01/03/2026",
    "Lundi 2 Mars 2026",
    "1 octobre",
    "commune de Esparnac",
    "SIVOM D'Ayen",
    "REPUBLIQUE FRANCAISE",
    "A l'unanimité",
    "Etat",
    "...",
    "oeuvre",
    "2027-2031",
    "2027\u20112031",
    "**gras**",
    "[texte](https://exemple.fr/a?b)",
    "| a | b |",
    "- item",
    "en 2026",
    "L.",
    "R",
    "n°",
    "art.",
    "du 1 au",
    "7 mars",
]
GLUE = [
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    NBSP,
    FINE,
    ", ",
    " : ",
    "; ",
    "",
    ".",
    " ?",
    "(",
    ")",
    "'",
    '"',
    "-",
    "’",
    ":",
    "/",
]
SPACES_AND_APOSTROPHES = itertools.product(CHOIX["espace_fine"], CHOIX["apostrophe"])
PROFILES = [Profil(espace_fine=space, apostrophe=sign) for space, sign in SPACES_AND_APOSTROPHES]
PROFILES.append(Profil.from_options({name: choices[1] for name, choices in CHOIX.items()}))

texts = st.lists(
    st.one_of(
        st.sampled_from(PROSE),
        st.sampled_from(UNTOUCHABLE),
        st.sampled_from(GLUE),
        st.sampled_from(GLUE),
        st.text(max_size=4),
        st.integers(0, 10**9).map(str),
    ),
    max_size=14,
).map("".join)
SIGNS = " \u00a0\u202f\u2011\n'’‘\"«»“”:;!?…._*`{}[]()/-–0123459hLMArt°n€%,eodE"
signs = st.text(alphabet=SIGNS, max_size=30)
profiles = st.sampled_from(PROFILES)
proses = st.lists(st.sampled_from(PROSE), max_size=5)
spaces = st.sampled_from([" ", "\n", " et ", " ; ", ", "])


@settings(max_examples=600, deadline=None)
@given(st.one_of(texts, signs, st.text(max_size=40)), profiles)
def test_t29_twice_is_once(text: str, profil: Profil) -> None:
    once = typographie(text, profil)
    assert typographie(once, profil) == once


@settings(max_examples=400, deadline=None)
@given(proses, st.sampled_from(UNTOUCHABLE), proses, spaces, profiles)
def test_what_is_no_prose_stays(
    before: list[str], kept: str, after: list[str], space: str, profil: Profil
) -> None:
    text = space.join([*before, kept, *after])
    assert kept in typographie(text, profil)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from([*PROSE, *UNTOUCHABLE, "enfants", "convention", "dès", "l’été"]), max_size=9),
    profiles,
)
def test_no_word_is_lost(words: list[str], profil: Profil) -> None:
    """Letters stay, in order, but for what a rule rewrites: those words are compared by their own tests."""
    plain = [word for word in words if word not in REWRITTEN]
    text = " ; ".join(plain)
    assert letters(typographie(text, profil)) == letters(text)


REWRITTEN = {
    "1,99 euros", "1ère", "XXIème", "Article 1", "l'article 1", "article L2121-17", "Mr Dupont", "01/03/2026",
    "1 octobre", "commune de Esparnac", "oeuvre", "du 1 au", "M. le Maire", "Mme. Roy",
    "budget-2026_1ère.xlsx",
}  # fmt: skip


def letters(text: str) -> str:
    """Letters and digits only, without case or accents."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(re.findall(r"[^\W_]", plain))


QUANTITIES = """
18h30 / 17h30 / 18 h / 35h / 01/03/2026 / 1 octobre / 12 500 € / 83302 / 12% / 1,99 euros
1234 enfants / n° 12 / article L2121-17 / 1ère / XXIème / 2027-2031 / 1234.5 / 8.2 / 120 m² / 5 jours
"""
WORDS = ["hôtel", "hors", "hebdomadaires", "huit", "habitée", "hÉlas", "heureux", "médiathèque", "enfance"]
UNITS = {"h", "ha", "habitant", "habitants", "heure", "heures", "hectare", "hectares"}
in_h = st.text("abcdefghijlmnoprstuvéèàôœ", min_size=1, max_size=8).map("h".__add__)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(re.split(r" / |\n", QUANTITIES.strip())), st.sampled_from(WORDS) | in_h, profiles)
def test_a_word_after_a_quantity_changes_nothing(quantity: str, word: str, profil: Profil) -> None:
    assume(word not in UNITS and typographie(word, profil) == word)
    assert typographie(f"{quantity} {word}", profil) == f"{typographie(quantity, profil)} {word}"


@settings(max_examples=200, deadline=None)
@given(st.integers(1900, 2099), profiles)
def test_a_year_is_never_cut(year: int, profil: Profil) -> None:
    for text in (
        f"{year}",
        f"en {year}",
        f"le 3 mai {year}",
        f"budget {year}, exercice {year}.",
        f"({year})",
    ):
        assert str(year) in typographie(text, profil)


@settings(max_examples=200, deadline=None)
@given(st.integers(1900, 2048), st.integers(1, 50), st.sampled_from("-–\u2011"), profiles)
def test_no_line_ends_inside_a_period_of_years(first: int, length: int, typed: str, profil: Profil) -> None:
    dash = "\u2011" if profil.tiret == "trait d’union" else "–"
    for text in ("CTG {}", "(période {})", "« {} »", "de {}, puis"):
        written = typographie(text.format(f"{first}{typed}{first + length}"), profil)
        assert f"{first}{dash}{first + length}" in written
        assert typographie(written, profil) == written
        assert termine(typographie(termine(written, ","), profil), ",") == termine(written, ",")


@given(st.integers(1, LIMIT - 1), st.sampled_from([Profil(), Profil(numeraux="1990")]))
def test_a_number_is_read_back_from_its_words(number: int, profil: Profil) -> None:
    assert lire_lettres(en_lettres(number, profil)) == number


@settings(max_examples=100, deadline=None)
@given(st.integers(10_000, 99_999_999), profiles)
def test_a_quantity_is_cut_in_threes_the_same_in_text_and_in_digits(number: int, profil: Profil) -> None:
    from ctgdocs.french import nombre

    assert typographie(f"soit {number} au total", profil) == f"soit {nombre(number, profil)} au total"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\t\t", "a" * 50_000, "`" * 50_000, "{%" * 25_000, "[" * 20_000, '"' * 20_000]
)
def test_long_and_empty_texts_come_out_whole(text: str) -> None:
    assert typographie(text) == text


def seconds(door: Callable[[str], object], text: str) -> float:
    """The least processor time of three calls."""
    times = []
    for _ in range(3):
        start = time.process_time()
        door(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    "piece", [":", ": ", "etc.", "«", '"', "'a", "a.", "a_", "12 ", "1 000", "[", "{%", "`", "M."]
)
@pytest.mark.parametrize("door", [typographie, termine, espaces, majuscules])
def test_eight_times_the_text_is_some_eight_times_the_work(door: Callable[[str], object], piece: str) -> None:
    """A door that looks at the whole text at each turn would take sixty-four times."""
    small = piece * (8_000 // len(piece))
    assert seconds(door, small * 8) < 28 * max(seconds(door, small), 0.001)

"""Regular expressions that every supported Python reads alike, and that are sought only where they can be:
each match holds the words without which a text is not read."""

import gc
import pkgutil
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest

import ctgdocs
from ctgdocs.patterns import Sought, folded, regex

PACKAGE = Path(__file__).parents[2] / "ctgdocs"
MANY = 2000  # ways of writing the letters before a point that are followed at once


def test_no_possessive_quantifier_since_python_3_11_2_loses_matches_with_them() -> None:
    possessive = re.compile(r"(?:\)|\]|\\d|\\w|\\s|\.)[*+?]\+|\(\?>")
    found = [
        f"{path.name}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if possessive.search(line) and not line.lstrip().startswith("#")
    ]
    assert found == []


class Without:
    """Walks an expression as `re` parsed it, with the last letters that a match may have been made of so far
    and that hold none of the needs; no way left at the end means that every match holds one."""

    def __init__(self, needs: Sequence[str]) -> None:
        self.needs, self.kept = needs, max(map(len, needs)) - 1

    def after(self, ways: set[str], parsed: Sequence[tuple[object, object]]) -> set[str]:
        for code, said in parsed:
            ways = self._after(ways, code, said)
            assert len(ways) <= MANY
        return ways

    def _after(self, ways: set[str], code: object, said: object) -> set[str]:
        match code, said:
            case op.LITERAL, int(letter):
                return self._with(ways, chr(letter))
            case op.IN, list(letters) if len(letters) <= 4 and all(kind is op.LITERAL for kind, _ in letters):
                return {way for _, one in letters for way in self._with(ways, chr(one))}
            case op.SUBPATTERN, (_, _, _, inside):
                return self.after(ways, inside)
            case op.ATOMIC_GROUP, inside:
                return self.after(ways, inside)  # type: ignore[arg-type]
            case op.BRANCH, (_, branches):
                return {way for branch in branches for way in self.after(ways, branch)}
            case ((op.MAX_REPEAT | op.MIN_REPEAT), (least, most, inside)):
                once = self.after(ways, inside) if least else ways
                return once if (least, most) == (1, 1) else {""} if once else set()
            case op.ASSERT, (way, inside):
                return {one for one in ways if self.after({one if way == 1 else ""}, inside)}
            case ((op.ASSERT_NOT | op.AT), _):
                return ways
        return {""} if ways else set()  # a letter that may be any: what came before it is no word with it

    def _with(self, ways: set[str], letter: str) -> set[str]:
        longer = {way + folded(letter) for way in ways}
        bare = {way for way in longer if not any(need in way for need in self.needs)}
        return {way[-self.kept :] if self.kept else "" for way in bare}


def lacking(pattern: Sought) -> bool:
    """Whether some match may hold none of the words of a group."""
    parsed = list(_parser.parse(pattern.pattern, pattern.options))
    return any(Without(words).after({""}, parsed) for words in pattern.needs)


@pytest.mark.parametrize(
    ("source", "needs", "proved"),
    [
        (r"\bsoit\s+\d", "soit", True),
        (r"\bso(?:it|nt)\b", "soit|sont", True),
        (r"\b(?:membres|mairies)", "membre|mairie", True),
        (r"[aA]rticle", "article", True),
        (r"(?=.*loi)\w+", "loi", True),
        (r"\bsoit\s+une\s+(?:hausse|baisse)", "soit & hausse|baisse", True),
        (r"\bsoit\s+une\s+(?:hausse|baisse)", "soit & hausse", False),
        (r"(?:loi)+", "loi", True),
        (r"\bso(?:it|nt)\b", "soit", False),
        (r"(?:soit)?\s+\d", "soit", False),
        (r"(?:soit)*", "soit", False),
        (r"so.?it", "soit", False),
        (r"so(?:i)?t", "soit", False),
        (r"so(?!i)t", "soit", False),
        (r"(?!soit)\w+", "soit", False),
        (r"loi|\d", "loi", False),
        (r"(?:lo){2}i", "lolo", False),  # not followed: refused rather than guessed
    ],
)
def test_a_proof_is_only_given_for_words_that_every_match_holds(
    source: str, needs: str, *, proved: bool
) -> None:
    assert lacking(regex(source, re.IGNORECASE, needs)) is not proved


def every_pattern() -> Iterator[Sought]:
    for module in pkgutil.walk_packages(ctgdocs.__path__, "ctgdocs."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    yield from (one for one in gc.get_objects() if isinstance(one, Sought) and one.needs)


def test_every_match_holds_one_of_the_words_that_it_needs() -> None:
    found = [*every_pattern()]
    assert len(found) > 100
    assert [f"{one.pattern} {one.needs}" for one in found if lacking(one)] == []


def test_needs_are_small_letters_that_only_their_own_signs_match() -> None:
    letters = {letter for one in every_pattern() for words in one.needs for letter in "".join(words)}
    assert {letter for letter in letters if folded(letter) != letter} == set()
    every_sign = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    alike = re.findall("[" + re.escape("".join(sorted(letters))) + "]", every_sign, re.IGNORECASE)
    assert {sign for sign in alike if folded(sign) not in letters} == set()


def test_a_text_without_the_word_is_not_a_reason_to_compile() -> None:
    pattern = regex(r"\bsoit\s+(\d+)", re.IGNORECASE, "soit")
    assert pattern.search("Il en reste 12") is None
    assert [*pattern.finditer("Il en reste 12")] == []
    assert "compiled" not in vars(pattern)
    assert [found[1] for found in pattern.finditer("Soit 12, SOIT 13, ſoıt 14")] == ["12", "13", "14"]
    assert pattern.match("il y a, soit 12") is None
    assert pattern.search("soit 12 et soit 13", 4) is not None

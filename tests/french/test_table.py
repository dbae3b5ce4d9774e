"""The French rules, T1 to T30, whose titles and examples stand in ctgdocs/french/regles.md."""

import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

import ctgdocs.french
from ctgdocs.french import (
    Profil,
    a,
    accord,
    article,
    avec_article,
    date_en_lettres,
    date_longue,
    de,
    de_departement,
    elide,
    en_lettres,
    enumeration,
    fonction,
    fonction_avec_article,
    heure,
    madame_la,
    majuscules,
    montant,
    montant_en_lettres,
    nombre,
    periode,
    puces,
    termine,
    typographie,
    voix,
)


def shown(text: str) -> str:
    return text.replace("\u00a0", "⍽").replace("\u202f", "⎵").replace("\u2011", "⁃")


def typed(text: str) -> str:
    return text.replace("⍽", "\u00a0").replace("⎵", "\u202f").replace("⁃", "\u2011")


RULES = Path(ctgdocs.french.__file__).with_name("regles.md").read_text("utf-8")


def rows() -> Iterator[tuple[str, str, str]]:
    """(rule, before, after) of each example of regles.md."""
    for chapter in RULES.split("\n## ")[1:]:
        rule = chapter.split(" – ")[0]
        for example in "".join(chapter.split("```")[1::2]).strip().splitlines():
            before, after = example.split(" → ")
            yield rule, before, after


CASES = list(rows())


def test_the_thirty_rules_are_titled_and_say_their_source() -> None:
    titles = re.findall(r"^## (T\d+) – .{10,}\n\nSource : .{6,}\.$", RULES, re.MULTILINE)
    assert titles == [f"T{number}" for number in range(1, 31)]


def test_a_rule_that_code_or_documentation_cites_is_titled() -> None:
    root = Path(__file__).parents[2]
    texts = [path for room in ("ctgdocs", "docs", "tests/french") for path in (root / room).rglob("*")]
    cited = re.compile(r"(?<![\w.:-])T([1-9]\d?)(?![\w:.°-])")
    found = {
        int(number)
        for path in texts
        if path.suffix in (".py", ".md")
        for number in cited.findall(path.read_text("utf-8"))
    }
    assert {1, 12, 30} <= found <= set(range(1, 31))


@pytest.mark.parametrize(("row", "before", "after"), CASES)
def test_typographie(row: str, before: str, after: str) -> None:
    assert shown(typographie(typed(before))) == after
    assert shown(typographie(typed(after))) == after, "T29"


@pytest.mark.parametrize(("row", "before", "after"), CASES)
def test_a_row_holds_inside_a_sentence_and_a_table(row: str, before: str, after: str) -> None:
    if row not in ("T8", "T12", "T22"):  # their start of line matters
        assert shown(typographie(typed(f"le texte {before} suit"))) == f"le texte {after} suit"
        assert shown(typographie(typed(f"| {before} |\tfin"))) == f"| {after} |\tfin"


@pytest.mark.parametrize(
    ("row", "options", "before", "after"),
    [
        ("T2", {"espace_fine": "U+00A0"}, "oui ?", "oui⍽?"),
        ("T4", {"espace_fine": "U+00A0"}, "19 282 €", "19⍽282⍽€"),
        ("T8", {"article": "premier"}, "Article 1", "Article premier"),
        ("T8", {"reference": "sans point"}, "article L. 2121-17", "article L2121-17"),
        ("T11", {"civilite": "Monsieur"}, "M. le Président", "Monsieur le Président"),
        ("T11", {"civilite": "Monsieur"}, "M. Dupont", "M.⍽Dupont"),
        ("T23", {"fonctions": "majuscules"}, "autorise le maire", "autorise le Maire"),
        ("T23", {"fonctions": "minuscules"}, "la Préfète", "la préfète"),
        ("T24", {"apostrophe": "droite"}, "l’an et d'un", "l'an et d'un"),
        ("T25", {"tiret": "demi-cadratin"}, "2027-2031", "2027–2031"),
    ],
)
def test_typographie_by_profile(row: str, options: dict[str, str], before: str, after: str) -> None:
    profil = Profil.from_options(options)
    assert shown(typographie(before, profil)) == after
    assert shown(typographie(typed(after), profil)) == after


def test_t3_a_blank_with_no_word_beyond_it_stays_beside_a_lone_mark() -> None:
    for text in (" » suite", "début « ", "\n » suite", "début « \nsuite"):
        assert typographie(text) == text
    assert shown(typographie("à » suite")) == "à⍽» suite"


def test_t4_digits_of_another_script_are_cut_in_threes_too() -> None:
    assert shown(typographie("１２３４５６７ €")) == "１⎵２３４⎵５６７⍽€"


def test_t4_nombre() -> None:
    assert shown(nombre(83302)) == "83⎵302"
    assert shown(nombre(1234)) == "1⎵234"
    assert nombre(999) == "999"
    assert shown(nombre(83302, Profil(espace_fine="U+00A0"))) == "83⍽302"


def test_t5_decimals() -> None:
    assert shown(nombre(1234.5)) == shown(nombre("1234.5")) == shown(nombre(Decimal("1234.5"))) == "1⎵234,5"
    assert shown(montant("15 894,00 €")) == "15⎵894,00⍽€"
    assert shown(montant(15894)) == shown(montant(15894.0)) == "15⎵894⍽€"
    assert shown(montant(Decimal("15894.00"))) == "15⎵894,00⍽€"
    assert shown(montant(15894, centimes=True)) == "15⎵894,00⍽€"
    assert shown(montant(-12.5)) == "−12,50⍽€"


def test_t6_units() -> None:
    assert shown(nombre(12, unite="%")) == "12⍽%"
    assert shown(nombre("1,99", unite="euro")) == "1,99⍽euro"
    assert shown(nombre(2, unite="euro")) == "2⍽euros"


def test_t8_article() -> None:
    assert [article(1), article(2)] == ["Article 1er", "Article 2"]
    assert article(1, Profil(article="premier")) == "Article premier"


@pytest.mark.parametrize("value", [time(18, 30), "18:30", "18h30", "18 h 30", "18\u00a0h\u00a030", 18.5])
def test_t10_heure(value: str | time | float) -> None:
    assert shown(heure(value)) == "18⍽h⍽30"


def test_t10_hours_without_minutes_and_durations() -> None:
    assert [shown(heure(value)) for value in ("18h00", "9h05", "35h", 35)] == [
        "18⍽h",
        "9⍽h⍽05",
        "35⍽h",
        "35⍽h",
    ]


@pytest.mark.parametrize("value", [date(2026, 3, 1), "2026-03-01", "01/03/2026", "dimanche 1er mars 2026"])
def test_t12_date_longue(value: str | date) -> None:
    assert shown(date_longue(value)) == "1er⍽mars 2026"


def test_t12_weekday_and_periods() -> None:
    assert shown(date_longue("2026-03-02", jour=True)) == "lundi 2⍽mars 2026"
    assert shown(periode("2027-01-01", "2031-12-31")) == "du 1er⍽janvier 2027 au 31⍽décembre 2031"
    assert shown(periode("2026-03-03", "2026-03-07")) == "du 3 au 7⍽mars 2026"
    assert shown(periode("2026-02-28", "2026-03-03")) == "du 28⍽février au 3⍽mars 2026"
    assert shown(periode("2026-03-01", "2026-03-07")) == "du 1er au 7⍽mars 2026"


def test_t13_date_en_lettres() -> None:
    assert date_en_lettres(date(2026, 3, 31)) == "L’an deux mille vingt-six, le trente et un mars"
    assert date_en_lettres("2026-03-01") == "L’an deux mille vingt-six, le premier mars"
    mil = Profil(annee="deux mil", apostrophe="droite")
    assert date_en_lettres("2026-03-31", mil) == "L'an deux mil vingt-six, le trente et un mars"
    assert date_en_lettres("2026-09-24", jour=True).endswith("le jeudi vingt-quatre septembre")


@pytest.mark.parametrize(
    ("number", "words", "words_1990"),
    [
        (0, "zéro", "zéro"),
        (1, "un", "un"),
        (21, "vingt et un", "vingt-et-un"),
        (71, "soixante et onze", "soixante-et-onze"),
        (80, "quatre-vingts", "quatre-vingts"),
        (81, "quatre-vingt-un", "quatre-vingt-un"),
        (90, "quatre-vingt-dix", "quatre-vingt-dix"),
        (200, "deux cents", "deux-cents"),
        (210, "deux cent dix", "deux-cent-dix"),
        (280, "deux cent quatre-vingts", "deux-cent-quatre-vingts"),
        (1000, "mille", "mille"),
        (2000, "deux mille", "deux-mille"),
        (80_000, "quatre-vingt mille", "quatre-vingt-mille"),
        (200_000, "deux cent mille", "deux-cent-mille"),
        (1_000_000, "un million", "un million"),
        (2_000_000, "deux millions", "deux millions"),
        (80_000_000, "quatre-vingts millions", "quatre-vingts millions"),
        (200_000_000, "deux cents millions", "deux-cents millions"),
        (1_000_000_001, "un milliard un", "un milliard un"),
    ],
)
def test_t14_en_lettres(number: int, words: str, words_1990: str) -> None:
    assert en_lettres(number) == words
    assert en_lettres(number, Profil(numeraux="1990")) == words_1990


def test_t15_sums() -> None:
    assert montant_en_lettres(19282) == "dix-neuf mille deux cent quatre-vingt-deux euros"
    both = "dix-neuf mille deux cent quatre-vingt-deux euros (19⎵282⍽€)"
    assert shown(montant_en_lettres(19282, chiffres=True)) == both
    cents = "quatre-vingt-trois mille trois cent deux euros et cinquante centimes"
    assert montant_en_lettres("83 302,50") == montant_en_lettres(83302.5) == cents
    assert montant_en_lettres(1_000_000) == "un million d’euros"
    assert montant_en_lettres(1_200_000) == "un million deux cent mille euros"
    assert montant_en_lettres(1) == "un euro"
    assert montant_en_lettres("0,50") == "cinquante centimes"
    assert montant_en_lettres(0) == "zéro euro"
    assert shown(montant(19282)) == "19⎵282⍽€"


def test_t16_gender_of_numbers() -> None:
    assert voix(21, "pour", lettres=True) == "vingt et une voix pour"
    assert voix(1, "abstention", lettres=True) == "une abstention"
    assert voix(0, "contre", lettres=True) == "zéro voix contre"
    assert voix(0, "contre", aucune=True) == "aucune voix contre"
    assert [shown(voix(1)), shown(voix(0, "abstention"))] == ["1⍽voix", "0⍽abstention"]
    assert en_lettres(21, feminin=True) == "vingt et une"
    assert en_lettres(21_000, feminin=True) == "vingt et un mille"


@pytest.mark.parametrize(
    ("row", "name", "expected"),
    [
        ("T17", "Esparnac", "d’Esparnac"),
        ("T17", "Le Causol", "du Causol"),
        ("T17", "Les Angles", "des Angles"),
        ("T17", "La Crèche", "de La Crèche"),
        ("T17", "L'Isle", "de L’Isle"),
        ("T17", "Ayen", "d’Ayen"),
        ("T17", "Hérault", "de l’Hérault"),
        ("T17", "Belmaure-de-Vaurelle", "de Belmaure-de-Vaurelle"),
        ("T17", "Œting", "d’Œting"),
        ("T19", "Huriel", "d’Huriel"),
        ("T19", "Houilles", "de Houilles"),
        ("T19", "Hem", "de Hem"),
        ("T19", "Honfleur", "de Honfleur"),
        ("T19", "Haute-Goulaine", "de Haute-Goulaine"),
        ("T19", "Hyères", "d’Hyères"),
        ("T19", "Yvetot", "d’Yvetot"),
        ("T19", "Yenne", "de Yenne"),
        ("T19", "Yerres", "d’Yerres"),
        ("T20", "Aube", "de l’Aube"),
        ("T20", "Gard", "du Gard"),
        ("T20", "Tarn-et-Garonne", "de Tarn-et-Garonne"),
        ("T20", "Gironde", "de la Gironde"),
        ("T20", "Landes", "des Landes"),
        ("T20", "Val-de-Marne", "du Val-de-Marne"),
        ("T20", "Hauts-de-France", "des Hauts-de-France"),
        ("T21", "commune d'Esparnac", "de la commune d’Esparnac"),
        ("T21", "le SIVOM d'Ayen", "du SIVOM d’Ayen"),
        ("T21", "l'État", "de l’État"),
        ("T21", "commune", "de la commune"),
        ("T21", "école maternelle", "de l’école maternelle"),
        ("T17", "Commune", "de Commune"),
        ("T21", "communauté de communes de la Vaurelle", "de la communauté de communes de la Vaurelle"),
    ],
)
def test_de(row: str, name: str, expected: str) -> None:
    assert de(name) == expected
    assert de(name, Profil(apostrophe="droite")) == expected.replace("’", "'")


def test_t18_a() -> None:
    names = ["Le Havre", "Les Angles", "La Rochelle", "Esparnac", "L'Isle", "Hérault", "Gard"]
    assert [a(name) for name in names] == [
        "au Havre",
        "aux Angles",
        "à La Rochelle",
        "à Esparnac",
        "à L’Isle",
        "à l’Hérault",
        "au Gard",
    ]


@pytest.mark.parametrize("word", ["onze", "onzième", "oui", "uhlan", "ouistiti"])
def test_t19_a_few_words_in_a_vowel_keep_the_e_before_them(word: str) -> None:
    assert elide("de", word) == f"de {word}"


def test_t19_a_registry_overrules_the_elision() -> None:
    assert de("Houilles", elision=True) == "d’Houilles"
    assert de("Huriel", elision=False) == "de Huriel"


DEPARTMENTS = """
de l’Ain|de l’Aisne|de l’Allier|des Alpes-de-Haute-Provence|des Hautes-Alpes|des Alpes-Maritimes
de l’Ardèche|des Ardennes|de l’Ariège|de l’Aube|de l’Aude|de l’Aveyron|des Bouches-du-Rhône
du Calvados|du Cantal|de la Charente|de la Charente-Maritime|du Cher|de la Corrèze
de la Corse-du-Sud|de la Haute-Corse|de la Côte-d’Or|des Côtes-d’Armor|de la Creuse|de la Dordogne
du Doubs|de la Drôme|de l’Eure|d’Eure-et-Loir|du Finistère|du Gard|de la Haute-Garonne|du Gers
de la Gironde|de l’Hérault|d’Ille-et-Vilaine|de l’Indre|d’Indre-et-Loire|de l’Isère|du Jura
des Landes|de Loir-et-Cher|de la Loire|de la Haute-Loire|de la Loire-Atlantique|du Loiret|du Lot
de Lot-et-Garonne|de la Lozère|de Maine-et-Loire|de la Manche|de la Marne|de la Haute-Marne
de la Mayenne|de Meurthe-et-Moselle|de la Meuse|du Morbihan|de la Moselle|de la Nièvre|du Nord
de l’Oise|de l’Orne|du Pas-de-Calais|du Puy-de-Dôme|des Pyrénées-Atlantiques|des Hautes-Pyrénées
des Pyrénées-Orientales|du Bas-Rhin|du Haut-Rhin|du Rhône|de la Haute-Saône|de Saône-et-Loire
de la Sarthe|de la Savoie|de la Haute-Savoie|de Paris|de la Seine-Maritime|de Seine-et-Marne
des Yvelines|des Deux-Sèvres|de la Somme|du Tarn|de Tarn-et-Garonne|du Var|de Vaucluse|de la Vendée
de la Vienne|de la Haute-Vienne|des Vosges|de l’Yonne|du Territoire de Belfort|de l’Essonne
des Hauts-de-Seine|de la Seine-Saint-Denis|du Val-de-Marne|du Val-d’Oise|de la Guadeloupe
de la Martinique|de la Guyane|de La Réunion|de Mayotte
"""


def test_t20_the_101_departments_carry_their_article() -> None:
    expected = DEPARTMENTS.strip().replace("\n", "|").split("|")
    assert len(expected) == 101
    mainland = [f"{number:02}" for number in range(1, 96) if number != 20]
    codes = [*mainland[:19], "2A", "2B", *mainland[19:], "971", "972", "973", "974", "976"]
    assert [de_departement(code) for code in codes] == expected
    assert de_departement("Tarn-et-Garonne") == "de Tarn-et-Garonne"
    names = [avec_article(each.split(" ", 1)[-1]) for each in ("de Gard", "de Hérault", "de Tarn-et-Garonne")]
    assert names == ["le Gard", "l’Hérault", "Tarn-et-Garonne"]


def test_t20_a_commune_may_have_the_name_of_a_department() -> None:
    assert de("Vienne", departement=False) == "de Vienne"
    assert [a("Mayenne"), a("Mayenne", departement=True), a("Vaucluse")] == [
        "à Mayenne",
        "à la Mayenne",
        "à Vaucluse",
    ]


def test_t21_t22_headings_keep_their_accents() -> None:
    assert majuscules("commune d’Esparnac") == "COMMUNE D’ESPARNAC"
    assert majuscules("République française") == "RÉPUBLIQUE FRANÇAISE"
    assert majuscules("séance du 1er mars, n° 12") == "SÉANCE DU 1er MARS, n° 12"


def test_t23_a_text_may_begin_with_a_function() -> None:
    assert typographie("Le Maire signe") == "Le maire signe"


def test_t23_t26_functions_agree_with_the_person() -> None:
    assert [fonction("président", True), fonction("maire", True)] == ["présidente", "maire"]
    assert fonction("directeur général des services", True) == "directrice générale des services"
    assert fonction("secrétaire de séance", True, Profil(fonctions="majuscules")) == "Secrétaire de séance"
    assert fonction_avec_article("maire", True) == "la maire"
    assert fonction_avec_article("maire", True, Profil(maire_feminin="le maire")) == "le maire"
    assert shown(madame_la("maire", True, Profil(maire_feminin="le maire"))) == "Mme⍽le Maire"
    assert madame_la("préfet", True, Profil(civilite="Monsieur")) == "Madame la Préfète"
    assert accord("dûment autorisé", 1, 0) == "dûment autorisée"
    assert accord("représenté", 1, 0) == "représentée"


@pytest.mark.parametrize(
    "link",
    ["de", "du", "des", "à", "au", "aux", "en", "pour", "et", "dans", "auprès", "par", "sur", "–"],
)
def test_t26_what_follows_a_link_word_does_not_agree(link: str) -> None:
    assert fonction(f"adjoint {link} directeur", True) == f"adjointe {link} directeur"


@pytest.mark.parametrize("sign", "’'")
def test_t26_nor_does_what_follows_an_elided_word(sign: str) -> None:
    assert fonction(f"président d{sign}honneur délégué", True) == f"présidente d{sign}honneur délégué"


def test_t27_groups_agree() -> None:
    assert accord("Présent", 1, 0) == "Présente"
    assert accord("Présent", 4, 0) == "Présentes"
    assert accord("Présent", 4, 1) == "Présents"
    assert accord("Absent", 0, 1) == "Absent"
    assert accord("Absent excusé", 2, 0) == "Absentes excusées"


def test_t30_enumerations_and_ends_of_lines() -> None:
    assert enumeration(["A", "B", "C"]) == "A, B et C"
    assert [enumeration([]), enumeration(["A"]), enumeration(["A", "B"])] == ["", "A", "A et B"]
    assert (
        termine("Vu le code", ",")
        == termine("Vu le code,", ",")
        == termine("Vu le code ;", ",")
        == "Vu le code,"
    )
    assert [shown(item) for item in puces(["un", "deux;", "trois."])] == ["un⎵;", "deux⎵;", "trois."]
    assert [accord("Caf", 2, 0), accord("voix", 1, 1), accord("municipal", 0, 2)] == [
        "Caf",
        "voix",
        "municipaux",
    ]

"""Renewing what someone else wrote: another order, comments everywhere, every style, CRLF."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renewals import REPOSITORY, run, said

from ctgdocs.content.edit import Edit, fields, items

CONTENT = {
    "collectivite.yaml": """
nom: Communauté de communes des Trois-Vallées
nom_court: communauté de communes
type: communaute-de-communes
population: 9800
departement: "82"
adresse: {code_postal: "82990", ville: Esparnac}
executif: durand-claire
tribunal: {nom: tribunal administratif de Toulouse, adresse: 31000 Toulouse}
""",
    "communes.yaml": "esparnac: {nom: Esparnac}\nviguerol: {nom: Viguerol}\n",
    "elus.yaml": """
durand-claire: {civilite: Mme, prenom: Claire, nom: Durand, fonction: présidente, maire_de: esparnac}
vieux-luc: {civilite: M., prenom: Luc, nom: Vieux, commune: viguerol}
""",
    "instances/conseil.yaml": "nom: conseil\npresident: durand-claire\nmembres: [durand-claire]\n",
}
CONVENTION = """\
# tête
annexes: # les annexes
  # première
  - {titre: Diagnostic, # en une ligne
     texte: "Fait en 2021 : «\\u00a0oui\\u00a0»."} # à revoir
plan: # le plan
  axes:
  - actions:
    # avant l’action
    - avancement: en cours # en tête
      calendrier: >-
        de 2022
        à 2023
      titre: 'L''accueil'
      commentaire: | # suivi
        Vu en 2023.
    titre: Enfance
articles: [{titre: Objet, texte: 'Convention 2022-2026 : l''objet.'}] # articles
visas: # les textes
- le code de l’action sociale et des familles   # code
# fin des visas
signature: 2022-03-01 # au siège
parties:
- representants: # qui signe
  - {elu: vieux-luc, # ancien
     fonction: président}
  collectivite: oui
- {commune: viguerol, representants: [vieux-luc], autorite: {texte: décision}} # sans maire
- nom: Association des familles
  representants:
  - civilite: M. # monsieur
    prenom: Jean
    nom: Petit
    fonction: président
fin: 31/12/2026 # dernier
titre: "Convention territoriale globale"
debut: 1er janvier 2022
suivi: {evaluation_finale: 2026-06-30} # suivi
type: ctg
# pied
"""


def someones(folder: Path, convention: str) -> Path:
    for name, text in CONTENT.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copytree(REPOSITORY / "templates/conventions", folder / "templates/conventions")
    path = folder / "content/conventions/la-notre.yaml"
    path.parent.mkdir()
    path.write_bytes(convention.encode("utf-8"))
    return folder


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_convention_of_another_hand_is_renewed(tmp_path: Path, newline: str) -> None:
    folder = someones(tmp_path, CONVENTION.replace("\n", newline))

    done = run(
        folder, "renouveler", "la-notre", "--debut", "01/01/2027", "--duree", "4", "--version", "2026-10-05"
    )

    assert done.returncode == 0, said(done)
    text = (folder / "content/conventions/la-notre-2027-2030.yaml").read_bytes().decode("utf-8")
    assert text.count("\r\n") == (text.count("\n") if newline == "\r\n" else 0)
    comments = re.findall(r"# [a-zà-ÿ’ ]+", CONVENTION)
    assert len(comments) > 15
    assert [one.strip() for one in comments if one.strip() not in text] == []
    new = yaml.load(text, yaml.BaseLoader)
    assert (new["statut"], new["debut"], new["fin"], new["version"]) == (
        "projet", "2027-01-01", "2030-12-31", "2026-10-05",
    )  # fmt: skip
    assert "signature" not in new
    assert "suivi" not in new
    assert new["articles"] == [{"titre": "Objet", "texte": "Convention 2027-2030 : l'objet."}]
    action = new["plan"]["axes"][0]["actions"][0]
    assert action == {
        "titre": "L'accueil",
        "suite": "[à compléter : poursuivie, adaptée, réalisée, abandonnée ou nouvelle]",
        "origine": "1.1",
        "calendrier": "[à compléter : calendrier]",
    }
    assert new["parties"][0].keys() == {"collectivite", "autorite"}
    assert new["parties"][1]["representants"] == [{"nom": "[à compléter : qui signe]", "fonction": "maire"}]
    assert new["parties"][2]["representants"] == [
        {"nom": "[à compléter : qui signe]", "fonction": "président"}
    ]
    assert [annexe["titre"] for annexe in new["annexes"]][:2] == [
        "Diagnostic", "Bilan et évaluation de la convention 2022-2026",
    ]  # fmt: skip
    assert run(folder, "verifier", "la-notre-2027-2030").returncode == 0


def test_a_left_over_is_found_at_its_line_and_column(tmp_path: Path) -> None:
    folder = someones(tmp_path, CONVENTION)
    run(folder, "renouveler", "la-notre")
    path = folder / "content/conventions/la-notre-2027-2031.yaml"
    text = (
        path.read_text("utf-8").rstrip()
        + "\npreambule: |\n  Première ligne.\n\n  Conduite par M. Luc Vieux en 2024.\n"
    )
    path.write_text(text, "utf-8")

    done = said(run(folder, "verifier", "la-notre-2027-2031"))

    line = text.splitlines().index("  Conduite par M. Luc Vieux en 2024.") + 1
    assert f":{line}:19 (preambule) : « Luc Vieux », de la convention précédente" in done
    assert f":{line}:32 (preambule) : « 2024 » : année de la convention précédente" in done


def test_a_convention_without_dates_says_what_to_write(tmp_path: Path) -> None:
    folder = someones(tmp_path, CONVENTION.replace("debut: 1er janvier 2022\n", ""))
    done = run(folder, "renouveler", "la-notre")
    assert (done.returncode, "indiquez debut et fin" in said(done)) == (2, True)


# --- any file, any edit -----------------------------------------------------------------------------------

WORDS = st.sampled_from(["x", "oui", "« été »", "a # b", "l’an: 2022", "😀", '"', "é" * 90])
COMMENT = st.sampled_from(["", "  # un", "  # deux: 'x'", "  # [trois]"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A mapping of texts in every style, with comments on and between its lines; and its names."""
    lines: list[str] = []
    names = [f"champ_{at}" for at in range(draw(st.integers(2, 6)))]
    for name in names:
        if draw(st.booleans()):
            lines.append("# avant" + name)
        word, comment = draw(WORDS), draw(COMMENT)
        style = draw(st.sampled_from(["plain", "double", "single", "block", "list", "flow"]))
        quoted = "'" + word.replace("'", "''") + "'"
        lines += {
            "plain": [f"{name}: texte{comment}"],
            "double": [f"{name}: {json.dumps(word, ensure_ascii=False)}{comment}"],
            "single": [f"{name}: {quoted}{comment}"],
            "block": [f"{name}: |{comment}", f"  {word}", "", "  fin"],
            "list": [f"{name}:{comment}", f"  - {quoted}", "  # dedans", f"  - {{a: {quoted}}}"],
            "flow": [f"{name}: {{a: {quoted}, b: [c]}}{comment}"],
        }[style]
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""]), names


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(files(), st.data())
def test_an_edit_keeps_every_comment_and_every_other_field(
    file: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, names = file
    before = yaml.load(text, yaml.BaseLoader)
    edit = Edit(text)
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=len(names) - 1))
    expected = dict(before)
    for name in chosen:
        if data.draw(st.booleans()):
            edit.remove(edit.root, name)
            del expected[name]
        else:
            edit.put(edit.root, name, "[à compléter : x]")
            expected[name] = "[à compléter : x]"
    edit.put(edit.root, "nouveau", {"a": "b, c"}, after=tuple(names[:1]))
    expected["nouveau"] = {"a": "b, c"}

    new = edit.text()

    assert yaml.load(new, yaml.BaseLoader) == expected
    comments = [comment for _, comment in edit._comments]
    assert all(new.count(comment) >= comments.count(comment) for comment in comments)


def test_items_are_inserted_in_the_style_of_their_list() -> None:
    edit = Edit("bloc:\n- a # un\n- b\nligne: [a, b]\nvide: []\n")
    known = fields(edit.root)
    edit.insert(known["bloc"][1], "c", after=items(known["bloc"][1])[0])
    edit.insert(known["ligne"][1], "c", before=items(known["ligne"][1])[0])
    edit.insert(known["vide"][1], "c")
    assert edit.text() == "bloc:\n- a # un\n- c\n- b\nligne: [c, a, b]\nvide: [c]\n"

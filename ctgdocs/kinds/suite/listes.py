"""What is posted and what is kept: the liste of the délibérations, the sheet that closes the séance in the
register, the account of what was decided by delegation; and what is typed in the tool that transmits the acts
to the préfecture, one row an act, then its own sheet.

The names of its files are those of the protocole ACTES, `99_DE-082-999990013-20260924-2026_045-DE-1-1_1.pdf`:
each operator gives them again, so that they are a help, not an obligation.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ctgdocs.assembly.ordre_du_jour import ordre_du_jour
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.composing import acte as pages
from ctgdocs.composing import seance, voice, votes
from ctgdocs.composing.pen import Pen
from ctgdocs.content.heritage import inherit
from ctgdocs.content.sheets import csv_of
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue, date_simple, en_lettres, heure
from ctgdocs.kinds.suite import CLOTURE, DECISIONS, LISTE, TELETRANSMISSION
from ctgdocs.kinds.suite.acte import DecisionPrise
from ctgdocs.kinds.suite.tenue import Point, Tenue
from ctgdocs.stages import Composition, Context, every
from ctgdocs.vocabulary.actes import numero_de
from ctgdocs.vocabulary.registres import ARRETES, DELIBERATIONS, SEANCES

# --- what became of a point ---------------------------------------------------------------------------------


def outcome(tenue: Tenue, point: Point) -> str:
    """« Adoptée à l’unanimité », « Rejetée, par 12 voix pour et 20 voix contre », « Prend acte »."""
    if point.act is None or point.examen is None:
        return ""
    if point.debat is not None and point.debat.suite:
        said = {"retirée": "Retirée de l’ordre du jour", "reportée": "Reportée à une autre séance"}
        return said[point.debat.suite]
    vote, scrutin, moment = point.act.value.vote, point.examen.scrutin, point.examen.moment
    if vote is not None and vote.prend_acte:
        return "Prend acte"
    if scrutin is None or moment is None:
        return tenue.lack(f"le vote de la délibération n° {point.printed}")
    word = "Rejetée," if point.examen.etat == "rejetee" else "Adoptée"
    return tenue.pen.typographie(f"{word} {votes.result(tenue.pen, scrutin, moment)}")


# --- the liste of the délibérations examined ----------------------------------------------------------------


def liste(tenue: Tenue) -> Composition:
    """Every délibération that was examined, adopted or not (CGCT, art. L. 2121-25)."""
    pen, acte = tenue.pen, tenue.acte
    rows = [
        {"numero": point.printed, "objet": point.objet, "resultat": outcome(tenue, point)}
        for point in tenue.examined
    ]
    if not rows:
        tenue.lack("les délibérations de la séance")
    posted = acte.liste_affichee
    online = acte.liste_en_ligne or posted
    words = [
        f"Affichage {_where(pen)} : le {date_longue(posted, pen.profil) if posted else pages.BLANK}",
        f"Mise en ligne : le {date_longue(online, pen.profil) if online else pages.BLANK}",
    ]
    context: Context = {
        "base": _law(tenue, "Article L. 2121-25 du code général des collectivités territoriales."),
        "lignes": rows,
        "compte": _counted(len(rows), "délibération", "examinée"),
        "publicite": [pen.typographie(text) for text in words],
        "signatures": [{"qualite": voice.majuscule_initiale(tenue.author), "nom": tenue.signer.bare}],
    }
    gone = f"son affichage le {date_simple(posted)}" if posted else ""
    return tenue.document(LISTE, "Liste des délibérations examinées", context, gone=gone)


def _where(pen: Pen) -> str:
    return "à la mairie" if pen.collectivite.type == "commune" else "au siège"


def _counted(many: int, noun: str, participle: str) -> str:
    """« 6 délibérations examinées. »"""
    plural = "s" if many > 1 else ""
    return f"{many} {noun}{plural} {participle}{plural}." if many else ""


def _law(tenue: Tenue, text: str) -> str:
    """A citation of the CGCT, which a CCAS does not read."""
    return "" if tenue.sitting.regime == "ccas" else tenue.pen.typographie(text)


# --- the sheet that closes the séance -----------------------------------------------------------------------


def cloture(tenue: Tenue) -> Composition:
    """The numbers of the délibérations, the members present, a place for the signatures (CGCT,
    art. R. 2121-9)."""
    pen, now, ended = tenue.pen, tenue.sitting.seance, tenue.sitting.seance.heure_fin
    examined = [point for point in tenue.examined if not (point.debat and point.debat.suite)]
    hour = heure(ended, pen.profil) if ended else tenue.lack("l’heure de clôture")
    there = seance.attendance(pen, tenue.opening, None)
    context: Context = {
        "base": _law(tenue, "Article R. 2121-9 du code général des collectivités territoriales."),
        "feuillet": f"Feuillet n° {tenue.acte.feuillet}" if tenue.acte.feuillet else "Feuillet n° ………",
        "texte": pen.typographie(
            f"Séance {voice.of_the(tenue.nom)} ouverte le {date_longue(now.date, pen.profil, jour=True)} à "
            f"{heure(now.heure, pen.profil)} et levée à {hour}. {_numbers(examined)}"
        ),
        "lignes": [
            {"rang": str(rang), "numero": point.printed, "objet": point.objet}
            for rang, point in enumerate(examined, 1)
        ],
        **{key: there[key] for key in ("presences", "pouvoirs", "excuses", "absents")},
        "mouvements": movements(tenue, ranked=False),
        **_signed(tenue),
    }
    return tenue.document(CLOTURE, "Feuillet de clôture", context)


def _numbers(examined: list[Point]) -> str:
    if not examined:
        return "Aucune délibération n’y a été examinée."
    if len(examined) == 1:
        return f"Une délibération y a été examinée : n° {examined[0].printed}."
    count = voice.majuscule_initiale(en_lettres(len(examined), feminin=True))
    first, last = examined[0].printed, examined[-1].printed
    return f"{count} délibérations y ont été examinées, du n° {first} au n° {last}."


def _signed(tenue: Tenue) -> Context:
    """The two signatures of the register: who presided, who wrote."""
    said = seance.officers(tenue.pen, tenue.opening)
    if not said["secretaire"]:
        tenue.lack("le secrétaire de séance")
    return {"signatures": said["signatures"]}


def movements(tenue: Tenue, *, ranked: bool = True) -> list[str]:
    """« 18 h 55 – Mme Léa Faure arrive : présente à partir du point n° 3 », in order; not `ranked`, « de la
    délibération n° 2026-046 », as the register does not number the points."""
    ranks = {point.numero: point.rang for point in tenue.points if point.numero and ranked}
    said = []
    for one, mandataire in seance.passages(tenue.sitting.feuille).items():
        person = tenue.pen.person(one.elu)
        verb = "quitte la séance" if one.parti else "revient" if one.retour else "arrive"
        state = person.agreed("présent", "présente")
        if one.parti:
            state = person.agreed("absent", "absente")
        if one.parti and mandataire:
            held = tenue.pen.person(mandataire).name
            state = f"{person.agreed('représenté', 'représentée')} par {held}"
        rank = ranks.get(one.numero)
        where = f"du point n° {rank}" if rank else f"de la délibération n° {one.numero}"
        hour = f"à {heure(one.heure, tenue.pen.profil)}, " if one.heure else ""
        said.append(
            voice.majuscule_initiale(
                tenue.pen.typographie(f"{hour}{person.name} {verb} : {state} à partir {where}.")
            )
        )
    return said


# --- what was decided by delegation -------------------------------------------------------------------------


class Prise(NamedTuple):
    """A decision taken by delegation."""

    date: date
    numero: str
    auteur: str
    objet: str


def account(tenue: Tenue) -> Context:
    """The sentence and the rows of what was decided by delegation since the séance before; both empty when
    nothing was."""
    rows = [
        {
            "date": f"{one.date:%d/%m/%Y}",
            "numero": one.numero,
            "auteur": voice.majuscule_initiale(one.auteur),
            "objet": one.objet,
        }
        for one in _decided(tenue)
    ]
    text = (
        f"{voice.majuscule_initiale(tenue.pen.the_executive)} rend compte {voice.to_the(tenue.nom)} des "
        "décisions prises par délégation depuis la séance précédente."
    )
    return {"delegation": tenue.pen.typographie(text) if rows else "", "decisions": rows}


def decisions(tenue: Tenue) -> Composition | None:
    """None when nothing was decided by delegation (CGCT, art. L. 2122-23 and L. 5211-10)."""
    told = account(tenue)
    if not told["decisions"]:
        return None
    article = "L. 2122-23" if tenue.sitting.regime == "commune" else "L. 5211-10"
    context: Context = {
        "base": _law(tenue, f"Article {article} du code général des collectivités territoriales."),
        **told,
        "compte": _counted(len(_decided(tenue)), "décision", "rapportée"),
        "signatures": [{"qualite": voice.majuscule_initiale(tenue.author), "nom": tenue.signer.bare}],
    }
    return tenue.document(DECISIONS, "Compte rendu des décisions prises par délégation", context)


def _decided(tenue: Tenue) -> list[Prise]:
    """The decisions of the file, else those of the contents since the séance before."""
    typed = tenue.acte.decisions
    if typed is None:
        return sorted(_since(tenue))
    found = (_typed(tenue, one, index) for index, one in enumerate(typed))
    return [one for one in found if one is not None]


def _typed(tenue: Tenue, one: DecisionPrise, index: int) -> Prise | None:
    at = ("decisions", index)
    if one.acte is not None:
        found = _arrete(tenue, one.acte) or _of_the_bureau(tenue, one.acte)
        if found is None:
            message = f"« {one.acte} » n’est ni un arrêté daté ni une délibération d’une séance des contenus"
            hint = "corrigez ce nom, ou écrivez la décision : {numero: …, date: …, objet: …}"
            tenue.pen.report(Finding("decision", Severity.ERREUR, message, hints=(hint,)), *at)
        return found
    objet = tenue.pen.line(one.objet or "", *at, "objet")
    author = tenue.pen.line(one.auteur, *at, "auteur") if one.auteur else tenue.pen.the_executive
    return Prise(one.date or tenue.sitting.jour, one.numero or "–", author, voice.majuscule_initiale(objet))


def _since(tenue: Tenue) -> Iterator[Prise]:
    """The decisions and the délibérations of the bureau dated after the séance before, up to this one."""
    reader, last = tenue.pen.reader, tenue.sitting.jour
    before = _before(tenue)
    first = before.jour if before else date(last.year, 1, 1)
    for act in every(reader, ARRETES):
        if act.value.type == "decision" and act.value.date and first < act.value.date <= last:
            yield from filter(None, (_arrete(tenue, act.id),))
    for id in reader.ids(SEANCES):
        other = find_sitting(reader, id)
        if other and other.instance.type == "bureau" and first < other.jour <= last:
            yield from _adopted(tenue, other)


def _before(tenue: Tenue) -> Sitting | None:
    """The séance before this one: the one whose procès-verbal it settles, else the last one of the body."""
    reader, typed = tenue.pen.reader, tenue.acte.proces_verbal_precedent
    if typed is not None:
        return find_sitting(reader, typed.seance)
    body, day = tenue.sitting.seance.instance, tenue.sitting.jour
    others = (find_sitting(reader, id) for id in reader.ids(SEANCES))
    earlier = [one for one in others if one and one.seance.instance == body and one.jour < day]
    return max(earlier, key=lambda one: one.jour, default=None)


def _arrete(tenue: Tenue, id: str) -> Prise | None:
    act = tenue.pen.reader.find(ARRETES, id)
    if act is None or act.value.date is None:
        return None
    pen, author = Pen(act, tenue.pen.reader), tenue.pen.the_executive
    if act.value.signataire:
        signer = tenue.pen.person(act.value.signataire)
        author = tenue.pen.the_function(signer) if signer.fonction else signer.name
    objet = voice.majuscule_initiale(pen.line(act.value.objet, "objet"))
    return Prise(act.value.date, numero_de(act.value.numero, id), author, objet)


def _of_the_bureau(tenue: Tenue, id: str) -> Prise | None:
    found = tenue.pen.reader.find(DELIBERATIONS, id)
    act = inherit(found, tenue.pen.reader) if found else None
    sitting = find_sitting(tenue.pen.reader, act.value.seance) if act and act.value.seance else None
    if act is None or sitting is None:
        return None
    objet = voice.majuscule_initiale(Pen(act, tenue.pen.reader).line(act.value.objet, "objet"))
    body = voice.the(tenue.pen.typographie(sitting.instance.nom))
    return Prise(sitting.jour, numero_de(act.value.numero, act.id), body, objet)


def _adopted(tenue: Tenue, bureau: Sitting) -> Iterator[Prise]:
    """What a bureau adopted at one of its séances."""
    for point in ordre_du_jour(bureau, tenue.pen.reader):
        if point.act is not None and point.act.value.vote is not None:
            yield from filter(None, (_of_the_bureau(tenue, point.act.id),))


NATURE = "Délibération"
LONGEST = 500
"""Characters of an objet in the protocole ACTES."""


class Ligne(NamedTuple):
    """One act, as the transmission asks for it."""

    numero: str
    date: str
    nature: str
    matiere: str
    objet: str
    annexes: tuple[str, ...]
    fichier: str


def lignes(tenue: Tenue) -> list[Ligne]:
    """The acts of the séance that were voted, in order."""
    return [_of(tenue, point) for point in tenue.examined if point.examen and point.examen.etat != "projet"]


def _of(tenue: Tenue, point: Point) -> Ligne:
    act = point.act.value if point.act else None
    matter = act.matiere if act else None
    annexes = act.annexes if act else ()
    return Ligne(
        point.printed,
        f"{tenue.sitting.jour:%Y-%m-%d}",
        NATURE,
        pages.subject_matter(matter)
        if matter
        else tenue.lack(f"la matière de la délibération n° {point.printed}"),
        point.objet,
        tuple(point.pen.line(text, "annexes", index) for index, text in enumerate(annexes)),
        file_name(tenue, point.printed),
    )


def file_name(tenue: Tenue, numero: str, rank: int = 1) -> str:
    """The name of an act (rank 1) or of an annexe in the protocole ACTES; "" without a SIRET."""
    return pages.name_in_actes(tenue.pen.collectivite, tenue.sitting.jour, numero, "DE", rank)


def teletransmission(tenue: Tenue) -> Composition | None:
    """None before anything is voted: nothing can be transmitted."""
    rows = lignes(tenue)
    if not rows:
        return None
    pen = tenue.pen
    if not pen.collectivite.siret:
        tenue.lack("le SIRET de la collectivité")
    state = pen.collectivite.representant_de_l_etat
    context: Context = {
        "destinataire": pen.typographie(f"À : {state}") if state else "",
        "lignes": [
            {
                "numero": row.numero,
                "objet": row.objet,
                "matiere": row.matiere,
                "annexes": str(len(row.annexes)) if row.annexes else "–",
            }
            for row in rows
        ],
        "fiches": [_sheet(tenue, row) for row in rows],
    }
    return tenue.document(TELETRANSMISSION, "Bordereau de télétransmission", context)


def _sheet(tenue: Tenue, row: Ligne) -> Context:
    """One act, field by field, as the tool asks for them."""
    said = [
        ("Nature", f"{row.nature} (DE)"),
        ("Matière", row.matiere),
        ("Numéro", row.numero),
        ("Date de l’acte", tenue.jour),
        ("Objet", row.objet[:LONGEST]),
        ("Fichier de l’acte", row.fichier or "–"),
    ]
    said += [
        (f"Annexe {rank}", f"{text} ({name})" if (name := file_name(tenue, row.numero, rank + 1)) else text)
        for rank, text in enumerate(row.annexes, 1)
    ]
    title = tenue.pen.typographie(f"Délibération n° {row.numero}")
    return {"titre": title, "lignes": [{"champ": label, "valeur": text} for label, text in said]}


COLUMNS = ("numero", "date", "nature", "matiere", "objet", "annexes", "fichier")


def as_csv(rows: list[Ligne]) -> bytes:
    """The rows for a spreadsheet: semicolons, as Excel in French reads them, and a byte order mark."""
    said = [(*row[:5], " | ".join(row.annexes), row.fichier) for row in rows]
    return BOM_UTF8 + csv_of([COLUMNS, *said])

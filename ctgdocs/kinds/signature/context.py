"""What the sheet of signatures says: one row a signatory, with room to sign."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.composing import acte as pages
from ctgdocs.composing import voice
from ctgdocs.composing.bodies import executive_title, maire
from ctgdocs.composing.citations import with_years
from ctgdocs.composing.pen import Pen
from ctgdocs.french import date_longue, de, fonction, heure
from ctgdocs.kinds.signature import KIND
from ctgdocs.kinds.signature.acte import Acte
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.actes import Party, Representing
from ctgdocs.vocabulary.registres import COMMUNES, CONVENTIONS, PARTENAIRES

TEMPLATE = f"templates/{KIND.shelf}/signature.docx"
_NONE = "–"


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The page of one sheet, called when neither validation nor checks left an `erreur`."""
    pen, acte = Pen(entry, reader), entry.value
    convention = reader.find(CONVENTIONS, acte.convention)
    title = pen.typographie(
        voice.majuscule_initiale(with_years(convention.value) if convention else acte.convention)
    )
    parties = convention.value.parties if convention else ()
    rows = [row for party in parties for row in _rows(pen, party)]
    copies = (convention.value.exemplaires if convention else None) or len(parties)
    context: Context = {
        "collectivite": pages.head(pen),
        "reference": pen.typographie(f"Feuille de signatures – {title}"),
        "titre": "Feuille de signatures",
        "intitule": title,
        "rendez_vous": _when(pen, acte),
        "consigne": pen.typographie(
            f"Convention établie en {copies} exemplaires originaux : chaque signataire paraphe chaque page, "
            "signe et date en dernière page de chacun."
        ),
        "mention": pen.line(acte.mention, "mention") if acte.mention else "",
        "paraphes": acte.paraphes,
        "lignes": rows,
    }
    return Composition(
        context=context,
        template=TEMPLATE,
        output=f"sorties/{KIND.shelf}/{entry.id}.docx",
        title=f"Feuille de signatures – {title}",
        findings=tuple(pen.findings),
    )


def _when(pen: Pen, acte: Acte) -> str:
    """« Jeudi 10 décembre 2026, à 11 h, siège de la communauté de communes »."""
    said = []
    if acte.date:
        said.append(date_longue(acte.date, pen.profil, jour=True))
    if acte.heure:
        said.append(f"à {heure(acte.heure, pen.profil)}")
    if acte.lieu:
        said.append(pen.line(acte.lieu, "lieu"))
    return voice.majuscule_initiale(pen.typographie(", ".join(said)))


def _rows(pen: Pen, party: Party) -> Iterator[dict[str, str]]:
    """One row for each person who signs for a party; one with a blank when nobody is named."""
    name = voice.majuscule_initiale(pen.typographie(_name(pen, party)))
    signers = list(_signers(pen, party)) or [("[à compléter : signataire]", _NONE)]
    for who, function in signers:
        yield {"partie": name, "nom": who, "fonction": voice.majuscule_initiale(function) or _NONE}


def _name(pen: Pen, party: Party) -> str:
    if party.collectivite:
        return pen.collectivite.nom
    if party.commune:
        found = pen.reader.find(COMMUNES, party.commune)
        name = found.value.nom if found else party.commune
        of_it = de(name, pen.profil, elision=found.value.elision if found else None, departement=False)
        return f"commune {of_it}"
    partner = pen.reader.find(PARTENAIRES, party.partenaire) if party.partenaire else None
    return partner.value.nom if partner else party.nom or party.partenaire or ""


def _signers(pen: Pen, party: Party) -> Iterator[tuple[str, str]]:
    """(name, function) of those who sign: typed for this convention, else those of the registries."""
    if party.representants:
        for one in party.representants:
            yield _typed(pen, one, party)
    elif party.collectivite:
        yield pen.executive.name, pen.executive_title
    elif party.commune:
        mayor = maire(pen.reader, party.commune)
        if mayor:
            person = pen.person(mayor)
            yield person.name, fonction("maire", person.feminine, pen.profil)
    elif party.partenaire:
        partner = pen.reader.find(PARTENAIRES, party.partenaire)
        for who in partner.value.representants if partner else ():
            name = pen.typographie(f"{who.civilite} {who.prenom} {who.nom}")
            yield name, fonction(who.fonction, who.civilite == "Mme", pen.profil)


def _typed(pen: Pen, one: Representing, party: Party) -> tuple[str, str]:
    if not one.elu:
        name = " ".join(filter(None, (one.civilite, one.prenom, one.nom)))
        said = fonction(one.fonction, one.civilite == "Mme", pen.profil) if one.fonction else ""
        return pen.typographie(name), said
    person = pen.person(one.elu)
    title = one.fonction or person.fonction
    if party.collectivite and one.elu == pen.collectivite.executif and not one.fonction:
        title = executive_title(pen.collectivite.type)
    elif party.commune and not one.fonction and maire(pen.reader, party.commune) == one.elu:
        title = "maire"
    return person.name, fonction(title, person.feminine, pen.profil) if title else ""

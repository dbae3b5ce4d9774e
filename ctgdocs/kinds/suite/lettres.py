"""What goes out after a séance: the certificate of its posting, the letters to the maires, to the préfecture,
to the partners. A letter is a section of its own; several stand in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ctgdocs.composing import acte as pages
from ctgdocs.composing import voice
from ctgdocs.composing.bodies import maire
from ctgdocs.composing.sieges import from_partner
from ctgdocs.french import date_longue, de, enumeration
from ctgdocs.kinds.suite import AFFICHAGE, ENVOIS, MAIRES, PREFECTURE
from ctgdocs.kinds.suite.acte import Envoi
from ctgdocs.kinds.suite.listes import outcome
from ctgdocs.kinds.suite.tenue import Point, Tenue
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Context, every
from ctgdocs.vocabulary.organismes import Adresse
from ctgdocs.vocabulary.registres import COMMUNES, PARTENAIRES

# --- the certificate of posting -----------------------------------------------------------------------------


def affichage(tenue: Tenue) -> Composition:
    """What was posted, where and when, certified by the executive (CGCT, art. L. 2121-25 and L. 2131-1)."""
    pen, acte = tenue.pen, tenue.acte
    signer = tenue.signer
    here = "à la porte de la mairie" if pen.collectivite.type == "commune" else "au siège"
    posted = tenue.on(acte.liste_affichee, "le jour d’affichage de la liste")
    until = f" jusqu’au {date_longue(acte.affichage_jusqu_au, pen.profil)}" if acte.affichage_jusqu_au else ""
    online = acte.liste_en_ligne or acte.liste_affichee
    site = f" {pen.collectivite.site}" if pen.collectivite.site else ""
    called = tenue.sitting.seance.affichage or tenue.sitting.seance.convocation
    facts = [
        f"la convocation et l’ordre du jour ont été affichés {here} le {date_longue(called, pen.profil)}",
        f"la liste des délibérations examinées a été affichée {here} le {posted}{until}",
    ]
    if online:
        day = date_longue(online, pen.profil)
        facts.append(f"cette liste a été mise en ligne sur le site{site} le {day}")
    facts += _published(tenue)
    who = (
        f"{signer.agreed('Je soussigné', 'Je soussignée')}, {signer.name}, {_function(tenue)}, certifie que :"
    )
    ends = [" ;"] * (len(facts) - 1) + ["."]
    context: Context = {
        "texte": pen.typographie(who),
        "faits": [pen.typographie(f"{fact}{end}") for fact, end in zip(facts, ends, strict=True)],
        **tenue.signed(),
    }
    gone = f"sa date du {pages.plain_day(acte.date)}" if acte.date else ""
    return tenue.document(AFFICHAGE, "Certificat d’affichage", context, gone=gone)


def _function(tenue: Tenue) -> str:
    signer, pen = tenue.signer, tenue.pen
    title = pen.executive_title if signer.id == pen.collectivite.executif else signer.fonction
    return f"{title} {voice.of_the(pen.typographie(pen.collectivite.nom))}"


def _published(tenue: Tenue) -> Iterator[str]:
    """« les délibérations n° 2026-045 et 2026-046 ont été publiées le 29 septembre 2026 », day by day."""
    days: dict[date, list[str]] = {}
    for point in tenue.examined:
        if point.act is not None and point.act.value.publication is not None:
            days.setdefault(point.act.value.publication, []).append(point.printed)
    for day, numbers in sorted(days.items()):
        many = len(numbers) > 1
        said = "les délibérations" if many else "la délibération"
        were = "ont été publiées" if many else "a été publiée"
        yield f"{said} n° {enumeration(numbers)} {were} le {date_longue(day, tenue.pen.profil)}"


# --- letters ------------------------------------------------------------------------------------------------


def _letter(
    tenue: Tenue, who: Sequence[str], objet: str, called: str, body: Sequence[str],
    listed: Sequence[str] = (), more: Prose | None = None, joined: Sequence[str] = (),
) -> Context:  # fmt: skip
    """One letter. `who`: the lines of the address, the name first; `called`: « Madame la Maire »; `listed`:
    what the body announces, `joined` what stands below the signature."""
    pen = tenue.pen
    return {
        "nom": who[0],
        "qualites": list(who[1:]),
        "objet": pen.typographie(objet),
        "appel": f"{called},",
        "corps": [pen.typographie(text) for text in body],
        "suite": more or Prose(),
        "pieces": list(listed),
        "jointes": list(joined),
        "politesse": pen.typographie(
            f"Je vous prie d’agréer, {called}, l’expression de ma considération distinguée."
        ),
    }


def _letters(tenue: Tenue, part: str, title: str, letters: list[Context]) -> Composition | None:
    if not letters:
        return None
    pen, acte = tenue.pen, tenue.acte
    town = pen.collectivite.adresse.ville
    context: Context = {
        "date_lieu": pen.typographie(f"{town}, le {tenue.on(acte.date, 'la date des lettres')}"),
        "lettres": letters,
        **({"publipostage": True} if len(letters) > 1 else {}),
        "signature": {"qualite": voice.majuscule_initiale(tenue.author), "nom": tenue.signer.bare},
    }
    gone = f"leur date du {pages.plain_day(acte.date)}" if acte.date else ""
    return tenue.document(part, title, context, gone=gone)


def maires(tenue: Tenue) -> Composition | None:
    """To the maires of the member communes of an EPCI, the liste for their councillors (CGCT,
    art. L. 5211-40-2); None for any other body."""
    if tenue.sitting.regime not in ("epci", "syndicat") or not tenue.sitting.assemblee:
        return None
    return _letters(tenue, MAIRES, "Lettre aux maires", list(_to_the_maires(tenue)))


def _to_the_maires(tenue: Tenue) -> Iterator[Context]:
    pen = tenue.pen
    pieces = ["liste des délibérations examinées"]
    joined = "la liste des délibérations examinées"
    if tenue.acte.arret:
        pieces.append("procès-verbal de la séance")
        joined += " et le procès-verbal"
    sent = (
        "Ces documents leur sont transmis par voie électronique, et peuvent être consultés en mairie, à leur "
        "demande."
        if len(pieces) > 1
        else "Ce document leur est transmis par voie électronique, et peut être consulté en mairie, à leur "
        "demande."
    )
    body = [
        f"La séance {voice.of_the(tenue.nom)} s’est tenue le {tenue.jour}.",
        "Conformément à l’article L. 5211-40-2 du code général des collectivités territoriales, je vous "
        f"adresse {joined}, à l’attention des membres de votre conseil municipal qui ne siègent pas "
        f"{voice.to_the(tenue.nom)}.",
        sent,
    ]
    for commune in every(pen.reader, COMMUNES):
        mayor = commune.value.maire or maire(pen.reader, commune.id)
        person = pen.person(mayor) if mayor else None
        called = f"{person.agreed('Monsieur', 'Madame')} {person.agreed('le', 'la')} Maire" if person else (
            "Madame, Monsieur le Maire"
        )  # fmt: skip
        of_it = de(commune.value.nom, pen.profil, elision=commune.value.elision, departement=False)
        who = [person.name if person else called, pen.typographie(f"Maire {of_it}")]
        who += _address(commune.value.adresse)
        objet = f"Objet : séance {voice.of_the(tenue.nom)} du {tenue.jour}"
        yield _letter(tenue, who, objet, called, body, joined=pieces)


def _address(address: Adresse | None) -> list[str]:
    return [*address.lignes, f"{address.code_postal} {address.ville}"] if address else []


def prefecture(tenue: Tenue) -> Composition | None:
    """To the representative of the State, the acts of the séance; None before anything is voted."""
    voted = [one for one in tenue.examined if one.examen and one.examen.etat != "projet"]
    if not voted:
        return None
    pen = tenue.pen
    state = pen.collectivite.representant_de_l_etat or tenue.lack("le représentant de l’État")
    sub = state.casefold().startswith("sous-préf")
    called = "Madame, Monsieur le Sous-préfet" if sub else "Madame, Monsieur le Préfet"
    many = "les délibérations prises" if len(voted) > 1 else "la délibération prise"
    body = [
        f"J’ai l’honneur de vous transmettre, en application de l’article L. 2131-1 du code général des "
        f"collectivités territoriales, {many} par {voice.the(tenue.nom)} lors de sa séance du {tenue.jour} :",
    ]
    pieces = [_named(tenue, point) for point in voted]
    who = [voice.majuscule_initiale(pen.typographie(state))]
    objet = f"Objet : transmission des actes de la séance du {tenue.jour}"
    letter = _letter(tenue, who, objet, called, body, pieces)
    return _letters(tenue, PREFECTURE, "Lettre à la préfecture", [letter])


def _named(tenue: Tenue, point: Point) -> str:
    """« délibération n° 2026-045 – Renouvellement… (2 annexes) »."""
    annexes = len(point.act.value.annexes) if point.act else 0
    counted = f" ({annexes} annexe{'s' if annexes > 1 else ''})" if annexes else ""
    return tenue.pen.typographie(f"délibération n° {point.printed} – {point.objet}{counted}")


def envois(tenue: Tenue) -> Composition | None:
    """The letters that the file asks for, each with its acts; None when it asks for none."""
    letters = [_to_a_partner(tenue, envoi, index) for index, envoi in enumerate(tenue.acte.envois)]
    return _letters(tenue, ENVOIS, "Lettre d’envoi", letters)


def _to_a_partner(tenue: Tenue, envoi: Envoi, index: int) -> Context:
    pen, at = tenue.pen, ("envois", index)
    joined = [point for point in tenue.examined if _is_one_of(point, envoi.actes)]
    acts = [f"{_named(tenue, point)}, {voice.minuscule_initiale(outcome(tenue, point))}" for point in joined]
    pieces = [*acts, *(pen.line(text, *at, "pieces", rank) for rank, text in enumerate(envoi.pieces))]
    subject = pen.line(envoi.objet, *at, "objet") if envoi.objet else f"séance du {tenue.jour}"
    many = len(pieces) > 1
    body = [
        f"Je vous adresse {'les pièces suivantes' if many else 'la pièce suivante'}, à la suite de la séance "
        f"{voice.of_the(tenue.nom)} du {tenue.jour} :",
    ]
    more = pen.prose(envoi.texte or "", *at, "texte")
    who, called = _addressee(tenue, envoi, index)
    return _letter(tenue, who, f"Objet : {subject}", called, body, pieces, more)


def _is_one_of(point: Point, numbers: Sequence[str]) -> bool:
    act = point.act
    return act is not None and (act.id in numbers or act.value.numero in numbers)


def _addressee(tenue: Tenue, envoi: Envoi, index: int) -> tuple[list[str], str]:
    """The lines of the address, and how the letter speaks to whom it goes."""
    pen = tenue.pen
    if envoi.destinataire:
        typed = pen.line(envoi.destinataire, "envois", index, "destinataire")
        return [part.strip() for part in typed.split(";")], "Madame, Monsieur"
    found = pen.reader.find(PARTENAIRES, envoi.partenaire or "")
    if found is None:
        return [envoi.partenaire or ""], "Madame, Monsieur"
    name, record = voice.majuscule_initiale(pen.typographie(found.value.nom)), found.value
    if not record.representants:
        return [name, *_address(record.adresse)], "Madame, Monsieur"
    who = from_partner(pen, "", envoi.partenaire)
    person = who.person
    function = person.fonction or ""
    called = person.agreed("Monsieur", "Madame")
    if function:
        called = f"{called} {person.agreed('le', 'la')} {voice.majuscule_initiale(function)}"
    lines = [person.name, voice.majuscule_initiale(function), name, *_address(record.adresse)]
    return [line for line in lines if line], called

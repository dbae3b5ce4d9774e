"""The rules of an arrêté or a décision: who may sign it, its dates, what it cites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ctgdocs.findings import Finding
from ctgdocs.french import date_simple
from ctgdocs.kinds.arrete.acte import Acte
from ctgdocs.patterns import regex
from ctgdocs.rules.chronology import Dated
from ctgdocs.rules.convocation import Follows
from ctgdocs.rules.liens import Cited
from ctgdocs.rules.rule import ALERTE, Said, check, judge, namer, rule
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader, every
from ctgdocs.vocabulary.registres import COLLECTIVITE, ELUS, INSTANCES

FORTNIGHT: Final = 15


@check(on=Acte)
def citations(act: Entry[Acte], reader: Reader) -> list[Finding]:
    """V1 and D6, on the day of the signature."""
    cited = Cited(act, act.value.visas, act.value.date)
    document = Dated(cited.jour, act.place("date"), texts_read(act), [cited])
    return [*judge(cited, reader), *judge(document, reader)]


@rule(
    "A1",
    "Le signataire d’un arrêté est l’exécutif, ou un élu qui a reçu délégation de fonctions",
    ALERTE,
    "CGCT, art. L. 2122-18 et L. 5211-9",
    on=Acte,
)
def who_may_sign(act: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The executive signs, which is what an act that names nobody says, or an élu to whom functions were
    delegated. What was delegated is not read."""
    house, signataire = reader.find(COLLECTIVITE, COLLECTIVITE.name), act.value.signataire
    if house is None or signataire is None or signataire == house.value.executif:
        return
    elu = reader.find(ELUS, signataire)
    if elu is not None and not elu.value.delegation:
        yield Said(
            f"{namer(reader)(elu.id)} signe sans être l’exécutif ni avoir de délégation connue",
            act.place("signataire"),
            "ajoutez sa delegation dans elus.yaml, ou changez de signataire",
        )


_NAMED = regex(r"\{elu:\s*([a-z0-9-]+)", needs="{elu:")


@rule(
    "A2",
    "Le président d’un EPCI délègue ses fonctions à un vice-président, à défaut à un membre du bureau",
    ALERTE,
    "CGCT, art. L. 5211-9",
    on=Acte,
)
def who_may_receive(act: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Of an arrêté of matière 5.4: the first élu that its articles, or its objet, name. A commune may
    delegate to any of its councillors; so may not an EPCI or a syndicat."""
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    kind = house.value.type if house else "commune"
    if not (act.value.matiere or "").startswith("5.4") or kind in ("commune", "ccas", "cias"):
        return
    typed = " ".join((act.value.objet, *(one.texte for one in act.value.articles)))
    named = _NAMED.search(typed)
    elu = reader.find(ELUS, named[1]) if named else None
    if elu is None or _may_receive(elu.id, elu.value.fonction or "", reader):
        return
    yield Said(
        f"{namer(reader)(elu.id)} reçoit une délégation sans être du bureau",
        act.place("articles"),
        "déléguez à un vice-président ou à un membre du bureau, ou complétez instances/",
    )


def _may_receive(elu: str, fonction: str, reader: Reader) -> bool:
    bodies = [body.value for body in every(reader, INSTANCES)]
    of_the_bureau = any(
        elu in body.vice_presidents or (body.type == "bureau" and any(one.elu == elu for one in body.membres))
        for body in bodies
    )
    return of_the_bureau or "vice-président" in fonction.lower()


@check(on=Acte)
def signed_then_sent(act: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """D3: signed first, then transmitted, published, notified, withdrawn."""
    for field, said, when in _sent(act.value):
        known = f"l’acte est {said} le {date_simple(when)}"
        follows = Follows(
            when,
            f"l’acte est {said}",
            act.place(field),
            act.value.date,
            "avant sa signature",
            alone=f"{known}, mais n’a pas de date de signature",
        )
        unsigned = "indiquez date, ou retirez celle-ci"
        yield from judge(follows if act.value.date else follows._replace(hint=unsigned), reader)


@rule(
    "D10",
    "Une décision individuelle est transmise dans les quinze jours de sa signature",
    ALERTE,
    "CGCT, art. L. 2131-1",
    to_check=True,
    on=Acte,
)
def transmitted_in_a_fortnight(act: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """An act of nature AI, signed and transmitted; one that is not to be transmitted gives no day of it."""
    signed, sent = act.value.date, act.value.transmission
    if act.value.nature_actes == "AI" and signed and sent and (sent - signed).days > FORTNIGHT:
        said = f"l’acte, signé le {date_simple(signed)}, est transmis le {date_simple(sent)}"
        last = date_simple(signed + timedelta(days=FORTNIGHT))
        yield Said(said, act.place("transmission"), f"il était à transmettre le {last} au plus tard")


def _sent(acte: Acte) -> Iterator[tuple[str, str, date]]:
    if acte.transmission:
        yield "transmission", "transmis", acte.transmission
    if acte.publication:
        yield "publication", "publié", acte.publication
    if acte.notification:
        yield "notification", "notifié", acte.notification
    if acte.retrait:
        yield "retrait", "retiré", acte.retrait.du

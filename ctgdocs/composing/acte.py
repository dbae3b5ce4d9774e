"""What the pages of all acts share: head, visas, considérants, articles, executory mentions, recours."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple, Protocol

from ctgdocs.composing import voice
from ctgdocs.composing.citations import earlier_deliberation
from ctgdocs.composing.pen import Pen
from ctgdocs.content.heritage import inherit
from ctgdocs.findings import CONSEQUENCES, Finding, Severity, Stopped
from ctgdocs.french import (
    a,
    article,
    date_longue,
    date_simple,
    de,
    de_departement,
    elide,
    majuscules,
    termine,
)
from ctgdocs.prose import Block, ListBlock, Paragraph, Prose, Run
from ctgdocs.stages import Context
from ctgdocs.vocabulary.actes import Decision, Retrait, VisaCite, matiere
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, nearest, slug
from ctgdocs.vocabulary.organismes import Collectivite, Tampon
from ctgdocs.vocabulary.registres import DELIBERATIONS, VISAS

BLANK = "……………………"
"""A date that someone will write by hand once the act has come back stamped."""
MAX_SLUG = 60

_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL_WORD = re.compile(
    r"a|aux?|avec|ces?|cette|chez|dans|des?|du|en|entre|et|la|les?|leurs?|ne|ou|par|pour|que|qui|sa|sans|ses?"
    r"|son|sous|sur|une?|vers|y|[a-z]"
)

Form = Literal["infinitif", "verbe", "phrase"]

_SEEN = re.compile(r"vus?\s+", re.IGNORECASE)
_WHEREAS = re.compile(r"consid[ée]rant\s+", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?:d[’']|de\s+(?:ne pas\s+|n[’']|se\s+|s[’'])?|[àa]\s+)(?=\w)", re.IGNORECASE)
_BARE_INFINITIVE = re.compile(r"(?!(?:le|la|les|un|une|des)\b)[a-zàâçéèêîôû]+(?:er|ir|re|oir)\b")
_QUALIFIES = re.compile(
    r"(?:relati(?:f|ve)|portant|approuvant|autorisant|fixant|concernant|qui|par)\b", re.IGNORECASE
)
_DEED = re.compile(
    r"(?:renouvellement|création|approbation|attribution|désignation|modification|adoption|fixation|institution"
    r"|suppression|autorisation|délégation|adhésion|élection|composition|constitution|transfert|prorogation"
    r"|résiliation|abrogation|retrait|cession|acquisition|ouverture|fermeture|extension|transformation"
    r"|répartition|nomination|révision|actualisation|mise en \w+|lancement|engagement|versement|octroi)\b",
    re.IGNORECASE,
)
"""What an act does: it is said « portant création… »."""
_DETERMINED = re.compile(r"(?:les?\s|la\s|l[’']|une?\s|des\s)", re.IGNORECASE)
_VERB = re.compile(
    r"(?:approuve|adopte|autorise|décide|fixe|désigne|donne|prend|dit|précise|charge|accepte|émet|inscrit|crée|"
    r"valide|sollicite|confirme|abroge|rejette|refuse|délègue|nomme|attribue|accorde|modifie|mandate|arrête|"
    r"constate|s’engage|retient|confie|impute|verse|renouvelle|supprime|institue|prolonge|reconduit)\b",
    re.IGNORECASE,
)


_NOTED = re.compile(
    r"(?:de\s+|il\s+est\s+)?(?P<verb>prendre|prend|pris|donner|donne|donné)\s+acte\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


# --- the head -------------------------------------------------------------------------------------------


def head(pen: Pen) -> dict[str, str]:
    """The `collectivite` key of every page; what is not known is an empty text."""
    house = pen.collectivite
    town = f"{house.adresse.code_postal} {house.adresse.ville}".strip()
    address = filter(None, (*house.adresse.lignes, town))
    name = pen.typographie(house.nom)
    return {
        "nom": name,
        "nom_majuscules": majuscules(name),
        "sigle": house.sigle or "",
        "departement": f"Département {de_departement(house.departement, pen.profil)}"
        if house.departement
        else "",
        "arrondissement": pen.typographie(f"Arrondissement {de(house.arrondissement, departement=False)}")
        if house.arrondissement
        else "",
        "adresse": pen.typographie(" – ".join(address)),
        "telephone": house.telephone or "",
        "courriel": house.courriel or "",
        "site": house.site or "",
        "service": pen.typographie(house.service) if house.service else "",
    }


def output(shelf: str, numero: str, objet: str) -> str:
    """The file of an act: its number and the words of its objet, safe on every system."""
    return f"sorties/{shelf}/{numero}-{short_slug(objet)}.docx".replace("-.docx", ".docx")


@lru_cache(maxsize=4096)
def short_slug(text: str) -> str:
    """The slug of a text, 60 characters at most: cut at a word, never after a small one (« pour-l ») nor
    inside a range of years (« 2027-2031 »)."""
    words = slug(text).split("-")
    kept = words[:MAX_SLUG]
    while kept and len("-".join(kept)) > MAX_SLUG:
        kept.pop()
    if len(kept) == len(words):
        return "-".join(kept)
    if kept and _YEAR.fullmatch(kept[-1]) and _YEAR.fullmatch(words[len(kept)]):
        kept.pop()
    while kept and _SMALL_WORD.fullmatch(kept[-1]):
        kept.pop()
    return "-".join(kept) or slug(text)[:MAX_SLUG]


def subject_matter(code: str | None) -> str:
    """« 8.2 – Aide sociale »."""
    return matiere(code) if code else ""


# --- visas and considérants -----------------------------------------------------------------------------


def visas(pen: Pen, cited: Sequence[VisaCite]) -> list[str]:
    """« Vu le code…, », in the author's order."""
    return [f"Vu {termine(text, ',', pen.profil)}" for text in references(pen, cited)]


def references(pen: Pen, cited: Sequence[VisaCite], without: Container[str | int] = ()) -> list[str]:
    """What is cited, without « Vu »: « le code… », « la délibération n° 2022-031 du… ». `without`: ranks of
    those that the page tells elsewhere."""
    said = (_visa(pen, visa, index) for index, visa in enumerate(cited) if index not in without)
    return [text for text in said if text]


def _visa(pen: Pen, visa: VisaCite, index: int) -> str:
    path = ("visas", index)
    if visa.deliberation:
        try:
            text = earlier_deliberation(visa.deliberation, visa.du, pen)
        except Stopped as stopped:
            for finding in stopped.findings:
                code = finding.code if finding.code in CONSEQUENCES else "visa"
                pen.report(finding._replace(code=code), *path, "deliberation")
            return ""
        about = _about(pen.line(visa.objet, *path, "objet")) if visa.objet else _own_objet(pen, visa)
        said = f"{text} {about}".rstrip()
        pen.note(said, (*path, "deliberation"), ((visa.deliberation, said),))
        return said
    text = visa.texte or ""
    if IDENTIFIANT.fullmatch(text):
        known = pen.reader.find(VISAS, text)
        if known is not None:
            said = pen.typographie(_SEEN.sub("", known.value.texte, count=1))
            pen.note(said, path, ((text, said),))
            return said
        near = nearest(text, pen.reader.ids(VISAS))
        hint = (
            f"vouliez-vous dire « {near} » ?"
            if near
            else "ajoutez-le à visas.yaml, ou écrivez le texte du visa"
        )
        wrong = "est en erreur" if pen.reader.exists(VISAS, text) else "n’existe pas"
        pen.report(Finding("visa", Severity.ERREUR, f"le visa « {text} » {wrong}", hints=(hint,)), *path)
        return ""
    found = _SEEN.match(text)
    return pen.line(text[found.end() :] if found else text, *path)


def _own_objet(pen: Pen, visa: VisaCite) -> str:
    """The objet of a délibération of ours: « portant renouvellement de … » for what an act does, else
    « (« Règlement du relais ») »; "" for one that is not among the contents."""
    found = pen.reader.find(DELIBERATIONS, visa.deliberation or "")
    act = inherit(found, pen.reader) if found else None
    if act is None or not act.value.objet:
        return ""
    objet = Pen(act, pen.reader).line(act.value.objet, "objet")
    if _DEED.match(objet):
        return f"portant {voice.minuscule_initiale(objet)}"
    inner = re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", objet))
    return pen.typographie(f"(« {inner} »)")


def _about(objet: str) -> str:
    """« relative à la signature … » when the objet was typed with its article, else as it was typed or
    between brackets."""
    if _QUALIFIES.match(objet):
        return objet
    if _DETERMINED.match(objet):
        return f"relative {a(voice.minuscule_initiale(objet))}"
    return f"({voice.minuscule_initiale(objet)})"


def considerants(pen: Pen, typed: Sequence[str]) -> list[str]:
    """« Considérant que…, »; what was typed may begin with « Considérant », « que », or neither."""
    said: list[str] = []
    for index, text in enumerate(typed):
        found = _WHEREAS.match(text)
        reason = pen.line(text[found.end() :] if found else text, "considerants", index)
        said.append(f"Considérant {termine(voice.minuscule_initiale(reason), ',', pen.profil)}")
    return said


# --- decisions ------------------------------------------------------------------------------------------


def form(text: str) -> Form:
    """How a decision was typed: « d’approuver … » or « approuver … », « approuve … », or a sentence."""
    if _INFINITIVE.match(text) or _BARE_INFINITIVE.match(text):
        return "infinitif"
    return "verbe" if _VERB.match(text) else "phrase"


def infinitive(text: str) -> str:
    """« d’approuver … », whether it was typed « d’approuver », « D’approuver » or « approuver »."""
    if _INFINITIVE.match(text):
        return text[:1].lower() + text[1:]
    return elide("de", text)


class Noted(NamedTuple):
    """A decision that only takes note: « prend » or « donne » acte, and of what (« du rapport annuel »)."""

    verb: Literal["prend", "donne"]
    rest: str


def noted(text: str) -> Noted | None:
    """What « de prendre acte du rapport », « prend acte que… », « il est donné acte… » take note of; None
    when the text decides something."""
    found = _NOTED.match(text)
    return (
        Noted("donne" if found["verb"].lower().startswith("d") else "prend", found["rest"]) if found else None
    )


def as_noted(decisions: Sequence[Decision], *, listed: bool) -> list[Decision]:
    """The decisions of an act that takes note: « du rapport… » for a list below « PREND ACTE », else « prend
    acte du rapport… »."""
    said = ((decision, noted(decision.texte)) for decision in decisions)
    return [
        decision.model_copy(update={"texte": found.rest if listed else f"{found.verb} acte {found.rest}"})
        for decision, found in said
        if found
    ]


SHORT_ARTICLE = 120
"""Letters under which an article led in by its number would pass for a heading, to an eye and to a reader."""


def articles(pen: Pen, decisions: Sequence[Decision], field: str, *, subject: str = "") -> list[Context]:
    """Numbered articles: a title and its text; `ligne` is the text led in by the number, for an article that
    has no title of its own, empty for the others, and for all when one of them is as short as a heading.

    Each reads as a sentence, with its capital and its full stop: an infinitive after the verb above
    (« DÉCIDE », then « D’approuver … . »), or a sentence that stands alone; a bare verb (« approuve … »)
    takes `subject` (« le conseil communautaire ») before it.
    """
    made = [
        _article(pen, decision, (field, index), index + 1, subject)
        for index, decision in enumerate(decisions)
    ]
    if any(not decision.titre and len(decision.texte) < SHORT_ARTICLE for decision in decisions):
        return [{**one, "ligne": Prose()} for one in made]
    return made


def _article(pen: Pen, decision: Decision, path: tuple[str | int, ...], number: int, subject: str) -> Context:
    how = form(decision.texte)
    text = infinitive(decision.texte) if how == "infinitif" else decision.texte
    text = voice.majuscule_initiale(text)
    if how == "verbe" and subject:
        text = f"{voice.majuscule_initiale(subject)} {voice.minuscule_initiale(decision.texte)}"
    title = article(number, pen.profil)
    prose = Prose(tuple(map(_as_article, ended(pen, pen.prose(text, *path, "texte"), "."))))
    if not decision.titre:
        return {"titre": title, "texte": prose, "ligne": _opened(prose, Run(f"{title} – ", bold=True))}
    title = f"{title} – {pen.line(decision.titre, *path, 'titre')}"
    return {"titre": title, "texte": prose, "ligne": Prose()}


def _as_article(block: Block) -> Block:
    return (
        Paragraph(block.runs, "article") if isinstance(block, Paragraph) and block.role == "corps" else block
    )


def items(pen: Pen, decisions: Sequence[Decision], field: str) -> Prose:
    """The decisions as one list: « d’approuver … ; », « **Durée** : d’autoriser … . »"""
    last = len(decisions) - 1
    said: list[tuple[Block, ...]] = []
    for index, decision in enumerate(decisions):
        text = decision.texte
        text = infinitive(text) if form(text) == "infinitif" else voice.minuscule_initiale(text)
        prose = pen.prose(text, field, index, "texte")
        if decision.titre:
            title = pen.typographie(f"{pen.words(decision.titre, field, index, 'titre')} : ")
            prose = _opened(prose, Run(title, bold=True))
        said.append(ended(pen, prose, "." if index == last else ";").blocks)
    return Prose((ListBlock(tuple(said)),))


def _opened(prose: Prose, run: Run) -> Prose:
    """The prose with `run` before its first words."""
    first = prose.blocks[0] if prose.blocks else None
    if not isinstance(first, Paragraph):
        return Prose((Paragraph((run,)), *prose.blocks))
    return Prose((first._replace(runs=(run, *first.runs)), *prose.blocks[1:]))


def ended(pen: Pen, prose: Prose, sign: str) -> Prose:
    """The prose with `sign` at the end of its last sentence; a list or a table ends as typed."""
    last = prose.blocks[-1] if prose.blocks else None
    if not isinstance(last, Paragraph) or not last.runs or last.runs[-1].note or last.runs[-1].code:
        return prose
    run = last.runs[-1]
    if run.text.endswith(("?", "!", "…")):
        return prose
    closed = Run(termine(run.text, sign, pen.profil), run.bold, run.italic, href=run.href)
    return Prose((*prose.blocks[:-1], Paragraph((*last.runs[:-1], closed), last.role)))


# --- after the decision ---------------------------------------------------------------------------------


def dated(day: date | None, pen: Pen) -> str:
    """« 28 septembre 2026 », or dots to fill by hand."""
    return date_longue(day, pen.profil) if day else BLANK


class Sent(Protocol):
    """An act that leaves the house, with its dates."""

    @property
    def transmission(self) -> date | None: ...
    @property
    def publication(self) -> date | None: ...


def executory(pen: Pen, transmission: date | None, publication: date | None, notification: date | None = None,
              *, notified: bool = False, author: str = "") -> Context:  # fmt: skip
    """What makes the act executory (CGCT, art. L. 2131-1), with blanks for what is not known yet: each line,
    and that of its publication online, "" where it is published otherwise. `author`: name and quality."""
    state = pen.collectivite.representant_de_l_etat
    where = voice.to_the(state) if state else "au représentant de l’État"
    online = ""
    if author and _publishes_online(pen.collectivite):
        online = f"Mis en ligne le {dated(publication, pen)} par {author}"
    lines = [
        f"Transmission {where} : le {dated(transmission, pen)}",
        online or f"Publication : le {dated(publication, pen)}",
    ]
    if notified or notification:
        lines.append(f"Notification : le {dated(notification, pen)}")
    return {
        "executoire": [pen.typographie(line) for line in lines],
        "mise_en_ligne": pen.typographie(online),
    }


_ONLINE: Final = ("communaute-de-communes", "communaute-d-agglomeration", "communaute-urbaine", "metropole")
_MUST_PUBLISH_ONLINE: Final = 3500


def _publishes_online(house: Collectivite) -> bool:
    """An EPCI publishes on its site, and a commune from 3 500 inhabitants on; the act says when, and who its
    author is (CGCT, art. L. 2131-1, L. 5211-3 and R. 2131-1). Others may choose how."""
    large = house.population is not None and house.population >= _MUST_PUBLISH_ONLINE
    return house.type in _ONLINE or (house.type == "commune" and large)


MOST_OF_A_NUMBER: Final = 15
"""Characters of a number in the protocole ACTES."""


def name_in_actes(house: Collectivite, day: date | None, numero: str, nature: str, rank: int = 1) -> str:
    """The name of an act (rank 1) or of an annexe in the protocole ACTES,
    `99_DE-082-999990013-20260924-2026_045-DE-1-1_1.pdf`; "" without a SIRET, a day or a number."""
    number = re.sub(r"[^A-Z0-9]+", "_", numero.upper())[:MOST_OF_A_NUMBER].strip("_")
    if not (house.siret and day and number):
        return ""
    kind = f"99_{nature}" if rank == 1 else "99_AU"
    return (
        f"{kind}-{house.departement.zfill(3)}-{house.siret[:9]}-{day:%Y%m%d}-{number}-{nature}-1-1_{rank}.pdf"
    )


def plain_day(day: date) -> str:
    """« 20 octobre 2026 » with plain spaces, for a message."""
    return date_longue(day).replace("\u00a0", " ")


def sealed(transmission: date | None, publication: date | None, notification: date | None = None) -> str:
    """What first made the act leave the house; "" while it has not."""
    steps = (("transmission", transmission), ("publication", publication), ("notification", notification))
    dated_steps = [(day, name) for name, day in steps if day is not None]
    if not dated_steps:
        return ""
    day, name = min(dated_steps, key=lambda step: step[0])
    return f"la {name} du {plain_day(day)}"


def withdrawn(pen: Pen, retrait: Retrait, *, feminine: bool) -> Finding:
    """« retirée le 15 octobre 2026 (délibération n° 2026-078) »: the state of an act that is no more."""
    said = "retirée" if feminine else "retiré"
    by = f" ({retrait.par})" if retrait.par else ""
    text = f"{said} le {date_simple(retrait.du)}{by}"
    return Finding("etat", Severity.INFO, text, pen.entry.place("retrait"))


def recourse(pen: Pen, act: str, *, notified: bool = False) -> str:
    """How and how long the act can be contested (CJA, art. R. 421-1 and R. 421-5); `act` is « la présente
    délibération »."""
    court = pen.collectivite.tribunal
    starting = (
        "notification ou de sa publication"
        if notified
        else "publication et de sa transmission au représentant de l’État"
    )
    return pen.typographie(
        f"{voice.majuscule_initiale(act)} peut faire l’objet d’un recours pour excès de pouvoir devant "
        f"{voice.the(court.nom)} ({court.adresse}) dans un délai de deux mois à compter de sa {starting}. "
        "Le tribunal peut être saisi par l’application Télérecours citoyens, sur le site www.telerecours.fr."
    )


def stamp(
    pen: Pen, numero: str, day: date | None, nature: str, sent: Sent, wanted: Tampon | None = None
) -> list[str]:
    """The lines of the stamp zone: an empty one, which leaves it to whoever stamps; the State's own four
    lines, with the dates of the act and its number in the State's register when all it is made of is known;
    or nothing. `wanted`: what the act asks, else the house decides."""
    house = pen.collectivite
    how = wanted or house.tampon
    if how != "rempli":
        return [""] if how == "vide" else []
    lines = [
        f"{label} {f'{on:%d/%m/%Y}' if on else ''}".rstrip()
        for label, on in (
            ("Envoyé en préfecture le", sent.transmission),
            ("Reçu en préfecture le", sent.transmission),
            ("Publié le", sent.publication),
        )
    ]
    if house.siret and day:
        lines.append(f"ID : {house.departement.zfill(3)}-{house.siret[:9]}-{day:%Y%m%d}-{numero}-{nature}")
    return [line.replace(" le ", " le\u00a0") if "/" in line else pen.typographie(line) for line in lines]

"""What the pages of a convention say: its parties, its numbered articles, its signatures, its annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ctgdocs.composing import acte as pages
from ctgdocs.composing.citations import avenant_to, with_years
from ctgdocs.composing.inline import scan
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.references import References, Target
from ctgdocs.composing.voice import majuscule_initiale, of_the
from ctgdocs.french import date_longue, en_lettres, periode
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention import signatures as signing
from ctgdocs.kinds.convention.acte import Acte, AnnexeDeConvention, Article
from ctgdocs.kinds.convention.annexes import content
from ctgdocs.kinds.convention.signatures import Party
from ctgdocs.patterns import regex
from ctgdocs.prose import Block, Contents, ContentsEntry, Paragraph, Prose, Run
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.registres import CONVENTIONS

_TEMPLATES = {"ctg": "ctg.docx", "avenant": "avenant.docx"}
_OTHERS = "convention.docx"
_FEW_ARTICLES, _FEW_PAGES, _LETTERS_A_PAGE = 6, 3, 2_800
"""Under so many of either, a table of contents is longer to read than the convention to turn over."""

_RELATING_TO = regex(r"^convention relative (?:au |aux |à la |à l[’'])", re.IGNORECASE)


@dataclass(slots=True)
class _Convention:
    """One convention being written: its pen, its numbered headings, its table of contents."""

    pen: Pen
    entry: Entry[Acte]
    references: References = field(default_factory=References)
    articles: list[tuple[Target, list[Target]]] = field(default_factory=list)
    annexes: list[Target] = field(default_factory=list)

    @property
    def acte(self) -> Acte:
        return self.entry.value

    @property
    def annexe_entries(self) -> list[tuple[AnnexeDeConvention, Target]]:
        return list(zip(self.acte.annexes, self.annexes, strict=True))


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The pages of one convention, called when neither validation nor checks left an `erreur`."""
    convention = _numbered(_Convention(Pen(entry, reader), entry))
    pen, acte = convention.pen, convention.acte
    parties = [signing.party(pen, one, index) for index, one in enumerate(acte.parties)]
    title = pen.line(acte.titre, "titre")
    reference = _reference(pen, acte)
    articles = [_article(convention, index) for index in range(len(acte.articles))]
    annexes = _annexes(convention, parties)
    context: Context = {
        "collectivite": pages.head(pen),
        "type": acte.type,
        "titre": title,
        "sous_titre": _period(pen, acte),
        "reference": reference,
        "cadre": _frame(pen, acte),
        "objet": pen.line(acte.objet, "objet") if acte.objet else "",
        "projet": acte.projet,
        "signe": acte.statut == "signe",
        "mention_projet": _mention(pen, acte),
        "groupes": signing.groups(pen, parties),
        "logos": signing.logos(pen, acte.parties),
        "visas": pages.visas(pen, acte.visas),
        "considerants": pages.considerants(pen, acte.considerants),
        "formule": pen.line(acte.formule or _FORMULE, "formule"),
        "preambule": _text(convention, acte.preambule or "", "preambule"),
        "sommaire": _contents(convention, annexes) if _is_long(acte, annexes) else Prose(),
        "articles": articles,
        "textes": {
            one.cle.replace("-", "_"): said["texte"]
            for one, said in zip(acte.articles, articles, strict=True)
        },
        "fait": _made_at(pen, acte, parties),
        "signatures": signing.signatures(pen, parties),
        "annexes": annexes,
    }
    return Composition(
        context=context,
        template=f"templates/{KIND.shelf}/{acte.modele or _TEMPLATES.get(acte.type, _OTHERS)}",
        output=f"sorties/{KIND.shelf}/{entry.id}.docx",
        title=reference,
        watermark="PROJET" if acte.projet else "",
        findings=tuple(pen.findings),
        sealed=_sealed(acte),
    )


_FORMULE = "Il est convenu ce qui suit"


def _sealed(acte: Acte) -> str:
    """What made it leave the house: its signature."""
    if acte.statut != "signe":
        return ""
    return f"la signature du {pages.plain_day(acte.signature)}" if acte.signature else "la signature"


# --- head -----------------------------------------------------------------------------------------------


def _period(pen: Pen, acte: Acte) -> str:
    """« Période du 1er janvier 2027 au 31 décembre 2031 »; for a convention without end, its first day."""
    if acte.debut and acte.fin:
        return f"Période {periode(acte.debut, acte.fin, pen.profil)}"
    if acte.debut:
        return f"À compter du {date_longue(acte.debut, pen.profil)}"
    return f"Jusqu’au {date_longue(acte.fin, pen.profil)}" if acte.fin else ""


def _reference(pen: Pen, acte: Acte) -> str:
    """What the head of every page says, on one line: « Avenant n° 1 à la convention … », « Projet éducatif
    territorial 2026-2029 »."""
    said = avenant_to(acte, pen.reader) if acte.type == "avenant" else with_years(acte)
    said = majuscule_initiale(_RELATING_TO.sub("", said))
    if acte.projet:
        said += f" – projet du {date_longue(acte.version, pen.profil)}" if acte.version else " – projet"
    return pen.line(said, "titre")


def _frame(pen: Pen, acte: Acte) -> str:
    """The convention that this one declines: « Prise en application de la convention … »."""
    parent = pen.reader.find(CONVENTIONS, acte.parente) if acte.parente else None
    if parent is None or acte.type == "avenant":
        return ""
    return pen.typographie(f"Prise en application {of_the(with_years(parent.value))}")


def _mention(pen: Pen, acte: Acte) -> str:
    if not acte.projet:
        return ""
    return pen.typographie(
        f"Projet – version du {date_longue(acte.version, pen.profil)}" if acte.version else "Projet"
    )


# --- articles -------------------------------------------------------------------------------------------


def _numbered(convention: _Convention) -> _Convention:
    """Numbers the headings before any text is written, since a text may cite what comes after it."""
    pen, references = convention.pen, convention.references
    for rank, article in enumerate(convention.acte.articles, start=1):
        target = references.add("article", article.cle, f"article\u00a0{rank}")
        below = [
            references.add("article", sub.cle, f"{rank}.{under}")
            for under, sub in enumerate(article.articles, start=1)
        ]
        convention.articles.append((target, below))
    convention.annexes = [
        references.add("annexe", annexe.cle, f"annexe\u00a0{rank}")
        for rank, annexe in enumerate(convention.acte.annexes, start=1)
    ]
    pen.references = references
    return convention


def _article(convention: _Convention, index: int) -> Context:
    article, (target, below) = convention.acte.articles[index], convention.articles[index]
    path = ("articles", index)
    blocks: list[Block] = list(_text(convention, article.texte or "", *path, "texte"))
    for under, (sub, its_target) in enumerate(zip(article.articles, below, strict=True)):
        there = (*path, "articles", under)
        blocks += _heading(convention.pen, sub.titre, "article2", its_target, *there)
        blocks += _text(convention, sub.texte, *there, "texte")
    return {
        "titre": _heading(convention.pen, article.titre, "article1", target, *path),
        "texte": Prose(tuple(blocks)),
    }


def _heading(pen: Pen, title: str, role: str, target: Target, *path: str | int) -> Prose:
    return Prose((Paragraph((Run(pen.line(title, *path, "titre")),), role, target.bookmark),))


def _text(convention: _Convention, text: str, *path: str | int) -> Prose:
    """Long text with the tables that it cites."""
    if not text:
        return Prose()
    cited = {found.argument for found in scan(text)[0] if found.name == "tableau"}
    if not cited:
        return convention.pen.prose(text, *path)
    tables = {id: table for id, table in convention.acte.tableaux.items() if id in cited}
    return convention.pen.prose(text, *path, tables=tables)


def _is_long(acte: Acte, annexes: Sequence[Context]) -> bool:
    """True when a table of contents helps, as far as can be told before the pages are laid out."""
    if acte.sommaire is not None:
        return acte.sommaire
    texts = [
        *(text for one in acte.articles for text in (one.texte, *(sub.texte for sub in one.articles))),
        *(annexe.texte for annexe in acte.annexes),
    ]
    begun = len(acte.annexes) + len(_fiches(annexes))  # each begins a page
    pages = sum(len(text or "") for text in texts) / _LETTERS_A_PAGE + begun
    return len(acte.articles) >= _FEW_ARTICLES and pages >= _FEW_PAGES


def _fiches(annexes: Sequence[Context]) -> list[Paragraph]:
    """The titles of the fiches actions, in order."""
    plans = [axes for annexe in annexes if isinstance(axes := annexe["axes"], list)]
    return [fiche["titre"].blocks[0] for axes in plans for axe in axes for fiche in axe["fiches"]]


def _contents(convention: _Convention, annexes: Sequence[Context]) -> Prose:
    """The table of contents: articles, sub-articles, annexes, and the fiches of the plan d’actions."""
    pen = convention.pen
    entries: list[ContentsEntry] = []

    def add(number: str, title: str, level: int, target: Target, *path: str | int) -> None:
        said = pen.line(title, *path, "titre")
        entries.append(ContentsEntry(majuscule_initiale(number), said, level, target.bookmark))

    for index, (target, below) in enumerate(convention.articles):
        article: Article = convention.acte.articles[index]
        add(target.number, article.titre, 1, target, "articles", index)
        for under, its_target in enumerate(below):
            sub = article.articles[under]
            add(its_target.number, sub.titre, 2, its_target, "articles", index, "articles", under)
    for index, (annexe, target) in enumerate(convention.annexe_entries):
        add(target.number, annexe.titre, 1, target, "annexes", index)
        entries += [
            ContentsEntry("", title.runs[0].text, 2, title.bookmark) for title in _fiches([annexes[index]])
        ]
    return Prose((Contents(tuple(entries)),))


# --- end ------------------------------------------------------------------------------------------------


def _made_at(pen: Pen, acte: Acte, parties: Sequence[Party]) -> str:
    """« Fait à Montauban, le 12 décembre 2026, en trois exemplaires originaux. », blanks for what is not
    known yet."""
    place = pen.line(acte.lieu, "lieu") if acte.lieu else pen.collectivite.adresse.ville
    day = date_longue(acte.signature, pen.profil) if acte.signature else pages.BLANK
    number = acte.exemplaires or len(parties)
    words = (
        "un exemplaire original" if number == 1 else f"{en_lettres(number, pen.profil)} exemplaires originaux"
    )
    return pen.typographie(f"Fait à {place}, le {day}, en {words}.")


def _annexes(convention: _Convention, parties: Sequence[Party]) -> list[Context]:
    said = []
    for index, (annexe, target) in enumerate(convention.annexe_entries):
        text = _text(convention, annexe.texte or "", "annexes", index, "texte")
        said.append(
            {
                "titre": _heading(convention.pen, annexe.titre, "annexe", target, "annexes", index),
                **content(convention.pen, convention.entry, annexe, text, parties),
            }
        )
    return said

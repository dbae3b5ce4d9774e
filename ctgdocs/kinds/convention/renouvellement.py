"""G10 and G15: what is left of the old convention in the one that renews it.

A sentence that a person has rewritten since is no left-over: a year of the old term in it is an `info` while
the act is a projet, and nothing afterwards. The same year in a sentence that has not changed is an `alerte`.
Never a left-over: the visas, the annexe of the bilan, a title between « », a legal reference, and a sentence
that names the old convention by its own period (« la convention territoriale globale 2022-2026 »).

`mentions` reads the years, periods and days of a text. What is not one: a title between « », what is still
`[à compléter : …]`, the number or the date of a law, a décret, a délibération, and a placeholder other than
`{date:…}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from ctgdocs.findings import Place
from ctgdocs.french import date_simple, enumeration
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.plan_lu import followed, plan_before, plan_of
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, INFO, Said, Typed, rule
from ctgdocs.rules.texts import nothing_left_to_write
from ctgdocs.stages import Entry, Mapping, Node, Reader, Steps, Text
from ctgdocs.vocabulary.as_typed import A_COMPLETER, date_of
from ctgdocs.vocabulary.citations import JOUR_ECRIT
from ctgdocs.vocabulary.registres import CONVENTIONS

_NOT_TEXT = frozenset(
    (
        *("id", "type", "statut", "version", "debut", "fin", "signature", "renouvelle", "parente", "modele"),
        *("numero", "origine", "suite", "contenu", "fichier", "feuille", "autorite", "visas", "suivi"),
        *("elu", "partenaire", "commune", "siret", "montant", "cout", "places", "exemplaires"),
    )
)
_SENTENCE = regex(r"(?<=[.;!?])\s+|\n+")
_NAMES_IT = regex(r"\b(?:convention|contrat|CTG|projet)\b[^.;\n]{0,80}$", re.IGNORECASE)
_ITSELF = regex(r"\bprésente\s+convention\b[^.;\n]{0,80}$", re.IGNORECASE)
_UNITS = (
    r"€|[kM]€|%|‰|(?:milliers?|millions?)\s+d[’']euros|euros?|habitants?|ménages|foyers|familles|naissances|enfants"
    r"|jeunes|élèves|séniors|allocataires|bénéficiaires|places|berceaux|logements|agréments|ETP|équivalents"
    r"|assistant(?:e|es|s)?\s+maternel(?:le|les|s)?|agents?|bénévoles|associations|structures"
)
_FIGURE = regex(rf"(?<![\w.,/])\d+(?:[\s.]\d{{3}})*(?:,\d+)?\s?(?:{_UNITS})(?!\w)")
"""What changes in the years of a term: money, shares, counts of people and of places."""
_MOST = 4
_WHAT = {"periode": "période", "annee": "année", "date": "date", "champ": "date"}


@dataclass(frozen=True)
class Renewed:
    """A convention beside the one it renews."""

    entry: Entry[Acte]
    old: Entry[Acte]
    reader: Reader

    @property
    def acte(self) -> Acte:
        return self.entry.value

    @property
    def day(self) -> date | None:
        return self.acte.debut or self.acte.version

    @cached_property
    def texts(self) -> list[tuple[Steps, Text]]:
        return list(texts_of(self.entry.source.root))

    @cached_property
    def before(self) -> frozenset[str]:
        """The sentences of the old convention."""
        return frozenset(
            _plain(one) for _, text in texts_of(self.old.source.root) for one in _SENTENCE.split(text)
        )

    def unchanged(self, text: str, at: int) -> bool:
        """Whether the sentence around a place stands, word for word, in the old convention."""
        start = 0
        for found in _SENTENCE.finditer(text):
            if found.start() >= at:
                return _plain(text[start : found.start()]) in self.before
            start = found.end()
        return _plain(text[start:]) in self.before

    def place(self, path: Steps, text: str, at: int) -> Place:
        return Typed(self.entry, self.entry, path, text).place(at)


def texts_of(node: Node, path: Steps = ()) -> Iterator[tuple[Steps, Text]]:
    """The texts that a page prints as words, with their path; an annexe of bilan tells the past."""
    if isinstance(node, Text):
        yield path, node
    elif isinstance(node, Mapping):
        if node.get("contenu") != "bilan":  # type: ignore[call-overload]  # a str finds its equal Text
            for key, child in node.items():
                if key not in _NOT_TEXT:
                    yield from texts_of(child, (*path, str(key)))
    else:
        for at, child in enumerate(node):
            yield from texts_of(child, (*path, at))


def _plain(sentence: str) -> str:
    return " ".join(sentence.split())


@nothing_left_to_write.also(on=Renewed)
def the_day_of_its_version(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """A projet that goes round has the day of its version."""
    if renewed.acte.projet and renewed.acte.version is None:
        yield Said(
            "il reste à compléter : « date de la version »",
            renewed.entry.place("statut"),
            "indiquez version: quand le projet part à la Caf ou aux communes",
            severity=ALERTE,
        )


@nothing_left_to_write.also(on=Renewed)
def what_became_of_each_action(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """The annexe of the bilan says it, action by action: an action of before whose line was taken away says
    it by its own état d’avancement, or not at all."""
    before = plan_before(renewed.entry, reader)
    told = any(annexe.contenu == "bilan" for annexe in renewed.acte.annexes)
    if before is None or not told:
        return
    known = followed(before, plan_of(renewed.entry, reader))
    lost = [f"« {one.numero} {one.action.titre} »" for one, _, suite in known if not suite]
    if lost:
        yield Said(
            f"il reste à compléter : la suite {'de l’action' if len(lost) == 1 else 'des actions'} "
            f"{enumeration(lost)}, de la convention précédente",
            renewed.entry.place("plan"),
            "gardez sa ligne dans le plan, avec origine (son ancien numéro) et suite (réalisée…)",
            severity=ALERTE if renewed.acte.projet else None,
        )


# --- years ----------------------------------------------------------------------------------------------

SOURCE = "cohérence du renouvellement"


@rule(
    "G10",
    "Une année, une période ou une date de l’ancienne convention ne passe pas inaperçue dans la nouvelle",
    ALERTE,
    SOURCE,
    on=Renewed,
)
def the_term_of_before(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """In the texts: a year, a period or a day of the old term, the year that prepared it included; in the
    dates and the links: what ends or begins before this convention. A sentence that names the old convention
    by its own period is left alone."""
    yield from _years(renewed)
    yield from _days(renewed)


def _years(renewed: Renewed) -> Iterator[Said]:
    old = renewed.old.value
    if old.debut is None or old.fin is None:
        return
    last = min(old.fin.year, renewed.acte.debut.year - 1) if renewed.acte.debut else old.fin.year
    term = range(old.debut.year - 1, last + 1)
    for path, text in renewed.texts:
        for mention in mentions(text) if "20" in text or "19" in text else ():
            if not any(year in term for year in mention.years) or _named(text, mention, old):
                continue
            same = renewed.unchanged(text, mention.start)
            if not same and not renewed.acte.projet:
                continue
            said = date_simple(mention.jour) if mention.jour else " ".join(mention.text.split())
            yield Said(
                f"« {said} » vient de la convention précédente, et la phrase n’a pas changé"
                if same
                else f"« {said} » : {_WHAT[mention.nature]} de la convention précédente",
                renewed.place(path, text, mention.start),
                "revoyez cette phrase" if same else "si c’est voulu, rien à faire",
                severity=ALERTE if same else INFO,
            )


def _named(text: str, mention: Mention, old: Acte) -> bool:
    """« la convention territoriale globale 2022-2026 », « … prend fin le 31 décembre 2026 »: the old one, by
    its own period or its last day, unless the sentence speaks of the present one."""
    before = text[: mention.start]
    own = mention.years == (old.debut and old.debut.year, old.fin and old.fin.year) or mention.jour == old.fin
    return own and _NAMES_IT.search(before) is not None and _ITSELF.search(before) is None


def _days(renewed: Renewed) -> Iterator[Said]:
    """In the dates and the links: an action, an evaluation, a convention of before."""
    acte, entry = renewed.acte, renewed.entry
    if acte.debut is None:
        return
    for path, day in _dates_of(acte):
        if day is not None and day < acte.debut:
            yield Said(
                f"le {date_simple(day)} est avant le début de la convention",
                entry.place(*path),
                "corrigez la date",
            )
    linked: list[tuple[Steps, str | None]] = [(("parente",), acte.parente)]
    linked += [(("suivi", "conventions_liees", at), id) for at, id in enumerate(acte.suivi.conventions_liees)]
    for path, id in linked:
        other = renewed.reader.find(CONVENTIONS, id) if id else None
        if other is not None and other.value.fin and other.value.fin < acte.debut:
            yield Said(
                f"la convention « {id} » prend fin le {date_simple(other.value.fin)}, avant celle-ci",
                entry.place(*path),
                "indiquez celle qui la renouvelle",
            )


def _dates_of(acte: Acte) -> Iterator[tuple[Steps, date | None]]:
    """The days that belong to the term of a convention."""
    yield ("suivi", "evaluation_intermediaire"), acte.suivi.evaluation_intermediaire
    yield ("suivi", "evaluation_finale"), acte.suivi.evaluation_finale
    for a, axe in enumerate(acte.plan.axes if acte.plan else ()):
        for b, action in enumerate(axe.actions):
            for name, day in (("debut", action.debut), ("fin", action.fin)):
                yield ("plan", "axes", a, "actions", b, name), day


# --- figures --------------------------------------------------------------------------------------------


@rule(
    "G15",
    "Un montant, un taux ou un effectif de l’ancienne convention ne passe pas inaperçu dans la nouvelle",
    INFO,
    SOURCE,
    on=Renewed,
)
def the_figures_of_before(renewed: Renewed, reader: Reader) -> Iterator[Said]:
    """While it is a projet: in a sentence that has not changed. A text under a « à compléter », the plan
    d’actions and what a table counts are left alone: they are looked at whole."""
    for path, text in renewed.texts if renewed.acte.projet else ():
        if path[0] in ("plan", "tableaux") or A_COMPLETER.search(text):
            continue
        found = [one for one in _FIGURE.finditer(text) if renewed.unchanged(text, one.start())]
        said = [*dict.fromkeys(f"« {' '.join(one[0].split())} »" for one in found)]
        if said:
            named = said if len(said) <= _MOST else [*said[: _MOST - 1], f"{len(said) - _MOST + 1} autres"]
            come, right = ("vient", "juste") if len(said) == 1 else ("viennent", "justes")
            yield Said(
                f"{enumeration(named)} {come} de la convention précédente : toujours {right} ?",
                renewed.place(path, text, found[0].start()),
                "actualisez la phrase ; si rien n’a changé, rien à faire",
            )


Nature = Literal["champ", "periode", "date", "annee"]

_YEAR: Final = r"(?<![\d/\u2011-])(?:19|20)\d\d(?![\d/]|[-\u2011]\d)"
_ACT: Final = (
    r"(?:lois?|ordonnances?|décrets?|arrêtés?|circulaires?|règlements?|directives?|instructions?"
    r"|délibérations?|décisions?)"
)

_SCAN = re.compile(
    rf"""
    (?P<skipped>
        \[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]
      | «[^»]{{1,200}}»
      | \{{(?!date:)[^{{}}]*\}}
      | n°\s?[\w./-]+(?:\s+du\s+(?:{JOUR_ECRIT}))?
      | \((?:UE|CE|CEE)\)\s?(?:n°\s?)?\d+/\d+(?:\s+du\s+(?:{JOUR_ECRIT}))?
      | \b{_ACT}\s+(?:[^\s.;,]+\s+){{0,5}}?du\s+(?:{JOUR_ECRIT})
      | https?://\S+
    )
    | \{{date:\s*(?P<champ>[^{{}}]*?)\s*\}}
    | (?<![\d/\u2011-])(?P<du>(?:19|20)\d\d)(?P<lien>\s?[-–\u2011/]\s?|\s+(?:au?|à|et)\s+)
      (?P<au>(?:19|20)\d\d)(?![\d/\u2011-])
    | (?P<date>(?<!\d){JOUR_ECRIT})
    | (?P<annee>{_YEAR})
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One year, period or day of a text, between two indexes. `jour` is None for a year or a period."""

    start: int
    end: int
    text: str
    nature: Nature
    years: tuple[int, ...]
    jour: date | None = None
    lien: str = ""


def mentions(text: str) -> Iterator[Mention]:
    """What a text mentions, in order.

    >>> [m.text for m in mentions("De 2022 à 2026 (loi n° 2023-1196 du 18 décembre 2023), le 1er mai 2024.")]
    ['2022 à 2026', '1er mai 2024']
    """
    for found in _SCAN.finditer(text):
        if found["skipped"] is not None:
            continue
        start, end, said = found.start(), found.end(), found[0]
        if found["du"] is not None:
            years = (int(found["du"]), int(found["au"]))
            yield Mention(start, end, said, "periode", years, lien=found["lien"])
        elif found["annee"] is not None:
            yield Mention(start, end, said, "annee", (int(said),))
        elif (day := date_of(found["champ"] or found["date"])) is not None:
            yield Mention(start, end, said, "champ" if found["champ"] else "date", (day.year,), day)

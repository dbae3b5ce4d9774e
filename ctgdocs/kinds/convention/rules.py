"""The rules of a convention: its period, its parties and their authority, its plan d'actions, its blanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ctgdocs.assembly.sitting import hides_its_day
from ctgdocs.findings import Finding, Place, Related, because
from ctgdocs.french import date_simple
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.acte import Acte, years_after
from ctgdocs.kinds.convention.parties import Partie, authority, is_public, named, record_of
from ctgdocs.kinds.convention.plan_lu import Plan, plan_of
from ctgdocs.kinds.convention.renouvellement import Renewed
from ctgdocs.patterns import regex
from ctgdocs.rules.authority import Authority, authorised_by_what_stands
from ctgdocs.rules.chronology import Dated, nothing_later_is_cited
from ctgdocs.rules.dossiers import somme
from ctgdocs.rules.liens import Cited
from ctgdocs.rules.rule import ALERTE, ERREUR, Prose, Said, Typed, check, consistency, judge, rule
from ctgdocs.rules.texts import left, nothing_left_to_write, texts, texts_read
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.as_typed import A_COMPLETER
from ctgdocs.vocabulary.registres import CONVENTIONS, VISAS

_AMOUNT = regex(
    r"\d[\d \u00a0\u202f]*(?:,\d\d?)?[ \u00a0\u202f]?(?:€|euros?\b)|\{montant(?:_en_lettres)?:",
    needs="euro|{montant|€",
)
_SPPE = regex(r"214-1-3|2023-1196", needs="2023-1196|214-1-3")
_YEARS = 5


@check(on=Acte)
def citations(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """V1 and D6, on the day of the signature, or of the version that goes round."""
    acte = entry.value
    cited = Cited(entry, acte.visas, acte.signature or acte.version)
    yield from judge(cited, reader)
    approved = acte.statut == "valide"
    told = (typed for typed in texts_read(entry) if not (approved and "autorite" in typed.path))
    day = entry.place("signature" if acte.signature else "version")
    yield from judge(Dated(cited.jour, day, told, [cited]), reader)


@nothing_later_is_cited.also(on=Acte)
def approved_as_it_is(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The version of the text is the one that was approved: no délibération of a party is earlier than it."""
    version = entry.value.version
    early = [one for one in _approvals(entry.value, reader) if version and one.day < version]
    if version and early:
        first = min(early, key=lambda one: one.day)
        yield Said(
            f"la version de la convention ({date_simple(version)}) est postérieure à la délibération "
            f"n° {first.number} du {date_simple(first.day)}, qui l’approuve",
            entry.place("version"),
            "donnez à version le jour du texte approuvé, ou faites approuver la nouvelle version",
            related=tuple(one.told(entry) for one in early),
        )


@nothing_later_is_cited.also(on=Acte)
def approved_while_it_goes_round(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The page of a projet shows its version and the délibérations that were taken: none is later. Once every
    party has approved the text (`valide`) they rightly follow its version, and G4 speaks of the signature."""
    acte, version = entry.value, entry.value.version
    for one in _approvals(acte, reader) if acte.projet and not acte.signature else ():
        if version and one.day > version and one.voted:
            yield Said(
                f"un acte postérieur est cité : « délibération n° {one.number} » ({date_simple(one.day)}) ; "
                f"ce document est du {date_simple(version)}",
                entry.place("parties", one.at, "autorite"),
                "écrivez statut: valide une fois le texte approuvé par tous ; sinon corrigez version",
                related=(Related(entry.place("version"), f"ce document est du {date_simple(version)}"),),
            )


class _Approval(NamedTuple):
    """The délibération of the party at this rank, of a day that is known."""

    at: int
    number: str
    day: date
    voted: bool

    def told(self, entry: Entry[Acte]) -> Related:
        said = f"n° {self.number} du {date_simple(self.day)}"
        return Related(entry.place("parties", self.at, "autorite"), said)


def _approvals(acte: Acte, reader: Reader) -> Iterator[_Approval]:
    for at, partie in enumerate(acte.parties):
        mandate = authority(reader, partie)
        if mandate is not None and mandate.number and mandate.day:
            yield _Approval(at, mandate.number, mandate.day, mandate.voted)


@check(on=Acte)
def renewed(entry: Entry[Acte], reader: Reader) -> list[Finding]:
    """A convention that renews another one of the contents, beside that one."""
    old = reader.find(KIND.registry, entry.value.renouvelle) if entry.value.renouvelle else None
    if old is None or old.id == entry.id:
        return []
    return judge(Renewed(entry, old, reader), reader, Renewed.__module__)


@check(on=Acte)
def statut(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """A signed convention has its date, and only a signed one has it."""
    acte = entry.value
    if acte.statut == "signe" and acte.signature is None:
        yield consistency(
            "signature", "la convention est signée, mais sa date de signature manque",
            entry.place("statut"), "indiquez signature",
        )  # fmt: skip
    elif acte.statut != "signe" and acte.signature is not None:
        yield consistency(
            "signature", "la convention a une date de signature, mais son statut n’est pas « signe »",
            entry.place("signature"), "écrivez statut: signe, ou retirez la date",
        )  # fmt: skip


@check(on=Acte)
def structure(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """Headings that can be told apart, annexes that have something to show."""
    acte = entry.value
    articles: list[tuple[Steps, str]] = [(("articles", at), one.cle) for at, one in enumerate(acte.articles)]
    for at, one in enumerate(acte.articles):
        articles += [(("articles", at, "articles", below), sub.cle) for below, sub in enumerate(one.articles)]
        if not one.texte and not one.articles:
            message = f"l’article « {one.titre} » n’a ni texte ni sous-article"
            yield consistency("article-vide", message, entry.place("articles", at))
    annexes: list[tuple[Steps, str]] = [(("annexes", at), one.cle) for at, one in enumerate(acte.annexes)]
    for family in (articles, annexes):
        counts = Counter(id for _, id in family)
        for path, id in family:
            if counts[id] > 1:
                message = f"« {id} » est l’identifiant de deux titres"
                yield consistency("titre-en-double", message, entry.place(*path), "donnez-leur un id")
    sources = {
        "plan-d-actions": ("plan", acte.plan), "equipements": ("equipements", acte.equipements),
        "bilan": ("renouvelle", acte.renouvelle),
        "gouvernance": ("suivi", acte.suivi.copil or acte.suivi.comites),
    }  # fmt: skip
    for at, annexe in enumerate(acte.annexes):
        field, value = sources.get(annexe.contenu, ("", True))
        if not value and not (annexe.texte and annexe.contenu == "gouvernance"):
            message = f"l’annexe « {annexe.titre} » n’a rien à montrer : « {field} » n’est pas rempli"
            yield consistency("annexe-vide", message, entry.place("annexes", at, "contenu"))


# --- period ---------------------------------------------------------------------------------------------


@check(on=Acte)
def not_its_own_parent(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    acte = entry.value
    for field, cited in (("renouvelle", acte.renouvelle), ("parente", acte.parente)):
        if cited == entry.id:
            message = "une convention ne peut pas se citer elle-même"
            yield consistency("convention-en-boucle", message, entry.place(field))


@rule(
    "G1",
    "Une convention commence le lendemain de la fin de celle qu’elle renouvelle",
    ALERTE,
    "usage des Caf : les conventions territoriales globales se suivent sans interruption",
    on=Acte,
)
def the_day_after(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Neither a day without a convention nor a day with two; a convention that renews none is left alone."""
    acte = entry.value
    before = reader.find(CONVENTIONS, acte.renouvelle) if acte.renouvelle else None
    if before is None or not before.value.fin or not acte.debut:
        return
    expected = before.value.fin + timedelta(days=1)
    if acte.debut != expected:
        what = "laisse un vide après" if acte.debut > expected else "empiète sur"
        yield Said(
            f"la convention commence le {date_simple(acte.debut)} : elle {what} celle qu’elle "
            f"renouvelle, qui finit le {date_simple(before.value.fin)}",
            entry.place("debut"),
            f"commencez le {date_simple(expected)}, ou prolongez l’ancienne par avenant",
        )


@rule(
    "G2",
    "Une convention territoriale globale dure cinq ans au plus",
    ALERTE,
    "caf.fr, « Convention territoriale globale » : signée pour cinq ans (usage, non un texte)",
    on=Acte,
)
def five_years_at_most(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """A CTG, with the avenant that extends it; other conventions last as long as they say."""
    start, end, field = _span(entry.value, reader)
    if start and end and end >= years_after(start, _YEARS):
        yield Said(
            f"du {date_simple(start)} au {date_simple(end)}, la convention dure plus de cinq ans",
            entry.place(field),
            f"pour cinq ans, finissez le {date_simple(years_after(start, _YEARS) - timedelta(days=1))}",
        )


@rule(
    "G3",
    "Une convention territoriale globale couvre des années civiles entières",
    ALERTE,
    "usage des Caf : périodes du 1er janvier au 31 décembre",
    on=Acte,
)
def whole_years(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """From a 1 January to a 31 December, for a CTG and the avenant that extends it."""
    start, end, field = _span(entry.value, reader)
    if start and end and ((start.month, start.day) != (1, 1) or (end.month, end.day) != (12, 31)):
        yield Said(
            f"du {date_simple(start)} au {date_simple(end)}, la convention ne couvre pas des années entières",
            entry.place(field),
        )


def _span(acte: Acte, reader: Reader) -> tuple[date | None, date | None, str]:
    """The days that a CTG covers; with an avenant that extends it, those of both."""
    if acte.type == "ctg":
        return acte.debut, acte.fin, "fin" if acte.fin else "debut"
    parent = reader.find(CONVENTIONS, acte.parente) if acte.type == "avenant" and acte.parente else None
    if parent is not None and parent.value.type == "ctg":
        return parent.value.debut, acte.fin, "fin"
    return None, None, ""


# --- parties --------------------------------------------------------------------------------------------


@authorised_by_what_stands.also(on=Acte)
def authorised_to_sign(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Each public party names its délibération, whose date is known; an error once the convention is signed.
    A Caf, an association need none."""
    severity = ERREUR if entry.value.statut == "signe" else ALERTE
    for at, partie in enumerate(entry.value.parties):
        name, mandate = named(reader, partie), authority(reader, partie)
        if mandate is None:
            if is_public(partie, record_of(reader, partie)):
                yield Said(
                    f"la partie « {name} » n’a pas d’autorité : sa délibération n’est pas indiquée",
                    entry.place("parties", at),
                    "indiquez autorite: numéro de la délibération",
                    severity=severity,
                )
        elif mandate.number and mandate.day is None and _hidden(partie, reader) is None:
            yield Said(
                f"la date de la délibération n° {mandate.number} (« {name} ») n’est pas connue",
                entry.place("parties", at, "autorite"),
                "attendez son vote, ou indiquez sa séance" if mandate.known else "indiquez sa date : du",
                severity=severity,
            )


def _hidden(partie: Partie, reader: Reader) -> Place | None:
    """What is in error, and hides the date of the délibération of a party, which is not typed here either."""
    auth = partie.autorite
    return hides_its_day(reader, auth.deliberation) if auth and auth.deliberation and not auth.du else None


@check(on=Acte)
def mandates_that_can_be_read(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """The date of a délibération that gives authority is not printed as missing when only its séance, or
    itself, is in error."""
    for at, partie in enumerate(entry.value.parties):
        if (cause := _hidden(partie, reader)) is not None:
            message = f"la date de cette délibération n’est pas connue : {cause.file} est en erreur"
            yield because(message, entry.place("parties", at, "autorite"), cause)


@check(on=Acte)
def authorities_that_stand(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """G6, of the délibération of each party, whichever it is."""
    for at, partie in enumerate(entry.value.parties):
        number = partie.autorite.deliberation if partie.autorite else None
        if number:
            place, what = entry.place("parties", at, "autorite"), f"« {named(reader, partie)} » à signer"
            yield from judge(Authority(number, place, what), reader)


@rule(
    "G4",
    "La délibération qui autorise à signer est exécutoire avant la signature",
    ALERTE,
    "CGCT, art. L. 2131-1 ; CE, 10 juin 1996, préfet de la Côte-d’Or",
    to_check=True,
    on=Acte,
)
def executory_before_the_signature(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Transmitted and published on the day of the signature at the latest. A délibération that is not among
    the contents is judged on its day; one whose day is not known, by G6."""
    signed = entry.value.signature
    for at, partie in enumerate(entry.value.parties if signed else ()):
        mandate = authority(reader, partie)
        if signed is None or mandate is None or mandate.day is None:
            continue
        late = next((day for day in (mandate.day, mandate.executory) if day and day > signed), None)
        if late or (mandate.known and mandate.executory is None):
            since = f"elle l’est le {date_simple(late)}" if late else "elle n’a pas été transmise et publiée"
            yield Said(
                f"la convention est signée le {date_simple(signed)}, mais la délibération "
                f"n° {mandate.number} (« {named(reader, partie)} ») n’est pas encore exécutoire : {since}",
                entry.place("parties", at, "autorite"),
                "vérifiez les dates de transmission et de publication",
            )


# --- what a CTG says ------------------------------------------------------------------------------------


@rule(
    "G5",
    "Les montants d’une convention territoriale globale sont dans ses annexes ou dans les conventions "
    "d’objectifs et de financement, pas dans ses articles",
    ALERTE,
    "circulaire Cnaf n° 2020-01 du 16 janvier 2020",
    on=Acte,
)
def no_amounts_in_the_articles(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """In the préambule and the articles of a CTG; a number that is not of euros is left alone."""
    for path, text in _body(entry.value) if entry.value.type == "ctg" else ():
        for found in _AMOUNT.finditer(text):
            said = found[0].rstrip(":").strip() + ("…}" if found[0].startswith("{") else "")
            yield Said(
                f"un montant dans le corps de la convention : « {said} »",
                Typed(entry, entry, path, text).place(found.start()),
                "déplacez-le dans une annexe, ou dans une convention d’objectifs et de financement",
            )


@rule(
    "G7",
    "Depuis le 1er janvier 2025, une convention territoriale globale vise le service public de la petite "
    "enfance",
    ALERTE,
    "CASF, art. L. 214-1-3 ; loi n° 2023-1196 du 18 décembre 2023, art. 17",
    du=date(2025, 1, 1),
    on=Acte,
)
def the_sppe_among_the_visas(entry: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """By the article of the code or by the law, on the day of the signature, else on the first one."""
    acte = entry.value
    day = acte.signature or acte.debut
    if acte.type != "ctg" or day is None or not the_sppe_among_the_visas.in_force(day):
        return
    if not any(map(_SPPE.search, _visas(acte, reader))):
        yield Said(
            "la convention ne vise pas le service public de la petite enfance",
            entry.place("visas"),
            "ajoutez un visa de l’article L. 214-1-3 du code de l’action sociale et des familles",
        )


def _body(acte: Acte) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if acte.preambule:
        yield ("preambule",), acte.preambule
    for at, article in enumerate(acte.articles):
        if article.texte:
            yield ("articles", at, "texte"), article.texte
        for below, sub in enumerate(article.articles):
            yield ("articles", at, "articles", below, "texte"), sub.texte


def _visas(acte: Acte, reader: Reader) -> Iterator[str]:
    for visa in acte.visas:
        known = reader.find(VISAS, visa.texte) if visa.texte else None
        yield known.value.texte if known else visa.texte or ""


# --- plan d'actions -------------------------------------------------------------------------------------


class Planned(NamedTuple):
    """The plan d'actions of a convention, read where it is kept."""

    entry: Entry[Acte]
    plan: Plan

    @property
    def acte(self) -> Acte:
        return self.entry.value


@check(on=Acte)
def plan(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """What the sheet that keeps the plan has to say, and the rules of the plan."""
    read = plan_of(entry, reader)
    if read is not None:
        yield from read.findings
        yield from judge(Planned(entry, read), reader, __name__)


@nothing_left_to_write.also(on=Planned)
def nothing_left_in_the_sheet(planned: Planned, reader: Reader) -> Iterator[Said]:
    """The cells of the sheet, as the texts of the convention."""
    plan, projet = planned.plan, planned.acte.projet
    for path, text in texts(plan.sheet.root) if plan.sheet else ():
        for words in A_COMPLETER.findall(text):
            yield left(plan.place(*path), words, projet=projet)


@check(on=Planned)
def what_the_sheet_says(planned: Planned, reader: Reader) -> Iterator[Finding]:
    """The rules on words, of the cells of the sheet that keeps the plan."""
    entry, plan = planned.entry, planned.plan
    for path, text in texts(plan.sheet.root) if plan.sheet else ():
        if " " in text:
            for one in judge(Prose(entry, entry, path, text), reader):
                if one.code != "G9":
                    yield one._replace(place=plan.place(*path))


@rule(
    "G8", "Le financement d’une action est égal à son coût", ALERTE, "cohérence du plan d’actions", on=Planned
)
def funded_to_its_cost(planned: Planned, reader: Reader) -> Iterator[Said]:
    """When both are typed; an error once the convention is no longer a projet. An action that has ended
    is left alone."""
    for one in planned.plan.kept():
        cost, funded = one.action.cout, one.action.finance
        if cost is not None and one.action.financements and cost != funded:
            yield Said(
                f"action {one.numero}, « {one.action.titre} » : le coût est de {somme(cost)}, "
                f"les financements font {somme(funded)}",
                planned.plan.place(*one.path, "cout"),
                "corrigez le coût ou les financements ; sans cout, leur somme est reprise",
                severity=ALERTE if planned.acte.projet else ERREUR,
            )

"""The procès-verbal of a séance (CGCT, art. L. 2121-15): who was there and when, the rapports, what was said,
the votes, who signs. A projet until the next séance has settled it."""

from __future__ import annotations

from ctgdocs.assembly.presence import Presence
from ctgdocs.assembly.scrutin import derive_scrutin
from ctgdocs.composing import acte as pages
from ctgdocs.composing import dossiers, seance, voice, votes
from ctgdocs.french import date_longue, date_simple, heure
from ctgdocs.kinds.suite import PROCES_VERBAL
from ctgdocs.kinds.suite.listes import account, movements, outcome
from ctgdocs.kinds.suite.tenue import Point, Tenue, names
from ctgdocs.prose import ListBlock, Paragraph, Prose, Run
from ctgdocs.stages import Composition, Context
from ctgdocs.vocabulary.actes import Decision
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import SEANCES


def proces_verbal(tenue: Tenue) -> Composition:
    pen, acte = tenue.pen, tenue.acte
    page = _Page(tenue)
    points = list(map(page.point, tenue.points))
    context: Context = {
        "ouverture": seance.opening(pen, tenue.opening),
        "complements": seance.complements(pen, tenue.opening),
        "appel": _roll_call(tenue),
        **seance.attendance(pen, tenue.opening, None),
        "secretariat": _secretary(tenue),
        "ordre_du_jour": _agenda(tenue),
        **page.previous,
        **page.delegation,
        "points": points,
        "cloture": _end(tenue),
        "arret": _settled(tenue),
        "signatures": seance.officers(pen, tenue.opening)["signatures"],
    }
    draft = acte.arret is None
    title = "Projet de procès-verbal" if draft else "Procès-verbal"
    gone = f"son arrêt le {date_simple(acte.arret)}" if acte.arret else ""
    sealed = pages.sealed(None, acte.publication) if acte.arret else ""
    return tenue.document(PROCES_VERBAL, title, context, gone=gone, draft=draft, sealed=sealed)


# --- the opening --------------------------------------------------------------------------------------------


def _roll_call(tenue: Tenue) -> str:
    """« La présidente ouvre la séance à 18 h 30 et procède à l’appel nominal. »"""
    chair = tenue.opening.presence.president
    who = tenue.pen.person(chair).name if chair else tenue.lack("le président de séance")
    hour = heure(tenue.sitting.seance.heure, tenue.pen.profil)
    return tenue.pen.typographie(f"{who} ouvre la séance à {hour} et procède à l’appel nominal.")


def _secretary(tenue: Tenue) -> str:
    """« Conformément à l’article L. 2121-15…, M. Paul Martin est désigné secrétaire de séance. »"""
    group = tenue.secretaires
    who = names(group) if group else tenue.lack("le secrétaire de séance")
    if len(group) > 1:
        said = "sont désignées" if all(one.feminine for one in group) else "sont désignés"
        said += " secrétaires de séance"
    else:
        said = f"est {voice.agreed('désigné', group)} secrétaire de séance"
    text = f"{who} {said}."
    if tenue.sitting.regime != "ccas":
        text = f"Conformément à l’article L. 2121-15 du code général des collectivités territoriales, {text}"
    return tenue.pen.typographie(text)


def _agenda(tenue: Tenue) -> Prose:
    items = tuple((Paragraph((Run(point.objet),)),) for point in tenue.points)
    return Prose((ListBlock(items, ordered=True),)) if items else Prose()


# --- what comes first: the procès-verbal before, the decisions taken by delegation --------------------------


_NO_MINUTES: Context = {"precedent": "", "observations": Prose()}
_NO_DECISION: Context = {"delegation": "", "decisions": []}
_TOLD = ("delegation", "compte-rendu", "rend-compte", "information")


def _previous(tenue: Tenue) -> Context:
    """How the procès-verbal of the séance before was settled; nothing when the file does not say."""
    typed, pen = tenue.acte.proces_verbal_precedent, tenue.pen
    if typed is None:
        return dict(_NO_MINUTES)
    found = pen.reader.find(SEANCES, typed.seance)
    day = date_longue(found.value.date, pen.profil) if found else typed.seance
    how = ""
    if typed.vote is not None and not typed.vote.prend_acte:
        how = f" {votes.result(pen, derive_scrutin(typed.vote, tenue.opening.presence), tenue.opening)}"
    said = f"Le procès-verbal de la séance du {day} est arrêté{how}."
    observations = pen.prose(typed.observations or "", "proces_verbal_precedent", "observations")
    return {"precedent": pen.typographie(said), "observations": observations}


# --- the points ---------------------------------------------------------------------------------------------


class _Page:
    """The points on the page, one after the other: what changed since the one before is told."""

    def __init__(self, tenue: Tenue) -> None:
        self.tenue = tenue
        self.presence: Presence = tenue.opening.presence
        self.previous = _previous(tenue)
        """What is told of them where no point of the ordre du jour is about them."""
        self.delegation = account(tenue)
        numbers = [one.numero for one in seance.passages(tenue.sitting.feuille)]
        self.moves = list(zip(numbers, movements(tenue), strict=True))

    def point(self, point: Point) -> Context:
        tenue = self.tenue
        pen, debat, at = tenue.pen, point.debat, ("points", point.file_at)
        said: Context = {
            "titre": point.objet,
            "reference": pen.typographie(f"Délibération n° {point.printed}") if point.act else "",
            "rapporteur": "",
            "mouvements": [text for numero, text in self.moves if numero and numero == point.numero],
            "presence": self._there(point),
            "expose": Prose(),
            "debats": pen.prose(debat.debats or "", *at, "debats") if debat else Prose(),
            "demande": self._asked(point),
            "decision": Prose(),
            "formule": "",
            "resultat": "",
            "voix": [],
        }
        return {**said, **self._previously(point), **self._decided(point)}

    def _previously(self, point: Point) -> Context:
        """The procès-verbal of the séance before, and the decisions taken by delegation, at the point that is
        about them."""
        about = "" if point.act else slug(point.inscrit.texte)
        said: Context = {**_NO_MINUTES, **_NO_DECISION}
        if "proces-verbal" in about:
            if not self.previous["precedent"] and self.tenue.acte.proces_verbal_precedent is None:
                blank = self.tenue.lack("l’arrêt du procès-verbal précédent")
                self.previous = {**_NO_MINUTES, "precedent": blank}
            said |= self.previous
            self.previous = _NO_MINUTES
        if "decision" in about and any(word in about for word in _TOLD):
            said |= self.delegation
            self.delegation = _NO_DECISION
        return said

    def _there(self, point: Point) -> str:
        """« Présents : 35 – représentés : 4 – absents : 2. », where it is not as at the point before."""
        moment = point.examen.moment if point.examen else None
        if moment is None:
            return ""
        now, before = moment.presence, self.presence
        self.presence = now
        if (now.presents, now.pouvoirs) == (before.presents, before.pouvoirs):
            return ""
        figures = (
            f"Présents : {now.nombre_presents}",
            f"représentés : {now.nombre_representes}",
            f"absents : {now.nombre_absents}",
        )
        quorum = seance.quorum(self.tenue.pen, moment)
        return self.tenue.pen.typographie(f"{' – '.join(figures)}. {quorum}".strip())

    def _asked(self, point: Point) -> str:
        """Who asked for a ballot of another kind."""
        debat = point.debat
        if debat is None or not debat.scrutin_demande_par:
            return ""
        group = [self.tenue.pen.person(id) for id in debat.scrutin_demande_par]
        scrutin = point.examen.scrutin if point.examen else None
        kind = "secret" if scrutin and scrutin.mode == "secret" else "public"
        return self.tenue.pen.typographie(f"Scrutin {kind} demandé par {names(group)}.")

    def _decided(self, point: Point) -> Context:
        if point.act is None or point.examen is None:
            return {}
        tenue, act, pen = self.tenue, point.act.value, point.pen
        result = outcome(tenue, point)
        said: Context = {
            "expose": dossiers.expose(pen, act),
            "resultat": _concluded(tenue, point, result),
        }
        if act.rapporteur:
            person = tenue.pen.person(act.rapporteur)
            said["rapporteur"] = tenue.pen.typographie(
                f"{voice.agreed('Rapporteur', [person])} : {person.with_fonction}"
            )
        if point.debat is not None and point.debat.suite:
            return said
        scrutin, moment = point.examen.scrutin, point.examen.moment
        if scrutin is not None and moment is not None:
            rows = votes.rows(tenue.pen, scrutin, moment)
            said["voix"] = [row for row in rows if row["noms"]]
        return said | _dispositif(tenue, point, act.decisions)


def _concluded(tenue: Tenue, point: Point, result: str) -> str:
    """« Vote à main levée : délibération adoptée à l’unanimité. »"""
    scrutin = point.examen.scrutin if point.examen else None
    if scrutin is None:
        return tenue.pen.typographie(f"{result}.")
    mode = "Délibération " if scrutin.mode == "secret" else f"{votes.MODES[scrutin.mode]} : délibération "
    return tenue.pen.typographie(f"{mode}{voice.minuscule_initiale(result)}.")


def _dispositif(tenue: Tenue, point: Point, decisions: tuple[Decision, ...]) -> Context:
    """« Le conseil communautaire, après en avoir délibéré, décide : », then the decisions as one list."""
    body, forms = voice.the(tenue.nom), {pages.form(one.texte) for one in decisions}
    vote = point.act.value.vote if point.act else None
    if vote is not None and vote.prend_acte:
        noted = pages.as_noted(decisions, listed=True)
        listed = pages.items(point.pen, noted, "decisions") if noted else Prose()
        return {"formule": _formula(tenue, f"{body} prend acte :") if listed else "", "decision": listed}
    if not decisions:
        return {}
    verb = " décide" if forms != {"verbe"} else ""
    if point.examen and point.examen.etat == "rejetee":
        verb = " rejette la proposition suivante"
    listed = pages.items(point.pen, decisions, "decisions")
    return {"formule": _formula(tenue, f"{body}, après en avoir délibéré,{verb} :"), "decision": listed}


def _formula(tenue: Tenue, text: str) -> str:
    return tenue.pen.typographie(voice.majuscule_initiale(text).replace(", :", " :"))


# --- the end ------------------------------------------------------------------------------------------------


def _end(tenue: Tenue) -> str:
    ended = tenue.sitting.seance.heure_fin
    hour = heure(ended, tenue.pen.profil) if ended else tenue.lack("l’heure de clôture")
    return tenue.pen.typographie(f"L’ordre du jour étant épuisé, la séance est levée à {hour}.")


def _settled(tenue: Tenue) -> str:
    """« Procès-verbal arrêté à la séance du 5 novembre 2026, publié le 10 novembre 2026. »"""
    acte, pen = tenue.acte, tenue.pen
    if acte.arret is None:
        return ""
    day = date_longue(acte.arret, pen.profil)
    online = f", publié le {date_longue(acte.publication, pen.profil)}" if acte.publication else ""
    return pen.typographie(f"Procès-verbal arrêté à la séance du {day}{online}.")

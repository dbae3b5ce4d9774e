"""Words that capitals lost the accents of (T22): written here as they must be, looked up without them.

Only words that are nothing else without their accent: EXCUSES, ARRETE, EXPOSE, COTE or Eleve are left to the
author, except inside the phrases at the end.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_CAPITALS: Final = """
RÉPUBLIQUE FRANÇAISE FRANÇAIS FRANÇAISES LIBERTÉ LIBERTÉS ÉGALITÉ FRATERNITÉ DÉPARTEMENT DÉPARTEMENTS
DÉPARTEMENTAL DÉPARTEMENTALE DÉPARTEMENTALES DÉPARTEMENTAUX DÉLIBÉRATION DÉLIBÉRATIONS DÉLIBÉRÉ DÉCIDE
DÉCIDENT DÉCISION DÉCISIONS DÉCRET DÉCRETS COMMUNAUTÉ COMMUNAUTÉS SÉANCE SÉANCES PRÉSENT PRÉSENTS PRÉSENTE
PRÉSENTES PRÉSENCE PRÉSENTATION REPRÉSENTÉ REPRÉSENTÉS REPRÉSENTÉES REPRÉSENTANT REPRÉSENTANTS
REPRÉSENTATION PRÉFECTURE PRÉFET PRÉFÈTE PRÉFECTORAL PRÉSIDENT PRÉSIDENTE PRÉSIDENTS PRÉSIDENTES PRÉSIDENCE
VICE-PRÉSIDENT VICE-PRÉSIDENTE VICE-PRÉSIDENTS VICE-PRÉSIDENTES SOUS-PRÉFECTURE SOUS-PRÉFET SOUS-PRÉFÈTE
SECRÉTAIRE SECRÉTAIRES SECRÉTARIAT GÉNÉRAL GÉNÉRALE GÉNÉRALES GÉNÉRAUX RÉSULTAT RÉSULTATS UNANIMITÉ MAJORITÉ
RÉGION RÉGIONS RÉGIONAL RÉGIONALE RÉGIONAUX PROCÈS-VERBAL PROCÈS-VERBAUX RÉUNION RÉUNIONS RÉUNI MÉDIATHÈQUE
BIBLIOTHÈQUE CRÈCHE CRÈCHES MICRO-CRÈCHE MICRO-CRÈCHES ÉCOLE ÉCOLES ÉTAT ÉTATS ÉDUCATION ÉDUCATIF ÉDUCATIVE
ÉDUCATIFS SANTÉ SÉCURITÉ SOCIÉTÉ SOCIÉTÉS COLLECTIVITÉ COLLECTIVITÉS INTERCOMMUNALITÉ ACTIVITÉ ACTIVITÉS
QUALITÉ QUALITÉS AUTORITÉ AUTORITÉS PUBLICITÉ MODALITÉS SOLIDARITÉ SOLIDARITÉS PROXIMITÉ PARENTALITÉ
MOBILITÉ MUTUALITÉ COMPTABILITÉ RESPONSABILITÉ IDENTITÉ PRIORITÉ PRIORITÉS LÉGALITÉ DURÉE ANNÉE ANNÉES PIÈCE
PIÈCES COMITÉ COMITÉS CONSIDÉRANT CONSIDÉRANTS APRÈS TRÈS RÈGLEMENT RÈGLEMENTS RÉGLEMENTAIRE RÉGLEMENTATION
RÉFÉRENCE RÉFÉRENCES RÉFÉRENT RÉFÉRENTS NUMÉRO NUMÉROS TÉLÉPHONE INTÉRÊT INTÉRÊTS CRÉATION CRÉATIONS MATIÈRE
MATIÈRES PÉRIODE PÉRIODES RÉMUNÉRATION ÉVALUATION ÉVALUATIONS ÉLU ÉLUS ÉLUE ÉLUES ÉLECTION ÉLECTIONS
ÉTABLISSEMENT ÉTABLISSEMENTS ÉQUIPE ÉQUIPES ÉQUIPEMENT ÉQUIPEMENTS ÉTUDE ÉTUDES ÉCONOMIE ÉCONOMIQUE ÉCOLOGIE
ÉNERGIE CARACTÈRE EXÉCUTOIRE EXÉCUTION CONTRÔLE DÉVELOPPEMENT AMÉNAGEMENT AMÉNAGEMENTS BÂTIMENT BÂTIMENTS
HÔTEL HÔPITAL PÔLE PÔLES RÔLE FÊTE FÊTES FORÊT ACCÈS FÉVRIER AOÛT DÉCEMBRE DÉLÉGUÉ DÉLÉGUÉS DÉLÉGUÉE
DÉLÉGUÉES DÉLÉGATION DÉLÉGATIONS CONSEILLÈRE CONSEILLÈRES CONVOQUÉS CONVOQUÉ RÉPARTITION DÉPENSE DÉPENSES
RECETTES FINANCIÈRE FINANCIÈRES COOPÉRATION GÉNÉRATION STRATÉGIE STRATÉGIQUE RÉSEAU RÉSEAUX DÉPÔT PROPRIÉTÉ
COORDONNÉES DÉNOMINATION DÉSIGNATION DÉMISSION DÉPLACEMENT DÉLAI DÉLAIS DÉPLIANT DÉBAT DÉBATS RÉCAPITULATIF
RÉCÉPISSÉ ÎLE-DE-FRANCE ÉTAT-CIVIL INTERMÉDIAIRE PRÉALABLE PRÉVISIONNEL PRÉVENTION PÉRISCOLAIRE
EXTRASCOLAIRE BÉNÉFICIAIRE BÉNÉFICIAIRES ALLOCATAIRES SUPPLÉANT SUPPLÉANTS SUPPLÉANTE SUPPLÉANTES VŒU VŒUX
ÉVÉNEMENT ÉVÉNEMENTS MÉNAGÈRES PERPÉTUITÉ MAÎTRE MAÎTRISE ÉNONCÉ ÉCHÉANCE ÉCHÉANCIER ÉTANT ÉTÉ
"""
_INITIALS: Final = """
État États État-major États-Unis Éducation Éducatif Éducative Établissement Établissements Évaluation
Évaluations Évaluer École Écoles Élu Élus Élue Élues Élection Élections Électoral Électorale Électeur
Électeurs Économie Économique Économiques Écologie Écologique Énergie Énergies Énergétique Équipe Équipes
Équipement Équipements Étude Études Étudiant Étudiants Étant Évolution Évolutions Éveil Éligible Éligibilité
Émission Égalité Également Église Églises Élargissement Élaboration Élaborer Électricité Électrique
Émargement Épargne Épicerie Étape Étapes Être Événement Événements Évènement Étranger Étrangers Étendue
Échéance Échéances Échéancier Échange Échanges Écrit Écrits Édition Époque Épreuve Équilibre Équitable
Équité Équivalent Étalement Étaient Était Éviter Évidemment Évidence Éventuel Éventuelle Éventuellement
Éventuels Éclairage Écoute Édifice Éducateur Éducatrice Éducateurs Élément Éléments Émanation Énumération
Éolien Éponge Érosion Étiage Évacuation Île Îles Île-de-France Œuvre
"""
_EXTRA: Final = {"Cafs": "Caf", "CAFs": "CAF"}


def _bare(word: str) -> str:
    """`word` without accents or ligatures."""
    plain = unicodedata.normalize("NFD", word).replace("œ", "oe").replace("Œ", "OE")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=1)
def accentues() -> dict[str, str]:
    """Bare word → word with its accents; partly accented spellings (`DÉLIBERATION`) are found too."""
    table = dict(_EXTRA)
    for word in (*_CAPITALS.split(), *_INITIALS.split()):
        table[_bare(word)] = word
        if word[0] in "ÉÀ":
            table["E" + word[1:]] = word  # only the capital lost its accent: Ecole is bare, Elément is not
            table[word[0] + _bare(word[1:])] = word
    return {bare: word for bare, word in table.items() if bare != word}

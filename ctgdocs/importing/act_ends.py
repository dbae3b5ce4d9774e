"""The words that end an act and that certify it: its place and day, who signs, the stamps of the préfecture,
the formulas that every act has."""

from __future__ import annotations

import re

from ctgdocs.importing.worded import DAY, compiled

ENDS = compiled(
    r"à\s+[A-ZÀ-Ý][^,\n]{1,40},\s+le\s+\d|ainsi\s+délibéré|(?:acte|(?:la\s+présente\s+)?délibération)\s+(?:transmi|publi|affich|rendu|certifi|reçu)\w*|(?:le|la)\s+(?:maire|présidente?)\s+certifie|visa\s+(?:de\s+la\s+)?(?:sous-)?préfecture|au\s+registre\b|(?:extrait|copie)\s+certifiée?|(?:ainsi\s+)?fait\s+(?:et\s+délibéré|à\b|au\b|le\b|en\s+(?:séance|mairie))|et\s+(?:publi|notifi|affich|transmi)|pour\s+(?:extrait|copie|expédition)|(?:le|la)\s+(?:maire|présidente?|secrétaire)\b\s*(?:de\s+séance)?[,.:]?\s*(?:(?:le|la)\s+secrétaire.*)?$|(?:acte\s+)?(?:rendue?|certifiée?|déclarée?)\s+exécutoire|acte\s+rendu|ont\s+signé|suivent\s+les\s+signatures|(?:transmis|publié|notifié|affiché|reçu|télétransmis)e?\b.{0,60}(?:le\b|:)|(?:la\s+présente\s+(?:délibération|décision)|le\s+présent\s+arrêté)\s+peut\s+faire|voies?\s+et\s+délais?|\(?cachet|signature\b",
)
SIGNS = re.compile(
    r"(?:Le|La|LE|LA)\s+(?:[Mm]aire|MAIRE|[Pp]résidente?|PR[EÉ]SIDENTE?|[Ss]ecrétaire)[^.,]{0,20},[^.]{0,40}[A-ZÀ-Ý]{3,}"
)
SIGNED = re.compile(
    r"\b(?:[Ll]e|[Ll]a)\s+(?:[Mm]aire|[Pp]résidente?)\s*,?\s+(?P<who>[A-ZÀ-Ý][^,.:;]{1,25}\s[A-ZÀ-Ý’'-]{3,}[^,.:;]{0,20})\.?$"
)
"""« Fait à …, le …. Le Président, Jean ROY », on one line."""
PRESIDES = compiled(r"(?:le|la|pour\s+l[ea])?\s*(?:maire|présidente?)\b")
TOWN_DAY = compiled(rf"[^\W\d_][\w’' -]{{2,50}},\s+le\s+(?:\w+di\s+)?(?:{DAY})\W*")
"""« Roquebelle, le 8 septembre 2025 »."""
STAMP = compiled(
    r"(?:date\s+d[e’']\s*(?:la\s+)?)?(?:(?:acte\s+)?(?:rendue?|certifiée?|déclarée?)\s+(?:\w+\s+)?exécutoire|accusé\s+de\s+réception"
    rf"|(?:envoyée?|reçue?|transmi\w+|télétransmi\w+|réception|affich\w+|publi\w+|notifi\w+|mise?\s+en\s+ligne)\b[^.\n]{{0,80}}?(?:{DAY}))[^\n]{{0,160}}"
    r"|id(?:entifiant)?\s*:\s*\d{3}-\d{9}-[\w-]+"
)
"""What certifies an act, wherever it was stamped on the page."""
OF_AN_ACT = compiled(r"préfecture|légalité|état|en\s+ligne|affich|publi|notifi|exécutoire|^id")
FORMULA = compiled(
    r"\W*(?:le\s+quorum\s+(?:étant|est)\s+(?:atteint|réuni|constaté).{0,160}|caractère\s+exécutoire\s*:.*"
    r"|(?:voies\s+et\s+délais\s+de\s+recours\s*:\s*)?(?:la\s+présente\s+délibération|le\s+présent\s+(?:arrêté|acte)|la\s+présente\s+décision)"
    r"\s+peut\s+faire\s+l[’']objet\s+d[’']un\s+recours.*|le\s+tribunal\s+(?:administratif\s+)?peut\s+être\s+saisi.{0,40}télérecours.*|fait\s+(?:et\s+délibéré|en\s+séance|à\b).{0,90}|pour\s+(?:extrait|copie)\s+(?:certifiée?\s+)?conforme.{0,60}"
    r"|(?:pour\s+)?(?:faire\s+)?(?:servir\s+et\s+)?valoir\s+ce\s+que\s+de\s+droit"
    r"|(?:extrait\s+du\s+)?registre\s+des\s+délibérations.{0,60}|projet\s+de\s+délibération"
    r"|(?:le|la|l[’'])\s*(?:conseil|comité|bureau|assemblée)[^,.]{0,80},?\s+après\s+en\s+avoir\s+délibéré"
    r"|(?:le|la)\s+(?:maire|présidente?|secrétaire)(?:\s+de\s+(?:la\s+)?séance)?|(?:les?\s+jours?,?\s+mois\s+et\s+an\s+(?:que\s+)?(?:dessus|susdits?))|au\s+registre\s+(?:sont|suivent)\s+les\s+signatures)\W*",
)
"""What the page of every act says by itself."""

"""Conventions, acts and fiches of houses that write otherwise: invented, each in a habit of its own."""

from __future__ import annotations

from habits import Cell, Made, paragraph

VISAS = (
    "Vu le code de l’action sociale et des familles, notamment ses articles L. 263-1 et L. 227-2 ;",
    "Vu la délibération du conseil communautaire n° 2021-112 du 14 octobre 2021 approuvant la démarche ;",
)
PREAMBLE = (
    "Le territoire réunit quatorze communes rurales autour du bourg de Montfaval. Les familles y "
    "travaillent loin "
    "de chez elles.",
    "Un diagnostic partagé a été conduit pendant dix mois avec les habitants et les associations.",
)
OBJECT = "La présente convention définit le projet commun des signataires. Elle couvre cinq années civiles."
DUTIES = (
    "mobiliser les moyens humains nécessaires au pilotage du projet ;",
    "partager chaque année les données utiles au suivi des familles ;",
    "associer les habitants aux décisions qui les concernent.",
)
STEERING = (
    "Le comité de pilotage se réunit deux fois par an à Montfaval. Il arrête le programme annuel d’actions."
)
MONEY = "La Caf verse une aide au pilotage de 24 000 € par an. Le versement intervient avant le 30 juin."
HOUSE = (
    "La Communauté de communes des Monts de Faval, dont le siège est 2 rue du Lavoir, 82992 Montfaval, "
    "représentée "
    "par son président, Monsieur Éloi CASSAGNAC, ci-après dénommée « la communauté de communes »"
)
CAF = (
    "La Caisse d’allocations familiales du Favalais, représentée par sa directrice, Madame Nadia "
    "BELHOMME, ci-après "
    "dénommée « la Caf »"
)
MADE = "Fait à Montfaval, le 17 novembre 2021, en deux exemplaires."


def roman_capitals() -> Made:
    """Bold capitals after roman numerals, parties side by side, fiches with merged cells."""
    made = Made("convention").head("CONVENTION TERRITORIALE GLOBALE", "2022 – 2026", "DES MONTS DE FAVAL")
    made.table(("ENTRE\n" + HOUSE, "ET\n" + CAF), measured=False).text(*VISAS)
    made.head("PRÉAMBULE", centred=False).text(*PREAMBLE).line("IL A ÉTÉ CONVENU CE QUI SUIT :")
    made.head("I – OBJET DE LA CONVENTION", centred=False).text(OBJECT)
    made.head("II – ENGAGEMENTS DES SIGNATAIRES", centred=False).line("Chaque signataire s’engage à :")
    made.text(*DUTIES, mark="- ").head("III – PILOTAGE", centred=False).text(STEERING)
    made.head("IV – MOYENS FINANCIERS", centred=False).text(MONEY)
    made.head("V – DURÉE", centred=False).text(
        "La convention prend effet le 1er janvier 2022 et s’achève le 31 décembre 2026."
    )
    made.line(MADE).table(("Le président,\nÉloi CASSAGNAC", "La directrice,\nNadia BELHOMME"), measured=False)
    made.head("ANNEXE 1 – PLAN D’ACTIONS", centred=False)
    for rank, (title, pilot, cost) in enumerate(FICHES, 1):
        made.table(
            (Cell(f"FICHE ACTION N° {rank} : {title}", span=4, bold=True),),
            (Cell("Axe 1 – Grandir", span=4),) if rank < 3 else (Cell("Axe 2 – Se rencontrer", span=4),),
            ("Pilote", pilot, "Coût", cost),
            (Cell("Constat"), Cell(f"Les familles de la zone {rank} manquent de solutions proches.", span=3)),
            (
                Cell("Description", merged="restart"),
                Cell(f"Ouvrir la première étape du projet {rank} à la rentrée.", span=3),
            ),
            (
                Cell("", merged="continue"),
                Cell(f"Étendre ensuite le projet {rank} aux autres bourgs.", span=3),
            ),
        )
    return made


FICHES = (
    ("Créer une halte d’enfants itinérante", "Communauté de communes", "38 500 €"),
    ("Soutenir les assistantes maternelles", "Caf du Favalais", "9 200 €"),
    ("Ouvrir un café des parents", "Association La Passerelle", "12 750 €"),
)


def titles_in_cells() -> Made:
    """Each article's title in a table of one cell; parties under « d’une part » ; plan of one row an "
    "action."""
    made = Made("convention")
    made.table(
        (Cell("CONVENTION TERRITORIALE GLOBALE\nMonts de Faval\n2022-2026", bold=True),), measured=False
    )
    made.line("ENTRE", f"{HOUSE},", "d’une part,", "ET", f"{CAF},", "d’autre part,").text(*VISAS)
    made.table((Cell("Préambule", bold=True),), measured=False).text(*PREAMBLE)
    for title, texts in (
        ("Article 1 : Objet", (OBJECT,)),
        ("Article 2 : Gouvernance", (STEERING,)),
        ("Article 3 : Financement", (MONEY,)),
        ("Article 4 : Durée", ("La convention est conclue du 1er janvier 2022 au 31 décembre 2026.",)),
    ):
        made.table((Cell(title, bold=True),), measured=False).text(*texts)
    made.line(MADE, "Pour la communauté de communes\t\tPour la Caf", "Éloi CASSAGNAC\t\tNadia BELHOMME")
    made.head("Annexe : plan d’actions", centred=False).table(
        ("Axes", "N°", "Intitulé de l’action", "Porteur", "Objectifs", "Budget prévisionnel", "Échéances"),
        (Cell("Grandir", merged="restart"), "1", "Créer une halte\nd’enfants itinérante",
         "Communauté\nde communes",
         "- accueillir les enfants de moins de trois ans\n- former l’équipe aux gestes",
         "38 500 €", "2023"),
        (Cell("", merged="continue"), "2", "Soutenir les assistantes maternelles", "Caf",
         "- ouvrir un relais dans chaque ancien canton", "9 200 €", "2022-2024"),
        ("Se rencontrer", "3", "Ouvrir un café des parents", "Association La Passerelle",
         "- tenir une permanence le samedi matin", "12 750 €", "2024"),
        (Cell("TOTAL", span=5), "60 450 €", ""),
    )  # fmt: skip
    return made


def bold_sentences() -> Made:
    """A COF: titles underlined by nothing, « ARTICLE PREMIER », run-in titles, letters as sub-titles."""
    made = Made("convention").head("CONVENTION D’OBJECTIFS ET DE FINANCEMENT", "Relais petite enfance")
    made.line("Entre les soussignés :", f"{HOUSE}, d’une part,", "et", f"{CAF}, d’autre part,")
    made.line("Il est convenu ce qui suit :")
    made.text(OBJECT, run_in="ARTICLE PREMIER – OBJET. ")
    made.head("ARTICLE 2 – ENGAGEMENTS DU GESTIONNAIRE", centred=False)
    made.line("2.1 – Au regard de l’activité", bold=True).text(
        "Le gestionnaire met en œuvre un service de qualité accessible à tous."
    )
    made.line("2.2 – Au regard du public", bold=True).text(
        "Le gestionnaire informe les familles des tarifs par affichage dans ses locaux."
    )
    made.head("ARTICLE 3 – ENGAGEMENTS DE LA CAF", centred=False).text(MONEY)
    made.line("Le versement suppose :").text(
        "la production du budget avant le 31 mars ;", "la transmission du bilan avant le 30 avril.", mark="• "
    )
    made.head("ARTICLE 4 – DURÉE", centred=False).text(
        "La présente convention est conclue du 1er janvier 2024 au 31 décembre 2027."
    )
    return made.line("Fait à Montfaval, le 12 décembre 2023", "Le président\t\t\tLa directrice")


def of_a_ccas() -> Made:
    made = Made("deliberation").head(
        "CENTRE COMMUNAL D’ACTION SOCIALE DE BRANDOUX", "EXTRAIT DU REGISTRE DES"
    )
    made.head("DÉLIBÉRATIONS DU CONSEIL D’ADMINISTRATION").line(
        "L’an deux mille vingt-trois, le dix-huit avril à dix-huit heures, le conseil d’administration "
        "du CCAS s’est réuni "
        "sous la présidence de Mme Odette MARSAC, présidente.",
        "Présents : Mmes Odette MARSAC, Lucie PRAT, MM. Jean VIDAL, Hugo TERRAL",
        "Absents excusés : M. Rémi COSTE, pouvoir à Mme Lucie PRAT",
        "Délibération n° 2023-09",
        "Objet : Aide au chauffage des foyers modestes",
    )
    made.text("Vu le code de l’action sociale et des familles, notamment son article L. 123-5 ;")
    made.text(
        "Madame la Présidente expose au conseil que les demandes d’aide ont doublé en un an.",
        "Le centre souhaite étendre l’aide au chauffage aux retraités du bourg.",
    )
    made.line("Après en avoir délibéré, le conseil d’administration, à l’unanimité,", "DÉCIDE :")
    made.text(
        "de porter l’aide au chauffage à 150 € par foyer et par hiver ;",
        "d’inscrire les crédits nécessaires au budget du centre.",
        mark="- ",
    )
    return made.line(
        "Fait et délibéré à Brandoux, les jour, mois et an que dessus.", "La présidente,", "Odette MARSAC"
    )


def of_a_syndicat() -> Made:
    made = Made("deliberation").head("SYNDICAT INTERCOMMUNAL DES EAUX DU VERNOU", "Séance du 6 février 2024")
    made.line(
        "Nombre de délégués en exercice : 12 – Présents : 9 – Votants : 10",
        "Date de convocation : 30 janvier 2024",
        "Le six février deux mille vingt-quatre à vingt heures trente, le comité syndical, légalement "
        "convoqué, s’est "
        "réuni à la mairie de Vernou sous la présidence de M. Marc LAFFONT.",
        "Secrétaire de séance : Mme Anne BRUN",
        "N° 2024/03 – Tarifs de l’eau pour 2024",
    )
    made.text(
        "Monsieur le Président rappelle que le prix du mètre cube n’a pas changé depuis quatre ans.",
        "Il propose d’aligner le tarif sur le coût réel du service.",
    )
    made.text("Considérant que l’équilibre du budget annexe doit être assuré par les redevances ;")
    made.line(
        "Le comité syndical, ouï l’exposé du président et après en avoir délibéré, par 8 voix pour et 2 "
        "contre :"
    )
    made.text(
        "FIXE le prix du mètre cube à 1,85 € à compter du 1er mars 2024 ;",
        "AUTORISE le président à signer tout document utile.",
        mark="➢ ",
    )
    return made.line("Pour extrait conforme,", "Le président, Marc LAFFONT")


def of_a_commune() -> Made:
    """« Le Maire expose »: the exposé in the mouth of the maire, decisions by article."""
    made = Made("deliberation").head(
        "RÉPUBLIQUE FRANÇAISE", "COMMUNE DE LARDENNE", "DÉLIBÉRATION DU CONSEIL MUNICIPAL"
    )
    made.head("N° 2022-41").line("Séance du 30 juin 2022").head(
        "OBJET : ADHÉSION AU SERVICE COMMUN DE MÉDIATHÈQUE"
    )
    made.line(
        "Étaient présents : M. Guy RIVAL, maire, Mme Inès COLL, M. Paul DAST, Mme Ève NOYER",
        "Absente : Mme Rose AVENEL",
        "M. Paul DAST a été élu secrétaire de séance.",
    )
    made.line("Le Maire expose :", bold=True).text(
        "La médiathèque intercommunale ouvrira ses portes à l’automne. Son fonctionnement sera partagé "
        "entre neuf "
        "communes.",
        "La participation annuelle de la commune est estimée à 4 300 €.",
    )
    made.text("Vu le code général des collectivités territoriales, notamment son article L. 5211-4-2 ;")
    made.text("Vu l’avis favorable de la commission culture du 14 juin 2022 ;")
    made.line(
        "Le conseil municipal, entendu l’exposé du maire, après en avoir délibéré, à la majorité (3 "
        "voix pour, 1 abstention) :"
    )
    made.text("Approuve l’adhésion de la commune au service commun de médiathèque.", run_in="Article 1 : ")
    made.text("Dit que la dépense sera imputée au chapitre 011 du budget.", run_in="Article 2 : ")
    made.text("Autorise Monsieur le Maire à signer la convention correspondante.", run_in="Article 3 : ")
    return made.line("Ainsi fait et délibéré les jour, mois et an susdits.", "Le Maire, Guy RIVAL")


def an_arrete() -> Made:
    made = (
        Made("arrete")
        .head("COMMUNE DE LARDENNE", "ARRÊTÉ MUNICIPAL N° 2024-017")
        .head("PORTANT RÉGLEMENTATION DE LA CIRCULATION RUE DES TANNEURS")
    )
    made.line("Le Maire de la commune de Lardenne,").text(
        "Vu le code général des collectivités territoriales, et notamment ses articles L. 2213-1 à L. "
        "2213-6 ;",
        "Vu le code de la route, notamment son article R. 411-8 ;",
        "Considérant que les travaux du réseau d’eau imposent de fermer la rue pendant dix jours,",
    )
    made.head("ARRÊTE :")
    made.text("La circulation est interdite rue des Tanneurs du 3 au 14 juin 2024.", run_in="Article 1er – ")
    made.text(
        "Une déviation est mise en place par la rue du Four. Les riverains gardent l’accès à leur domicile.",
        run_in="Article 2 – ",
    )
    made.text(
        "La signalisation réglementaire est posée par l’entreprise chargée des travaux.",
        run_in="Article 3 – ",
    )
    return made.line("Fait à Lardenne, le 27 mai 2024", "Le Maire,", "Guy RIVAL")


def from_minutes() -> Made:
    """An extract of the minutes: the question by its number, the debate, the vote in a sentence."""
    made = Made("deliberation").head(
        "EXTRAIT DU PROCÈS-VERBAL", "DE LA SÉANCE DU CONSEIL COMMUNAUTAIRE DU 12 MARS 2024"
    )
    made.line(
        "Communauté de communes des Monts de Faval",
        "Présents : M. CASSAGNAC Éloi, Mme PUJOL Marthe, M. FABRE Luc",
        "Excusés : Mme ROQUES Irène a donné pouvoir à M. FABRE Luc",
        "Secrétaire de séance : Mme PUJOL Marthe",
    )
    made.head("Délibération n° 2024-027 : Subvention à l’association La Passerelle", centred=False)
    made.text(
        "Monsieur le Président présente la demande de l’association, qui tient le café des parents.",
        "Madame Pujol demande si le bilan de l’année passée a été transmis. Il lui est répondu qu’il "
        "est joint au dossier.",
    )
    made.line("Après en avoir délibéré, le conseil communautaire décide, par 3 voix pour et 1 abstention :")
    made.text(
        "d’attribuer à l’association une subvention de 2 500 € pour l’année 2024 ;",
        "de verser cette somme en une fois après signature de la convention.",
        mark="1) ",
    )
    return made.line("Pour copie conforme,", "Le président,", "Éloi CASSAGNAC")


def a_post_in_a_table() -> Made:
    return (
        Made("fiche_de_poste")
        .head("FICHE DE POSTE")
        .table(
            ("Intitulé du poste", "Coordinatrice enfance-jeunesse"),
            ("Service", "Pôle des services à la population"),
            ("Catégorie", "B"),
            ("Temps de travail", "35 heures"),
            (
                "Missions principales",
                "- animer le réseau des accueils de loisirs du territoire\n- suivre les conventions "
                "signées avec la Caf\n"
                "- préparer les comités de pilotage et leurs bilans",
            ),
            ("Savoirs", "- connaître la réglementation des accueils collectifs de mineurs"),
            (
                "Savoir-faire",
                "- conduire une réunion de partenaires aux intérêts divers\n- tenir un budget de service",
            ),
            ("Savoir-être", "- faire preuve de discrétion et de sens de l’écoute"),
            ("Conditions d’exercice", "Déplacements fréquents sur les quatorze communes du territoire."),
        )
    )


def numbers_dash():
    made = Made("convention").head("CONVENTION DE PARTENARIAT", "« Lire en chemin »")
    made.line(
        "Entre les soussignés :",
        f"{HOUSE}, d’une part,",
        "Et :",
        "L’association Lire en chemin, dont le siège est 4 place du Puits, 82992 Montfaval, "
        "représentée par sa présidente, Mme Ida CLAVEL, d’autre part,",
        "Il a été arrêté et convenu ce qui suit :",
    )
    made.line("1 - OBJET", bold=True).text(OBJECT)
    made.line("2 - ENGAGEMENTS", bold=True).line("2.1 - De la communauté de communes", bold=True).text(
        "La communauté de communes met à disposition un local chauffé de quarante mètres carrés."
    )
    made.line("2.2 - De l’association", bold=True).text(
        "L’association assure deux permanences chaque semaine en période scolaire.",
        "Elle tient un registre des prêts et le présente à toute demande.",
    )
    made.line("3 - DURÉE", bold=True).text(
        "La convention est conclue pour trois ans à compter du 1er septembre 2023."
    )
    made.line("4 - RÉSILIATION", bold=True).text(
        "Chacune des parties peut résilier la convention par lettre recommandée avec un préavis de deux mois."
    )
    return made.line(
        "Fait en deux exemplaires à Montfaval, le 4 juillet 2023.",
        "Pour la communauté de communes,",
        "Le président, Éloi CASSAGNAC",
        "Pour l’association,",
        "La présidente, Ida CLAVEL",
    )


def article_alone():
    made = Made("convention").head("PROJET ÉDUCATIF DE TERRITOIRE", "Convention 2021-2024")
    made.line(
        "ENTRE",
        "La commune de Brandoux, représentée par son maire, Madame Odette MARSAC, dûment habilitée "
        "par délibération du 8 juin 2021,",
        "ET",
        "Le préfet du Favalais, Monsieur Yves LAND,",
        "ET",
        "La directrice académique des services de l’éducation nationale, Madame Sophie ARNAL,",
    )
    made.text("Vu le code de l’éducation, notamment ses articles L. 551-1 et R. 551-13 ;")
    made.line("Il est convenu ce qui suit :")
    for n, (t, x) in enumerate(
        (
            ("Objet de la convention", OBJECT),
            (
                "Périmètre et public",
                "Le projet concerne les enfants scolarisés de trois à onze ans de la commune.",
            ),
            ("Pilotage", STEERING),
            (
                "Durée",
                "La présente convention est établie pour trois ans, du 1er septembre 2021 au 31 août 2024.",
            ),
        ),
        1,
    ):
        made.line(f"Article {n}", bold=True).line(t, bold=True).text(x)
    return made.line("À Brandoux, le 30 juin 2021", "Le maire", "Le préfet", "La directrice académique")


def horizontal_fiches():
    made = Made("convention").head("CONVENTION TERRITORIALE GLOBALE 2022-2026")
    made.line("Entre", f"{HOUSE},", "et", f"{CAF},", "Article 1 – Objet").text(OBJECT)
    made.line("Article 2 – Durée").text("La convention court du 1er janvier 2022 au 31 décembre 2026.")
    made.line(MADE).head("ANNEXE 2 : FICHES ACTIONS", centred=False)
    for rank, (t, p, c) in enumerate(FICHES, 1):
        made.line(f"Fiche action n°{rank} : {t}", bold=True)
        made.table(
            ("Pilote", "Partenaires", "Calendrier", "Coût total"), (p, "Écoles\nAssociations", "2023-2024", c)
        )
        made.table(
            ("Objectifs",),
            (f"- atteindre le but premier de la fiche {rank}\n- atteindre le second but de la fiche {rank}",),
        )
    return made


def breaks_in_visas():
    made = (
        Made("deliberation")
        .head("Commune de Lardenne")
        .table(("Nombre de membres en exercice : 15", "Présents : 11", "Votants : 12"), measured=False)
    )
    made.line(
        "DELIBERATION N° 2023/045",
        "Séance du 21 septembre 2023",
        "L’an deux mille vingt-trois et le vingt et un septembre, à 20 heures 30, le Conseil "
        "Municipal de la commune s’est réuni en session ordinaire à la mairie, sous la présidence de "
        "M. Guy RIVAL, Maire.",
        "Présents : G. RIVAL, I. COLL, P. DAST, E. NOYER",
        "Excusé ayant donné procuration : R. AVENEL à I. COLL",
        "Secrétaire de séance : Paul DAST",
        "Objet : Convention avec la bibliothèque départementale",
    )
    grounds = (
        "Vu le code général des collectivités territoriales et notamment son article L. 2121-29,",
        "Vu le schéma départemental de lecture publique adopté le 3 mars 2022,",
        "Considérant l’intérêt de renouveler le fonds de la bibliothèque du village,",
    )
    made.body.append(paragraph("\v".join(grounds)))
    for one in grounds:
        made.said(one)
    made.text("Le Maire donne lecture du projet de convention transmis par le Département.")
    made.line(
        "Ayant entendu l’exposé de Monsieur le Maire, le Conseil Municipal, à l’unanimité des membres "
        "présents et représentés :"
    )
    made.text(
        "ACCEPTE les termes de la convention annexée à la présente délibération,",
        "DONNE pouvoir au Maire pour la signer au nom de la commune.",
        mark="- ",
    )
    return made.line(
        "Ont signé au registre tous les membres présents.",
        "Le Maire",
        "Guy RIVAL",
        "Acte rendu exécutoire après dépôt en préfecture le 25/09/2023 et publication le 26/09/2023",
    )


def arretons():
    made = Made("arrete").head(
        "DÉPARTEMENT DU FAVALAIS",
        "Communauté de communes des Monts de Faval",
        "ARRÊTÉ DU PRÉSIDENT n° 2022-AR-008",
        "Objet : Délégation de signature à la directrice des services",
    )
    made.line("Le Président de la Communauté de communes,").text(
        "Vu le code général des collectivités territoriales, et notamment son article L. 5211-9 ;",
        "Vu le procès-verbal d’élection du président en date du 10 juillet 2020 ;",
    )
    made.line("ARRÊTONS")
    made.text(
        "Délégation de signature est donnée à Mme Sylvie ORTAL, directrice générale des services.",
        run_in="Art. 1er. - ",
    )
    made.text(
        "Cette délégation porte sur les bons de commande inférieurs à 4 000 € hors taxes.",
        run_in="Art. 2. - ",
    )
    made.text(
        "Le présent arrêté sera affiché au siège et transmis au représentant de l’État.", run_in="Art. 3. - "
    )
    return made.line(
        "Fait à Montfaval, le premier février deux mille vingt-deux.", "Le Président,", "Éloi CASSAGNAC"
    )


def decision():
    made = Made("arrete").head(
        "DÉCISION DU PRÉSIDENT N° D2023-12", "prise en application de l’article L. 5211-10 du CGCT"
    )
    made.line("Objet : Location d’un local pour le relais petite enfance", "Le Président,").text(
        "Vu la délibération du 16 juillet 2020 portant délégation du conseil au président ;",
        "Considérant le besoin d’un local provisoire pendant les travaux ;",
    )
    made.line("DÉCIDE")
    made.text(
        "de louer un local de soixante mètres carrés rue du Four pour une durée de huit mois ;",
        "de verser un loyer mensuel de 420 € charges comprises.",
        mark="– ",
    )
    return made.line("Fait à Montfaval, le 3 avril 2023", "Le Président, Éloi CASSAGNAC")


def an_offer():
    made = Made("offre").head("OFFRE D’EMPLOI", "Un animateur ou une animatrice jeunesse (h/f)")
    made.line(
        "Employeur : Communauté de communes des Monts de Faval",
        "Lieu : Montfaval",
        "Grade : adjoint d’animation",
        "Temps de travail : temps complet",
        "Date limite de candidature : 15/06/2024",
    )
    made.line("Missions :", bold=True).text(
        "Accueillir les jeunes de onze à dix-sept ans pendant les vacances scolaires",
        "Construire avec eux un programme de sorties et de chantiers",
        mark="• ",
    )
    made.line("Profil recherché :", bold=True).text(
        "Titulaire du BAFA ou d’un diplôme équivalent",
        "Capacité à travailler en soirée et certains samedis",
        mark="• ",
    )
    return made.text("Envoyer lettre et curriculum vitae à Monsieur le Président avant la date limite.")


WORD_FILES = (
    roman_capitals,
    titles_in_cells,
    bold_sentences,
    of_a_ccas,
    of_a_syndicat,
    of_a_commune,
    an_arrete,
    from_minutes,
    a_post_in_a_table,
    numbers_dash,
    article_alone,
    horizontal_fiches,
    breaks_in_visas,
    arretons,
    decision,
    an_offer,
)


# --- A CTG of thirty pages


ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
SUBJECTS = (
    "la petite enfance", "la parentalité", "l’accès aux droits", "la jeunesse", "le logement",
    "l’animation de la vie sociale",
    "le handicap", "la mobilité des familles", "l’égalité entre les femmes et les hommes", "la culture "
    "de proximité",
    "la santé des enfants", "le numérique", "le soutien aux aidants", "la formation des bénévoles",
)  # fmt: skip
ACTS = (
    "recense les besoins", "coordonne les équipes", "publie un état des lieux", "réunit les acteurs",
    "forme les professionnels", "informe les familles", "évalue les effets", "soutient les associations",
)  # fmt: skip
REASONS_WHY = (
    "afin que chaque bourg dispose d’un service à moins de quinze kilomètres",
    "de sorte que les horaires suivent le travail des parents",
    "pour que les plus isolés soient rencontrés chez eux au moins une fois l’an",
    "sans que la charge retombe sur les communes les plus petites",
)


def _pages(rank: int, subject: str) -> list[str]:
    """The paragraphs of an article of about a page and a half."""
    said = []
    for at in range(9):
        act, other = ACTS[(rank + at) % len(ACTS)], ACTS[(rank + 3 * at + 1) % len(ACTS)]
        said.append(
            f"Au titre du point {rank}.{at + 1}, chaque signataire {act} sur {subject}, "
            f"{REASONS_WHY[at % 4]}, et en rend compte au comité de pilotage suivant. "
            f"Le comité {other} avec le service désigné pour le point {rank}.{at + 1}, "
            f"{REASONS_WHY[(at + 1) % 4]}, puis arrête avec les communes la suite qu’il donne à ce travail."
        )
    return said


def long_roman() -> Made:
    """Thirty pages, bold capitals after roman numerals, parties side by side, the signatures in a table."""
    made = Made("convention").head("CONVENTION TERRITORIALE GLOBALE", "2022 – 2026")
    made.table(("ENTRE\n" + HOUSE, "ET\n" + CAF), measured=False).text(*VISAS)
    made.head("PRÉAMBULE", centred=False).text(*PREAMBLE).line("IL A ÉTÉ CONVENU CE QUI SUIT :")
    for rank, subject in enumerate(SUBJECTS, 1):
        roman = ROMANS[rank - 1]
        made.head(f"{roman} – {subject.upper()}", centred=False).text(*_pages(rank, subject))
    made.head("XV – DURÉE", centred=False).text(
        "La convention prend effet le 1er janvier 2022 et s’achève le 31 décembre 2026."
    )
    return made.line(MADE).table(
        ("Le président,\nÉloi CASSAGNAC", "La directrice,\nNadia BELHOMME"), measured=False
    )


def long_cells() -> Made:
    """Thirty pages, the title of each article in a table of one cell, typed numbers, lists typed by hand."""
    made = Made("convention")
    made.table((Cell("CONVENTION TERRITORIALE GLOBALE\n2022-2026", bold=True),), measured=False)
    made.line("ENTRE", f"{HOUSE},", "d’une part,", "ET", f"{CAF},", "d’autre part,").text(*VISAS)
    made.table((Cell("Préambule", bold=True),), measured=False).text(*PREAMBLE)
    for rank, subject in enumerate(SUBJECTS, 1):
        made.table((Cell(f"Article {rank} : {subject[0].upper()}{subject[1:]}", bold=True),), measured=False)
        first, *others = _pages(rank, subject)
        made.text(first).text(*others[:3], mark="- ").text(*others[3:])
    made.table((Cell("Article 15 : Durée", bold=True),), measured=False)
    made.text("La convention est conclue du 1er janvier 2022 au 31 décembre 2026.")
    return made.line(
        MADE, "Pour la communauté de communes\t\tPour la Caf", "Éloi CASSAGNAC\t\tNadia BELHOMME"
    )


LONG_FILES = (long_roman, long_cells)

"""Two fiches that other hands would write, in other fields: they must fit without a new field."""

AGENT_TECHNIQUE = """
    intitule: Agent(e) technique polyvalent(e) – espaces verts et bâtiments
    numero: ST-12
    service: Services techniques
    lieu: Centre technique municipal, 4 chemin des Prés
    autres_lieux: [école du Bourg, cimetière, stade]
    a_pourvoir: dès que possible
    contrat: {emploi: Emploi permanent, motif: départ en retraite, article: L. 332-14}
    cadre_statutaire: {categories: C, cadres_d_emplois: Adjoints techniques, grades: [Adjoint technique,
      Agent de maîtrise], filiere: technique}
    temps_de_travail:
      quotite: Temps complet
      annuel: 1 607 h
      horaires:
        - {nom: Été, lundi: 6h-13h, mardi: 6h-13h, mercredi: 6h-13h, jeudi: 6h-13h, vendredi: 6h-13h}
        - {nom: Hiver, lundi: 8h-12h et 13h30-16h30, mardi: 8h-12h et 13h30-16h30,
           mercredi: "8h-12h, 13h30-16h30", jeudi: "8h-12h / 13h30-16h30",
           vendredi: {matin: 8h-12h, apres_midi: 13h30-16h30}}
      astreintes: viabilité hivernale, une semaine sur trois
    encadrement: non
    superieurs: [le responsable des services techniques, {qui: l’adjoint aux travaux, lien: fonctionnel}]
    missions: Entretenir les espaces verts et les bâtiments de la commune.
    activites:
      Espaces verts:
        - tondre, tailler, désherber
        - entretenir le matériel:
            - affûter
            - vidanger
      Bâtiments:
        - Petite maçonnerie : enduits, reprises
        - texte: peinture
          points: [intérieure, extérieure]
    competences: {Savoirs: [règles de sécurité], Savoir-faire: [lire un plan]}
    conditions: Travail en extérieur par tous les temps.
    risques:
      - {titre: Risques physiques, points: [bruit, vibrations, chutes]}
      - {titre: Risques chimiques, texte: Produits phytosanitaires interdits depuis 2017.}
    moyens: [tondeuse, camion-benne, équipements de protection individuelle]
    sections:
      - {titre: Habilitations et permis, apres: competences, points: [permis B, CACES R482 A, BR]}
      - {titre: Vaccinations, texte: Tétanos à jour.}
    signatures: {autorite: Le maire}
"""

DIRECTRICE_DE_CRECHE = """
    intitule: Directrice ou directeur de l’établissement d’accueil du jeune enfant « Les Lucioles » (h/f)
    employeur: {nom: CCAS de Montbel, adresse: [2 place de l’Église, 09600 Montbel], departement: "09"}
    contrat: {emploi: Emploi permanent, motif: mutation, article: L332-8 2°, duree: 3 ans}
    cadre_statutaire: {categories: A, grades: [Éducatrice de jeunes enfants, Puéricultrice]}
    temps_de_travail: {hebdomadaire: 39 h, artt: 23,
      cycles: "Ouverture de 7 h 30 à 18 h 30, du lundi au vendredi."}
    teletravail: une demi-journée par semaine
    remuneration: selon grille, NBI, RIFSEEP
    superieurs: la directrice du CCAS
    contexte: |
      L’établissement compte **30 berceaux** et 11 agents.

      | Section | Enfants |
      | --- | --- |
      | Bébés | 10 |
      | Grands | 20 |
    missions:
      titre: Raison d’être du poste
      texte: Garantir la qualité d’accueil de chaque enfant.
    activites:
      - Diriger l’établissement:
          - Encadrer l’équipe:
              - plannings
              - entretiens professionnels
          - Suivre le budget:
              - prestation de service unique (Psu)
      - Accueillir les familles
    objectifs:
      - {annee: 2026, points: [écrire le projet d’établissement]}
      - {annee: 2027, points: [ouvrir dix places]}
    profil: {texte: "Diplôme d’État d’EJE ou de puériculture :", points: [trois ans d’expérience]}
    indicateurs: [taux d’occupation, taux de facturation]
    offre:
      publication: 2026-04-01
      limite: 2026-05-10
      candidature:
        courriel: ccas@montbel.fr
        lien: https://www.montbel.fr/emploi
        pieces: CV et lettre de motivation
    a_pourvoir: 2026-09-01
    titres: {indicateurs: Critères d’appréciation}
    hors_offre: [indicateurs]
"""

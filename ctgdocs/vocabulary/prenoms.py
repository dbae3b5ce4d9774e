"""The prénoms that everyone knows: where a name is written in one case, they tell which of its words is the
prénom. Those that are as often a nom (Martin, Laurent, Vincent) are left out: they tell nothing."""

from __future__ import annotations

from ctgdocs.french import slug

_WORDS = """
    abdel abdelkader abdou abel achille adel adele adeline adrien adrienne agathe agnes ahmed aicha aimee
    alain alban albane alberte albin alexandra alexandre alexia alexis alfred ali alice aline alix
    amandine amaury amelie amina amine amir anais anatole andrea andree andrei angele angelique anicet
    anita anna annabelle anne annick annie anouk anthony antoine antoinette antonin antonio apolline
    ariane aristide arlette armande armel armelle arnaud arsene astrid aude audrey augustin aurelie
    aurelien axel axelle aymeric beatrice benedicte benjamin berenice bernadette berthe bilal blandine
    boris brice brigitte bruno camille candice carine carla carlos carole caroline catherine cecile cedric
    celeste celia celine chantal charlene charline charlotte christel christelle christian christiane
    christine christophe cindy claire clara clarisse claude claudette claudine clea clementine cleo
    clotilde colette coline constance corentin corinne cyprien cyril cyrille damien daniel daniele
    danielle daphne deborah delphine denise desire desiree didier dimitri dimitry dina djamel dolores
    dominique donatien dorian doriane dorothee edgar edith edmond edouard edwige elena eliane elias elie
    eliette elisa elisabeth elise eliza ella elodie eloise elsa elvire emeline emeric emile emilie emilien
    emma emmanuel emmanuelle enzo eric erica erika ernest erwan esteban estelle esther etienne etiennette
    eugene eugenie eva eve eveline evelyne fabien fabienne fabrice fanny farid fatiha fatima fatou felicie
    fernande fiona flavie flavien flora florence florian floriane francine francis franck francois
    francoise fred frederic frederique gabin gabriel gabrielle gael gaelle gaetan gaston genevieve
    geoffrey georgette gerald geraldine ghislain ghislaine gilberte gilles ginette gisele gregoire gregory
    guilhem guy gwenaelle gwendoline habib hadrien hafida hamid hamza hassan helena helene heloise henri
    henriette herve hicham honorine hortense hugo huguette ibrahim ida ilona ines irene iris isabelle
    ismael ivan jackie jacky jacqueline jade jamal jamila jason jean jeanine jeanne jeannine jennifer
    jeremie jeremy jerome jessica joan joana joanna jocelyne joel joelle joffrey johan johanna johnny
    jonathan jose josee josephine josette josiane josselin josue juan jude judith jules julia julie julien
    juliette justine kamel karim karima karine karl katia kelly kenza kevin khadija khaled laetitia lara
    laura laure laurence laurent laurie laurine lea leila lena leo leone leonie leslie leticia lila lilian
    liliane lina linda line linh lionel lisa lise loic lola lorenzo louis louisa louise louisette louka
    luc luca luce lucette lucie lucien lucienne ludivine ludovic luis lydia lydie lylou mael maeline
    maelle maeva magali magalie mahaut malika malo manon manuela marc marcel marceline marcelle margaux
    margot marguerite maria mariam marianne marie marielle marina marine marion marius marjorie marlene
    martine maryline maryse maryvonne mathilde mathis matthias matthieu maud maude maurice max maxence
    maxime maximilien medhi mehdi melanie melina melissa michele micheline michelle mickael miguel mikael
    milan mireille mohamed mohammed moise mona monique morgan morgane mounir mourad muriel myriam nabil
    nadege nadia nadine nadja naima nans nassim nathalie nathan nelly nicole nina noah noe noelle noemie
    nora norbert nordine odette odile olga olivia olivier omar ophelie oriane pablo pascale pascaline
    patrice patricia patrick paul paula paule paulette pauline pedro peggy perrine philibert philippe
    pierre pierrette pierrick quentin rachel rachid raphael raphaelle raymonde rebecca regine regis remi
    rene renee ricardo roberte rodolphe rodrigue rolande romane romeo romuald ronan rose roseline roselyne
    rosine roxane sabine sabrina said salim salima salome samia samir samuel samy sandra sandrine sara
    sarah sean sebastien segolene selma serge severine sheila sidonie simone sofia sofiane solange solene
    soline sonia sophie stephane stephanie steve suzanne suzette suzie sybille sylvain sylvaine sylvette
    sylviane sylvie tanguy tania tatiana teddy teo thea theo theodore theophile therese thibaud thibaut
    thierry timothee titouan tom tony ugo ulysse ursule valentine valerie vanessa veronique victoria
    vincente virgile virginie viviane vivien wafa walid wilfried xavier yael yann yannick yannis yasmina
    yasmine yoann yohan yohann yolande youcef youssef yves yvette yvonne zacharie zahra zelie zoe zohra
"""
_KNOWN = frozenset(_WORDS.split())


def is_prenom(word: str) -> bool:
    """Whether a word is a prénom, or a compound that begins with one.

    >>> is_prenom("Yannick"), is_prenom("Jean-Noël"), is_prenom("Delpirou")
    (True, True, False)
    """
    return slug(word).partition("-")[0] in _KNOWN

"""Communes whose H forbids elision: `de Hem`, `de Honfleur` (T19). It cannot be computed, so it is listed.

Source: INSEE, Code officiel géographique (Licence Ouverte 2.0), communes in H of « type de nom en clair » 0,
namesakes of both types left to the rule of toponymes.py; Houilles added by usage.
"""

from __future__ import annotations

from typing import Final

COMMUNES: Final = """
Habsheim · Hachan · Hadancourt-le-Haut-Clocher · Haegen · Hagedet · Hagenbach · Hagenthal-le-Bas ·
Hagenthal-le-Haut · Haget · Hagnicourt · Haguenau · Hailles · Haimps · Haims · Halles-sous-les-Côtes · Ham
· Ham-en-Artois · Ham-les-Moines · Ham-sous-Varsberg · Ham-sur-Meuse · Hambach · Hambers · Hambye ·
Hamelet · Hames-Boucres · Hammeville · Hamonville · Hampigny · Hampont · Han-devant-Pierrepont ·
Han-lès-Juvigny · Han-sur-Meuse · Han-sur-Nied · Handschuheim · Hangard · Hangenbieten · Hangviller ·
Hannapes · Hannappes · Hannogne-Saint-Martin · Hannogne-Saint-Rémy · Hannonville-Suzémont ·
Hannonville-sous-les-Côtes · Hans · Hanvec · Hanviller · Hanvoile · Happencourt · Harcy · Hardanges ·
Hardinvast · Harricourt · Harskirchen · Hartmannswiller · Harville · Hary · Hatten · Hattmatt · Hattstatt
· Hauban · Haudivillers · Haulies · Haulmé · Hausgauen · Haut Valromey · Haut-Bocage · Haut-Lieu ·
Haut-Loquin · Haut-du-Them-Château-Lambert · Hautbos · Haute-Amance · Haute-Avesnes · Haute-Goulaine ·
Haute-Kontz · Haute-Rivoire · Haute-Vigneulles · Haute-Épine · Hautecloque · Hautefage · Hautefontaine ·
Hautes-Duyes · Hauteville-la-Guichard · Hauteville-sur-Mer · Haution · Hautot-le-Vatois · Hautot-sur-Seine
· Hauts de Bienne · Hautteville-Bocage · Hauville · Hauviné · Haybes · Hecken · Hecmanville · Hegeney ·
Heidolsheim · Heidwiller · Heiligenberg · Heiligenstein · Heilles · Heimersdorf · Heimsbrunn · Heiteren ·
Heiwiller · Helfrantzkirch · Helleville · Hem · Hem-Hardinval · Hem-Lenglet · Hem-Monacu · Hengwiller ·
Henvic · Herbitzheim · Herbsheim · Hercé · Hermes · Hermival-les-Vaux · Herpont · Herran · Herrlisheim ·
Herrlisheim-près-Colmar · Hescamps · Hessenheim · Hettenschlag · Heudicourt-sous-les-Côtes ·
Heugueville-sur-Sienne · Hibarette · Hierges · Hiermont · Hiesville · Hiis · Hilsenheim · Hinacourt ·
Hindisheim · Hindlingen · Hinsbourg · Hinsingen · Hipsheim · Hirschland · Hirsingue · Hirtzbach ·
Hirtzfelden · Hitte · Hochfelden · Hochstatt · Hochstett · Hocquigny · Hodenc-en-Bray · Hodenc-l’Évêque ·
Hodeng-Hodenger · Hodeng-au-Bosc · Hoffen · Hohengœft · Hohfrankenheim · Hohrod · Holnon · Holque ·
Holtzheim · Hombourg · Hombourg-Budange · Hombourg-Haut · Hommarting · Hommert · Hon-Hergies ·
Hondainville · Hondouville · Honfleur · Honguemare-Guenouville · Honskirch · Horbourg-Wihr · Horgues ·
Hornoy-le-Bourg · Hoste · Hotot-en-Auge · Hottot-les-Bagues · Hottviller · Houdan · Houdilcourt ·
Houetteville · Houeydets · Houilles · Houldizy · Houlette · Houlgate · Houlle · Houppeville · Houquetot ·
Hourc · Hourges · Houry · Houssen · Housset · Houville-en-Vexin · Hoymille · Huanne-Montmartin · Huelgoat
· Huest · Hugleville-en-Caux · Huillé-Lézigné · Huiron · Huisnes-sur-Mer · Humes-Jorquenay · Hunawihr ·
Hundsbach · Huningue · Hunspach · Hurtigheim · Husseren-Wesserling · Husseren-les-Châteaux · Huttendorf ·
Huttenheim · Hyet · Hyémondans · Hèches · Hères · Hédé-Bazouges · Hégenheim · Hémevez · Hénansal · Hénon ·
Hésingue · Hœdic · Hœnheim · Hœrdt
"""

H_ASPIRE: Final = frozenset(name.strip() for name in COMMUNES.replace("\n", " ").split("·"))

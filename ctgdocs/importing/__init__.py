"""An existing fiche de poste or job offer → a content file to read again, from which no sentence is missing.

1 read the lines (`plain.py`, `word.py`), 2 recognise headings (`headings.py`), 3 gather what stands under
each (`gathering.py`), 4 give each value its field (`fields.py`), 5 write YAML (`writing_yaml.py`). What is
not understood stays as text in `sections`; what is doubtful is marked « à vérifier ».
"""

from ctgdocs.importing.proposal import Proposal, propose

__all__ = ["Proposal", "propose"]

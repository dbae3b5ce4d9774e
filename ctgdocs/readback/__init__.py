"""What someone changed in Word goes back to the content: `ctgdocs reprendre`.

from ctgdocs.readback import read_back, take

`read_back` lists the changes of a document edited by hand, with the field that each belongs to; `take` writes
those that are wanted into the content files. The document is made again in memory before anything is written:
a change is placed when that gives what was written in Word, and only then. `remarks`: the open
comments; `prepare` makes a copy to be corrected, `gathered` joins those that come back. `pointed` tells the
field of each word of a page, to go there.
"""

from ctgdocs.readback.pointing import Pointed, pointed
from ctgdocs.readback.reading import Correction, ReadBack, read_back, read_data
from ctgdocs.readback.remarks import remarks
from ctgdocs.readback.review import Sent, gathered, prepare
from ctgdocs.readback.spots import Files, Spot, Spots
from ctgdocs.readback.taking import Taken, take

__all__ = [
    "Correction", "Files", "Pointed", "ReadBack", "Sent", "Spot", "Spots", "Taken", "gathered", "pointed",
    "prepare", "read_back", "read_data", "remarks", "take",
]  # fmt: skip

"""What someone changed in Word goes back to the content: `ctgdocs reprendre`.

from ctgdocs.readback import read_back, take

`read_back` lists the changes of a document edited by hand, with the field that each belongs to; `take` writes
those that are wanted into the content files. The document is made again in memory before anything is written:
a change is placed when that gives what was written in Word, and only then. `remarks`: the open
comments; `prepare` makes a copy to be corrected, `receive` keeps one that comes back, `gathered` joins
them, `put_away` files those that were read. `pointed` tells the field of each word of a page, to go there.
"""

from ctgdocs.readback.pointing import Pointed, pointed
from ctgdocs.readback.reading import ReadBack, read_back, read_data
from ctgdocs.readback.remarks import remarks
from ctgdocs.readback.review import Copy, Sent, copies_of, gathered, prepare, receive
from ctgdocs.readback.spots import Files, Spot, Spots
from ctgdocs.readback.taking import Taken, put_away, take
from ctgdocs.readback.telling import Correction

__all__ = [
    "Copy", "Correction", "Files", "Pointed", "ReadBack", "Sent", "Spot", "Spots", "Taken", "copies_of",
    "gathered", "pointed", "prepare", "put_away", "read_back", "read_data", "receive", "remarks", "take",
]  # fmt: skip

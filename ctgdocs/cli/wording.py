"""How a sentence looks on the screen: no-break spaces, grouped figures, agreement of a counted word.

Imported by the shortest path of the command line: it imports nothing.
"""

NBSP = "\u00a0"


def typeset(text: str) -> str:
    """No-break spaces where French puts them; applied once more, it changes nothing.

    >>> typeset("« Titre » : non !").replace("\\u00a0", "~")
    '«~Titre~»~: non~!'
    """
    text = text.replace("« ", "«" + NBSP).replace(" »", NBSP + "»")
    for mark in ": ", "; ", "! ", "? ":
        text = text.replace(" " + mark, NBSP + mark)
    if text[-2:-1] == " " and text[-1] in ":;!?":
        text = text[:-2] + NBSP + text[-1]
    return text.replace(" :\n", NBSP + ":\n")


def figure(number: int) -> str:
    """A count as French writes it.

    >>> figure(10000).replace("\\u00a0", "~")
    '10~000'
    """
    return f"{number:,}".replace(",", NBSP)


def counted(number: int, singular: str, plural: str = "") -> str:
    """A counted word: singular up to one.

    >>> counted(0, "document"), counted(2, "document")
    ('0\\xa0document', '2\\xa0documents')
    """
    word = singular if abs(number) < 2 else plural or singular + "s"
    return f"{figure(number)}{NBSP}{word}"


def summary(written: int, unchanged: int, in_error: int, kept: int = 0) -> str:
    """The last line of a run."""
    total = written + unchanged + in_error + kept
    parts = [
        counted(written, "écrit"),
        counted(unchanged, "inchangé"),
        f"{figure(in_error)}{NBSP}en erreur",
    ]
    if kept:
        parts.append(f"{counted(kept, 'gardé')} (modifié{'s' if kept > 1 else ''} à la main)")
    return f"{counted(total, 'document')}{NBSP}: {', '.join(parts)}."

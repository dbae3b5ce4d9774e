"""The exceptions of the house. What an author can fix is a `Finding` (findings.py), not an exception."""


class CtgdocsError(Exception):
    """Something the run cannot go on with. Its text is one French sentence, fit to be shown as it is."""


class UsageError(CtgdocsError):
    """The command was asked something it cannot understand; the command line exits with 2."""


class TemplateError(CtgdocsError):
    """A Word template cannot be used; `place` says where in the file ("corps, paragraphe 4"), when known.

    `file` is the one at fault, from the workspace's root, when it is not the template itself (its charte)."""

    def __init__(self, message: str, *, place: str = "", hint: str = "", file: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.file = file
        self.hint = hint


class ContextError(CtgdocsError):
    """A value cannot be put in a document; `path` says which one (`elus[2].nom`), when known."""

    def __init__(self, message: str, *, path: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.hint = hint


class WritingError(CtgdocsError):
    """An output could not be written (open elsewhere, read-only, disk full); nothing was half-written."""

"""A Word file as parts, read with suspicion and written the same way every time.

from ctgdocs.word import read, write

A template that is kept ready is rendered without an XML parser: what needs one is imported when asked for.
"""

from ctgdocs.word.package import XML_DAMAGE, Package, read, unzipped, write

__all__ = ["XML_DAMAGE", "Package", "read", "unzipped", "write"]

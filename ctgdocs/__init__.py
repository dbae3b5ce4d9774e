"""ctgdocs: content files and Word templates in, the acts of a French collectivité out."""

__version__ = "0.1.0"

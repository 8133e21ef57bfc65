"""Report -> Annotated: the language model's one pass, and the quotation marks."""

from dateline.annotate.parse import Annotator

__all__ = ["Annotator"]

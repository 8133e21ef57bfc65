"""Reports -> stories: reprints, cuts and rewrites of one report, found by signatures and verified on the text.

A story is a connected component of the reports that :func:`judge` ties, so it does not depend on the order in which
they came.
"""

from dateline.resolve.stories.copying import Copied, How, Member, components, order_of_copying, wire_credit
from dateline.resolve.stories.overlaps import Overlap, Why, judge, overlap, same_story
from dateline.resolve.stories.prose import Prose, prose_of
from dateline.resolve.stories.signatures import SIGNATURE, needed, signature

__all__ = [
    "SIGNATURE",
    "Copied",
    "How",
    "Member",
    "Overlap",
    "Prose",
    "Why",
    "components",
    "judge",
    "needed",
    "order_of_copying",
    "overlap",
    "prose_of",
    "same_story",
    "signature",
    "wire_credit",
]

"""What a report's resolvers share: its phrases as read, the actors found so far, and what stands around a phrase."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from dateline.lexicons.roles import word_set
from dateline.model import ActorKind, Annotated, Attribution, Place, Token
from dateline.resolve.coreference import Figure, Registry
from dateline.resolve.history import former_states
from dateline.resolve.mentions import Found, Reading, interpret
from dateline.resolve.phrases import LIKE_ADJECTIVES, Phrase, find_phrases, settle_acronyms, settle_aircraft

_TELLING = word_set("say add tell note insist claim argue warn explain write state stress continue conclude")
#: Prepositions after which a capital is a place and no government.
_LOCATIVE = word_set("in at near outside around inside across through via into throughout")
#: Prepositions that tie a description to its country ("officials in Kabul", "the army of Utopia").
_OF = frozenset(("of", "in", "from", "throughout", "across", "at", "inside", "within", "based"))
#: Prepositions between an office and the body that it is of.
_OF_BODY = frozenset(("of", "for", "at", "with"))


#: Whom one state sends to another.
_HOSTED = word_set("ambassador envoy consul embassy consulate diplomat attache mission troops peacekeeper")


class Scene:
    """One report's phrases, places and statements as words, and who each word stands for so far.

    ``heads`` maps the main word of a mention to its actors, ``loose`` any other word that points to some.
    """

    def __init__(self, annotated: Annotated, places: Sequence[Place], attributions: Sequence[Attribution]) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.registry = Registry()
        self.heads: dict[int, tuple[Figure, ...]] = {}
        self.loose: dict[int, tuple[Figure, ...]] = {}
        self.phrases = find_phrases(annotated)
        settle_acronyms(self.phrases, annotated)
        settle_aircraft(self.phrases, annotated)
        #: the states that this report means where it has the capital or the people of their successor
        self.former = former_states(self.phrases, annotated.report.anchor)
        self.readings = [interpret(p, annotated.text) for p in self.phrases]
        self.surnames = _surnames(self.readings)
        self.at = {p.head.i: k for k, p in enumerate(self.phrases)}
        self.places = {p.span.start: p for p in reversed(places)}
        self.sources: dict[int, Attribution] = {}
        self.contents: list[tuple[int, int, Attribution]] = []
        #: the source of the statement read last
        self.speaker: Figure | None = None
        #: numbers of the phrases that stand beside a phrase as its apposition or what it is apposed to
        self.apposed: dict[int, list[int]] = {}
        #: actors that turned out to be another, by number
        self.same: dict[int, Figure] = {}
        self._note_attributions(attributions)

    def _note_attributions(self, attributions: Sequence[Attribution]) -> None:
        for attribution in attributions:
            for span in attribution.source:
                for token in self.annotated.tokens_in(span):
                    self.sources.setdefault(token.i, attribution)
            self.contents.extend((s.start, s.end, attribution) for s in attribution.content)
        self.contents.sort(key=lambda c: (c[0], -c[1]))

    def figures_at(self, head: int) -> tuple[Figure, ...]:
        return self.heads.get(head) or self.loose.get(head) or ()

    def place_of(self, phrase: Phrase) -> str | None:
        for word in phrase.words:
            place = self.places.get(word.start)
            if place is not None and place.country:
                return self.of_its_time(place.country)
        return None

    def of_its_time(self, country: str) -> str:
        """The state that a country's land belonged to in the time of the report."""
        return self.former.get(country, country)

    def complement(self, k: int, prepositions: frozenset[str]) -> bool:
        """Whether the next phrase hangs on this one by one of these prepositions, right behind it."""
        phrase = self.phrases[k]
        if phrase.after not in prepositions or k + 1 >= len(self.phrases):
            return False
        other = self.phrases[k + 1]
        gap = other.first - phrase.last
        if gap == 2 and phrase.after == "based":
            return self.tokens[phrase.last + 1].lower in ("in", "at")
        return gap == 1 and other.head.sentence == phrase.head.sentence

    def country_around(self, k: int) -> str | None:
        """The country of a phrase's possessor, else of its of-phrase."""
        phrase = self.phrases[k]
        if phrase.owner is not None:
            for figure in self.figures_at(phrase.owner.head.i):
                if figure.country:
                    return figure.country
            place = self.place_of(phrase.owner)
            if place:
                return place
        if phrase.words[0].tag == "PRP$":
            for figure in self.heads.get(phrase.words[0].i, ()):
                if figure.country:
                    return figure.country
        main = self.readings[k].main
        if main is not None and main.lemma in _HOSTED and phrase.after in ("in", "at"):
            # an ambassador in Utopia is not Utopia's
            return None
        return self.country_after(k, 3)

    def sector_around(self, k: int) -> str:
        """The sector of the possessor or of the of-phrase: "members of the senate", "the party's founder"."""
        phrase = self.phrases[k]
        if phrase.owner is not None:
            for figure in self.figures_at(phrase.owner.head.i):
                if figure.kind is not ActorKind.STATE and (code := figure.organisation):
                    return code.code if not code.country else code.code[3:]
                return "" if figure.kind is ActorKind.STATE else figure.sector
        if phrase.words[0].tag == "PRP$":
            return next((f.sector for f in self.heads.get(phrase.words[0].i, ()) if f.kind is not ActorKind.STATE), "")
        if self.complement(k, _OF_BODY):
            owned = k + 2 < len(self.phrases) and self.phrases[k + 2].owner is self.phrases[k + 1]
            main = self.readings[k + 2 if owned else k + 1].main
            if main is not None and main.kind not in (ActorKind.STATE, ActorKind.PERSON):
                return main.sector
        return ""

    def country_after(self, k: int, depth: int) -> str | None:
        if depth == 0 or not self.complement(k, _OF):
            return None
        return self.country_inside(k + 1) or self.country_after(k + 1, depth - 1)

    def country_inside(self, k: int) -> str | None:
        reading = self.readings[k]
        for found in (reading.main, *reading.inner):
            if found is not None and found.country:
                return found.country
        main = reading.main
        if main is not None and main.kind is ActorKind.PERSON:
            known = self.registry.find_person(main.proper, main.gender, main.held)
            return known.country if known else None
        return self.place_of(self.phrases[k])

    def owner_state(self, k: int) -> str | None:
        owner = self.phrases[k].owner
        if owner is None:
            return None
        return next((f.country for f in self.figures_at(owner.head.i) if f.kind is ActorKind.STATE), None)

    def coordinated(self, k: int) -> list[tuple[str, str]]:
        """The countries of "Danish, Finnish and" right before a phrase that has its own, with their words."""
        pieces = [p for p in self.phrases[k].pieces if p.kind not in ("det", "word", "num")]
        if not pieces or pieces[0].kind != "country" or self.phrases[k].pieces[0].kind in ("det", "num"):
            return []
        found: list[tuple[str, str]] = []
        j = k
        while j and k - j < 12 and self.phrases[j - 1].last + 1 == self.phrases[j].first:
            joint = self.tokens[self.phrases[j - 1].last].lower
            before = self.phrases[j - 1]
            own = [p for p in before.pieces if p.kind not in ("det", "word", "num")]
            if joint not in ("and", "or", ",", "/") or not own or own[-1].kind != "country":
                break
            if before.words[-1].dep not in ("amod", "nmod", "compound", "conj"):
                break
            named = own[-1].flavour == "name" and before.words[-1].text not in LIKE_ADJECTIVES
            if named or (joint == "," and not found) or before.words[-1].tag in ("NNS", "NNPS"):
                break
            found.insert(0, (own[-1].code, " ".join(w.text for w in before.words[own[-1].first :])))
            j -= 1
        return found

    def is_taken_up(self, k: int) -> bool:
        """Whether a lone adjective is one of several before a description ("Danish | and Swedish officials")."""
        word = self.phrases[k].words[-1]
        if word.dep not in ("amod", "nmod", "compound") or word.head.i < self.phrases[k].last:
            return False
        if self.phrases[k].pieces[-1].kind != "country":
            return False
        other = self.at.get(word.head.i)
        main = self.readings[other].main if other is not None else None
        return main is not None and main.plural and main.kind is not ActorKind.STATE

    def is_found_place(self, found: Found) -> bool:
        place = self.places.get(self.tokens[found.first].start)
        return place is not None and place.span.end >= self.tokens[found.last - 1].end

    def tells(self, token: Token) -> bool:
        return token.dep == "nsubj" and token.head.lemma in _TELLING

    def speakers(self, token: Token) -> tuple[Figure, ...]:
        """The source of the innermost statement whose content holds the word."""
        k = bisect_right(self.contents, token.start, key=lambda c: c[0])
        best: tuple[int, Attribution] | None = None
        for start, end, attribution in self.contents[max(0, k - 12) : k]:
            if end >= token.end and (best is None or end - start < best[0]):
                best = end - start, attribution
        if best is None:
            return ()
        for span in best[1].source:
            head = self.annotated.head_of(span)
            if head is not None and (figures := self.figures_at(head.i)):
                return figures
            for inside in self.annotated.tokens_in(span):
                if inside.i in self.heads:
                    return self.heads[inside.i]
        return ()

    def token_at(self, start: int) -> Token | None:
        k = bisect_right(self.annotated.starts, start) - 1
        return self.tokens[k] if k >= 0 else None

    def subject(self, token: Token) -> tuple[Figure, ...]:
        if token.lower in ("who", "that") and token.head.dep == "relcl":
            return self.figures_at(token.head.head.i)
        return self.figures_at(token.i)


def _surnames(readings: Sequence[Reading]) -> set[str]:
    """The words that are surnames in this report, in full names or in the language model's vote."""
    surnames: set[str] = set()
    votes: Counter[str] = Counter()
    for reading in readings:
        main = reading.main
        if main is None or not main.proper or main.organisation is not None:
            continue
        if main.kind is ActorKind.PERSON and (len(main.proper) > 1 or main.held is not None):
            surnames.add(main.proper[-1])
            if len(main.proper) == 3 and "-" in main.name:
                # "Han Mi-sook"
                surnames.add(main.proper[0])
        elif len(main.proper) == 1 and main.kind in (None, ActorKind.PERSON, ActorKind.ORGANISATION):
            votes[main.proper[0]] += 1 if main.label == "PERSON" else -1
    return surnames | {word for word, count in votes.items() if count > 0}


def in_place(phrase: Phrase) -> bool:
    head = phrase.head
    return head.dep == "pobj" and head.head.lower in _LOCATIVE

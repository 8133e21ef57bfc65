"""Says who is who in one report: names, titles, acronyms and pronouns that stand for the same actor."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.lexicons.roles import organisation_of, word_set
from dateline.model import (
    Actor,
    ActorKind,
    Annotated,
    Attribution,
    Cast,
    Mention,
    MentionForm,
    Place,
    RoleStatus,
    Span,
    Token,
)
from dateline.resolve.codes import was
from dateline.resolve.coreference import Figure, Registry
from dateline.resolve.mentions import STATE_WORDS, Found, Reading, apposed, disown, interpret
from dateline.resolve.phrases import LIKE_ADJECTIVES, Phrase, acronym_after, find_phrases, settle_acronyms

_THIRD = word_set("he she him her his hers they them their theirs it its himself herself themselves itself")
_FIRST = word_set("i me my mine we us our ours myself ourselves")
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_TELLING = word_set("say add tell note insist claim argue warn explain write state stress continue conclude")
#: Prepositions after which a capital is a place and no government.
_LOCATIVE = word_set("in at near outside around inside across through via into throughout toward-off")
#: Prepositions that tie a description to its country ("officials in Kabul", "the army of Utopia").
_OF = frozenset(("of", "in", "from", "throughout", "across", "at", "inside", "within", "based"))
#: Sectors of bodies that belong to no state.
_WORLDLY = ("IGO", "IMG")
_COMPASS = word_set("eastern western northern southern central east west north south")
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "dative"))
_TIES = frozenset(("of", "in", "to", "for", "at", "from"))
#: Titles that states, parliaments, courts, companies and clubs give alike.
_HEADS_OF_ANYTHING = frozenset(("president", "chairman", "chairwoman", "head", "chief", "director", "member", "leader"))
#: Verbs that make somebody something, and what they are then.
_APPOINTING = {
    "swear": RoleStatus.CURRENT, "appoint": RoleStatus.CURRENT, "elect": RoleStatus.CURRENT,
    "inaugurate": RoleStatus.CURRENT, "install": RoleStatus.CURRENT, "name": RoleStatus.CURRENT,
    "re-elect": RoleStatus.CURRENT, "reelect": RoleStatus.CURRENT, "confirm": RoleStatus.CURRENT,
    "serve": RoleStatus.CURRENT, "resign": RoleStatus.FORMER, "quit": RoleStatus.FORMER, "retire": RoleStatus.FORMER,
    "oust": RoleStatus.FORMER, "sack": RoleStatus.FORMER, "dismiss": RoleStatus.FORMER, "remove": RoleStatus.FORMER,
}  # fmt: skip
_COLLECTIVE = (ActorKind.GROUP, ActorKind.ORGANISATION)
_SINGLE = (ActorKind.PERSON, ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.OFFICE)
_TITLED = (ActorKind.PERSON, ActorKind.OFFICE)
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OFFICIALS = frozenset(("GOV", "ELI", "LEG"))
#: Prepositions between an office and the body that it is of.
_OF_BODY = frozenset(("of", "for", "at", "with"))
_STRICT_OF = frozenset(("of", "from", "in", "for"))
_MADE_UP_BY_CONTEXT = word_set("GOV MIL LEG JUD COP OPP REB SPY PTY PRM UAF CVL LAB ELI REL REF")


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
        elif len(main.proper) == 1 and main.kind in (None, ActorKind.PERSON, ActorKind.ORGANISATION):
            votes[main.proper[0]] += 1 if main.label == "PERSON" else -1
    return surnames | {word for word, count in votes.items() if count > 0}


@dataclass(slots=True)
class _Told:
    """A country told in a sentence, by an actor or, with ``None``, by a place."""

    token: Token
    country: str
    figure: Figure | None


def resolve_actors(annotated: Annotated, places: tuple[Place, ...], attributions: tuple[Attribution, ...]) -> Cast:
    """The actors of a report with their roles and mentions."""
    return _Resolver(annotated, places, attributions).cast()


class _Resolver:
    """One pass over a report's phrases and pronouns in text order, then the quotations, countries and phrases."""

    def __init__(
        self, annotated: Annotated, places: tuple[Place, ...], attributions: tuple[Attribution, ...]
    ) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.registry = Registry()
        self.heads: dict[int, tuple[Figure, ...]] = {}
        self.loose: dict[int, tuple[Figure, ...]] = {}
        self.phrases = find_phrases(annotated)
        settle_acronyms(self.phrases, annotated)
        self.readings = [interpret(p, annotated.text) for p in self.phrases]
        self.at = {p.head.i: k for k, p in enumerate(self.phrases)}
        self.places = {p.span.start: p for p in reversed(places)}
        self.sources: dict[int, Attribution] = {}
        self.contents: list[tuple[int, int, Attribution]] = []
        self.speaker: Figure | None = None
        self.late: list[tuple[Token, int, Figure | None]] = []
        self.apposed: dict[int, list[int]] = {}
        self.same: dict[int, Figure] = {}
        self.peers: dict[str, list[Figure]] = {}
        self.surnames = _surnames(self.readings)
        self._note_attributions(attributions)
        self._note_appositions()

    def cast(self) -> Cast:
        for item in self._items():
            if isinstance(item, int):
                self._read_phrase(item)
            else:
                self._read_pronoun(item)
        for token, upto, speaker in self.late:
            self._read_quoted(token, upto, speaker)
        self._read_copulas()
        self._read_appointments()
        self._fill_countries()
        self._fill_phrases()
        return self._cast()

    # --- preparation

    def _note_attributions(self, attributions: Sequence[Attribution]) -> None:
        for attribution in attributions:
            for span in attribution.source:
                for token in self.annotated.tokens_in(span):
                    self.sources.setdefault(token.i, attribution)
            self.contents.extend((s.start, s.end, attribution) for s in attribution.content)
        self.contents.sort(key=lambda c: (c[0], -c[1]))

    def _note_appositions(self) -> None:
        """Pair descriptions with the names that they stand beside ("X, a former envoy," and "the envoy, X,")."""
        for k, phrase in enumerate(self.phrases):
            other = self._apposed_to(k, phrase)
            if other is None:
                continue
            left, right = self.readings[other].main, self.readings[k].main
            if right is None and left is not None and left.kind is ActorKind.PERSON:
                right = self.readings[k].main = apposed(phrase, self.annotated.text)
            if left is None or right is None:
                continue
            if left.kind is None and len(left.proper) > 1 and right.held is not None and not right.plural:
                # a person whom the language model took for a place or a body
                left.kind = ActorKind.PERSON
            if _one_person(left, right) or _one_body(left, right):
                self.apposed.setdefault(other, []).append(k)
                self.apposed.setdefault(k, []).append(other)

    def _apposed_to(self, k: int, phrase: Phrase) -> int | None:
        head = phrase.head
        if head.dep == "appos" and (other := self.at.get(head.head.i)) is not None and other < k:
            return other
        if head.dep == "appos" and (office := self._office_before(k)) is not None:
            return office
        if k and self.phrases[k - 1].last == phrase.first and phrase.head.sentence == self.phrases[k - 1].head.sentence:
            # "the rebel group | Utopian Front", which nothing parts
            return k - 1
        # "Lund, a former envoy," where the parser saw something else
        if k and phrase.first >= 2 and self.tokens[phrase.first - 1].text == ",":
            before = self.phrases[k - 1]
            closes = phrase.last < len(self.tokens) and self.tokens[phrase.last].text in (",", ".", "who")
            if before.last == phrase.first - 1 and closes and phrase.determiner in ("a", "an", "the"):
                return k - 1 if head.dep not in ("nsubj", "nsubjpass", "dobj", "conj") else None
        return None

    def _office_before(self, k: int) -> int | None:
        """The description in "the agency's envoy to Utopia, Lund," where the parser tied Lund to Utopia."""
        main = self.readings[k].main
        if main is None or main.kind is not ActorKind.PERSON or self.tokens[self.phrases[k].first - 1].text != ",":
            return None
        j = k - 1
        if j < 0 or self.phrases[j].last != self.phrases[k].first - 1:
            return None
        while j and k - j < 4 and self._complement(j - 1, _TIES):
            j -= 1
        found = self.readings[j].main
        return j if found is not None and found.held is not None and not found.plural else None

    def _items(self) -> Iterator[int | Token]:
        """Phrases by number and third-person pronouns, in text order."""
        k, count = 0, len(self.phrases)
        for token in self.tokens:
            while k < count and self.phrases[k].first < token.i:
                yield k
                k += 1
            if token.tag in ("PRP", "PRP$") and (token.lower in _THIRD or token.lower in _FIRST):
                yield token
        yield from range(k, count)

    # --- phrases

    def _read_phrase(self, k: int) -> None:
        _phrase, reading = self.phrases[k], self.readings[k]
        main = reading.main
        if self._is_taken_up(k):
            return
        for found in reading.inner:
            self._settle_inner(found, k)
        if main is None:
            self._read_state_word(self.phrases[k])
            return
        earlier = [j for j in self.apposed.get(k, ()) if j < k]
        figures: tuple[Figure, ...] = ()
        if earlier and main.form in (MentionForm.NOMINAL, MentionForm.TITLE):
            figures = self.heads.get(self.phrases[earlier[0]].head.i, ())
        later = [j for j in self.apposed.get(k, ()) if j > k]
        if not figures and later and main.form in (MentionForm.NOMINAL, MentionForm.TITLE):
            named = self.readings[later[0]].main
            if named is not None and named.kind is ActorKind.PERSON:
                figures = (self.registry.person(named),)
            elif named is not None and _one_body(main, named):
                figures = self._resolve(named, later[0])
        figures = figures or self._resolve(main, k)
        if figures:
            self._settle(main, figures, k)

    def _is_taken_up(self, k: int) -> bool:
        """Whether a lone adjective is one of several before a description ("Hungarian | and Romanian officials")."""
        word = self.phrases[k].words[-1]
        if word.dep not in ("amod", "nmod", "compound") or word.head.i < self.phrases[k].last:
            return False
        if self.phrases[k].pieces[-1].kind != "country":
            return False
        other = self.at.get(word.head.i)
        main = self.readings[other].main if other is not None else None
        return main is not None and main.plural and main.kind is not ActorKind.STATE

    def _read_state_word(self, phrase: Phrase) -> None:
        """ "The country" is the state met last."""
        word = phrase.head
        if word.lower not in STATE_WORDS or phrase.determiner not in ("the", "this") or len(phrase.words) > 2:
            return
        figure = self.registry.latest_state(word.sentence)
        if figure is not None and not _in_place(phrase):
            figure.add(self.annotated.span_of(phrase.first, phrase.last), MentionForm.NOMINAL, word.i)
            self.heads[word.i] = (figure,)
            self.registry.look((figure,), word, phrase.possessive)

    def _settle_inner(self, found: Found, k: int) -> None:
        figures = self._resolve(found, k)
        if figures:
            span = self.annotated.span_of(found.first, found.last)
            for figure in figures:
                figure.add(span, found.form, found.head)
                self._tell(figure, found, k)
            self.heads.setdefault(found.head, figures)
            self.loose[self.phrases[k].head.i] = figures if self.readings[k].main is None else ()
            for i in range(found.first, found.last):
                self.loose.setdefault(i, figures)
            self.registry.look(figures, self.tokens[found.head], possessor=True)

    def _settle(self, found: Found, figures: tuple[Figure, ...], k: int) -> None:
        """Write a mention down, and what it tells of its actor."""
        phrase = self.phrases[k]
        span = self.annotated.span_of(found.first, found.last)
        for figure in figures:
            figure.add(span, found.form, found.head)
            self._tell(figure, found, k)
        self.heads[found.head] = figures
        # the parser may have taken a country's adjective, a title or a first name for the head
        for piece in phrase.pieces:
            if piece.kind in ("country", "role", "name", "modifier"):
                for word in phrase.words[piece.first : piece.last]:
                    self.loose.setdefault(word.i, figures)
        for i in (*range(found.first, found.last), phrase.head.i):
            if found.form is not MentionForm.NOMINAL or i == phrase.head.i:
                self.loose.setdefault(i, figures)
        self._note_acronym(phrase, figures[0])
        if found.head in self.sources or self._tells(self.tokens[found.head]):
            self.speaker = figures[0]
        self.registry.look(figures, self.tokens[found.head], phrase.possessive)
        self._look_at_both(self.tokens[found.head], figures)

    def _look_at_both(self, token: Token, figures: tuple[Figure, ...]) -> None:
        """Let "they" take up both of "X and Y"."""
        before = self.heads.get(token.head.i) if token.dep == "conj" else None
        if before and before[0].kind in _SINGLE and figures[0].kind in _SINGLE and before[0] is not figures[0]:
            both = tuple(dict.fromkeys((*before, *figures)))
            for seen in reversed(self.registry.seen[-4:]):
                if len(seen.figures) > 1 and set(before) & set(seen.figures):
                    both = tuple(dict.fromkeys((*seen.figures, *figures)))
                    break
            self.registry.look(both, token.head)

    def _tell(self, figure: Figure, found: Found, k: int) -> None:
        country = found.country or (self._country_around(k) if not found.countries else None)
        if figure.sector.startswith(_WORLDLY) or found.sector.startswith(_WORLDLY):
            country = None
        if found.kind is not ActorKind.STATE and len(found.countries) < 2:
            figure.told_country(country)
        if found.held is not None and figure.kind is ActorKind.PERSON:
            held = found.held
            body = self._sector_around(k) if held.weak else ""
            figure.hold(replace(held, of=country, sector=was(body, held.status) if body else held.sector))
        elif found.held is not None and not figure.held:
            figure.held.append(found.held)
        if not figure.sector:
            figure.sector = found.sector
        if found.gender and not figure.gender:
            figure.gender = found.gender

    def _resolve(self, found: Found, k: int) -> tuple[Figure, ...]:
        """The figures that a phrase's find stands for; empty where it names no actor."""
        registry = self.registry
        phrase = self.phrases[k]
        if found.kind is ActorKind.STATE:
            if found.flavour in ("capital", "region") and _in_place(phrase):
                return ()
            return (registry.state(found.countries[0]),)
        if found.kind is ActorKind.PERSON:
            if self._is_place(found, phrase):
                return ()
            return (registry.person(found),)
        if found.form in (MentionForm.NAME, MentionForm.ACRONYM):
            return self._resolve_name(found, k)
        if found.kind is ActorKind.POPULATION and found.lemma == "people" and self.phrases[k].after == "of":
            # "the Albanians of southern Serbia"
            found.countries = tuple(c for c in (self._country_after(k, 2),) if c) or found.countries
        if not found.countries and (country := self._country_around(k)):
            found.countries = (country,)
        if found.sector in ("", "UNK", "NGO") or found.lemma in _HEADS_OF_ANYTHING:
            found.sector = self._sector_around(k) or found.sector
        extra = self._coordinated(k) if found.plural else ()
        if extra:
            return tuple(self._spread(found, extra, k))
        return (registry.described(found),)

    def _is_place(self, found: Found, phrase: Phrase) -> bool:
        """Whether the language model took a town for a person: a bare word where a town stands, or a known place."""
        if found.held is not None or len(found.proper) > 2 or found.countries:
            return False
        if self.at.get(found.head) in self.apposed:
            return False
        if self.registry.find_person(found.proper, None, None) is not None:
            return False
        return self._is_found_place(found) or (len(found.proper) == 1 and _in_place(phrase))

    def _is_found_place(self, found: Found) -> bool:
        place = self.places.get(self.tokens[found.first].start)
        return place is not None and place.span.end >= self.tokens[found.last - 1].end

    def _resolve_name(self, found: Found, k: int) -> tuple[Figure, ...]:
        registry = self.registry
        if found.organisation is not None and (owner := self._owner_state(k)) is not None:
            disown(found, owner)
        if found.organisation is None and len(found.proper) == 1 and found.proper[0] in self.surnames:
            # the language model took a surname for something else
            found.kind = ActorKind.PERSON
            return (registry.person(found),)
        known = registry.named(found) if found.organisation is None else None
        if known is not None and (found.kind is None or known.kind is not ActorKind.PERSON):
            return (known,)
        if found.organisation is None and self._is_found_place(found):
            return ()
        if found.organisation is None and found.label in ("GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW", "DATE"):
            return ()
        if found.kind is None:
            if found.label != "ORG" or found.proper[0] in _COMPASS:
                if found.head in self.sources and len(found.proper) > 1:
                    found.kind = ActorKind.PERSON
                    return (registry.person(found),)
                return ()
            found.kind = ActorKind.ORGANISATION
        return (registry.body(found),)

    def _owner_state(self, k: int) -> str | None:
        owner = self.phrases[k].owner
        if owner is None:
            return None
        return next((f.country for f in self._figures_at(owner.head.i) if f.kind is ActorKind.STATE), None)

    def _spread(self, found: Found, extra: Sequence[tuple[str, str]], k: int) -> Iterator[Figure]:
        """One actor a country for "Hungarian and Romanian officials"."""
        name, own = found.name, found.countries
        tail = self._after_country(k)
        for country, words in (*extra, *((c, "") for c in own[:1])):
            found.name = f"{words} {tail}".strip() if words else name
            found.countries = (country,)
            figure = self.registry.described(found)
            figure.told_country(country)
            yield figure
        found.name, found.countries = name, tuple(dict.fromkeys([*(c for c, _ in extra), *own]))
        found.first = min(found.first, self._first_coordinated(k))

    def _after_country(self, k: int) -> str:
        phrase = self.phrases[k]
        piece = next(p for p in phrase.pieces if p.kind == "country")
        return " ".join(w.text for w in phrase.words[piece.last :])

    def _coordinated(self, k: int) -> list[tuple[str, str]]:
        """The countries of "Hungarian, Czech and" right before a phrase that has its own, with their words."""
        pieces = [p for p in self.phrases[k].pieces if p.kind not in ("det", "word", "num")]
        if not pieces or pieces[0].kind != "country":
            return []
        found: list[tuple[str, str]] = []
        j = k
        while j and self.phrases[j - 1].last + 1 == self.phrases[j].first:
            joint = self.tokens[self.phrases[j - 1].last].lower
            before = self.phrases[j - 1]
            own = [p for p in before.pieces if p.kind not in ("det", "word", "num")]
            if joint not in ("and", "or", ",", "/") or not own or own[-1].kind != "country":
                break
            named = own[-1].flavour == "name" and before.words[-1].text not in LIKE_ADJECTIVES
            if named or (joint == "," and not found) or before.words[-1].tag in ("NNS", "NNPS"):
                break
            found.insert(0, (own[-1].code, " ".join(w.text for w in before.words[own[-1].first :])))
            j -= 1
        return found

    def _first_coordinated(self, k: int) -> int:
        return self.phrases[k - len(self._coordinated(k))].first

    def _note_acronym(self, phrase: Phrase, figure: Figure) -> None:
        """Learn "(PTI)" after a name."""
        letters = acronym_after(phrase, self.tokens)
        known = organisation_of(letters) if letters else None
        if known is not None and known is not figure.organisation and known.name.lower() in figure.name.lower():
            # "the summit of the Organization of American States (OAS)"
            return
        if letters and figure.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
            self.registry.acronym(letters.lower(), figure)

    # --- countries from around a phrase

    def _country_around(self, k: int) -> str | None:
        """The country of a phrase's possessor, else of its of-phrase."""
        phrase = self.phrases[k]
        if phrase.owner is not None:
            for figure in self._figures_at(phrase.owner.head.i):
                if figure.country:
                    return figure.country
            place = self._place_of(phrase.owner)
            if place:
                return place
        if phrase.words[0].tag == "PRP$":
            for figure in self.heads.get(phrase.words[0].i, ()):
                if figure.country:
                    return figure.country
        return self._country_after(k, 3)

    def _sector_around(self, k: int) -> str:
        """The sector of the possessor or of the of-phrase: "members of the senate", "the party's founder"."""
        phrase = self.phrases[k]
        if phrase.owner is not None:
            for figure in self._figures_at(phrase.owner.head.i):
                if figure.kind is not ActorKind.STATE and (code := figure.organisation):
                    return code.code if not code.country else code.code[3:]
                return "" if figure.kind is ActorKind.STATE else figure.sector
        if self._complement(k, _OF_BODY):
            main = self.readings[k + 1].main
            if main is not None and main.kind not in (ActorKind.STATE, ActorKind.PERSON):
                return main.sector
        return ""

    def _country_after(self, k: int, depth: int) -> str | None:
        if depth == 0 or not self._complement(k, _OF):
            return None
        return self._country_inside(k + 1) or self._country_after(k + 1, depth - 1)

    def _complement(self, k: int, prepositions: frozenset[str]) -> bool:
        """Whether the next phrase hangs on this one by one of these prepositions, right behind it."""
        phrase = self.phrases[k]
        if phrase.after not in prepositions or k + 1 >= len(self.phrases):
            return False
        other = self.phrases[k + 1]
        gap = other.first - phrase.last
        if gap == 2 and phrase.after == "based":
            return self.tokens[phrase.last + 1].lower in ("in", "at")
        return gap == 1 and other.head.sentence == phrase.head.sentence

    def _country_inside(self, k: int) -> str | None:
        reading = self.readings[k]
        for found in (reading.main, *reading.inner):
            if found is not None and found.country:
                return found.country
        main = reading.main
        if main is not None and main.kind is ActorKind.PERSON:
            known = self.registry.find_person(main.proper, main.gender, main.held)
            return known.country if known else None
        return self._place_of(self.phrases[k])

    def _place_of(self, phrase: Phrase) -> str | None:
        for word in phrase.words:
            place = self.places.get(word.start)
            if place is not None and place.country:
                return place.country
        return None

    def _figures_at(self, head: int) -> tuple[Figure, ...]:
        return self.heads.get(head) or self.loose.get(head) or ()

    # --- pronouns

    def _read_pronoun(self, token: Token) -> None:
        if token.lower in _FIRST or (token.quoted and token.lower not in ("it", "its")):
            self.late.append((token, len(self.registry.seen), self.speaker))
            return
        telling = token.i in self.sources or self._tells(token)
        if token.lower == "it" and not _refers(token):
            return
        attribution = self.sources.get(token.i)
        told = (attribution.content if attribution else ()) if telling else None
        figures = self.registry.antecedents(token, self.speaker, (), told)
        self._pronoun(token, figures, telling)

    def _read_quoted(self, token: Token, upto: int, speaker: Figure | None) -> None:
        """Read a pronoun inside a quotation; one that nobody is said to speak is the last speaker's."""
        speakers = self._speakers(token)
        if not speakers and token.quoted and speaker is not None:
            speakers = (speaker,)
        if token.lower not in _FIRST:
            speakers = self.registry.antecedents(token, None, speakers, None, upto)
        self._pronoun(token, speakers, False, look=False)

    def _pronoun(self, token: Token, figures: tuple[Figure, ...], telling: bool, look: bool = True) -> None:
        if not figures:
            return
        for figure in figures:
            figure.add(token.span, MentionForm.PRONOUN, token.i)
            if figure.kind is ActorKind.PERSON and figure.gender is None and token.lower in ("he", "she"):
                figure.gender = "m" if token.lower == "he" else "f"
        self.heads[token.i] = figures
        if look:
            self.registry.look(figures, token, token.tag == "PRP$")
        if telling:
            self.speaker = figures[0]

    def _tells(self, token: Token) -> bool:
        return token.dep == "nsubj" and token.head.lemma in _TELLING

    def _speakers(self, token: Token) -> tuple[Figure, ...]:
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
            if head is not None and (figures := self._figures_at(head.i)):
                return figures
            for inside in self.annotated.tokens_in(span):
                if inside.i in self.heads:
                    return self.heads[inside.i]
        return ()

    # --- afterwards

    def _read_copulas(self) -> None:
        """Learn titles from "X is the president" and "when X was president"."""
        for phrase, reading in zip(self.phrases, self.readings, strict=True):
            main, head = reading.main, phrase.head
            if main is None or main.held is None or head.dep != "attr" or head.head.lemma != "be" or main.plural:
                continue
            subject = head.head.child("nsubj")
            figures = self._subject(subject) if subject is not None else ()
            if len(figures) != 1 or figures[0].kind is not ActorKind.PERSON or figures[0] in self.heads.get(head.i, ()):
                continue
            status = main.held.status
            if status is RoleStatus.CURRENT and head.head.lower in ("was", "were"):
                status = RoleStatus.FORMER
            if any(c.dep in ("neg", "aux") for c in head.head.children):
                continue
            figures[0].hold(replace(main.held, status=status, of=main.country))
            self._move(head.i, figures)

    def _read_appointments(self) -> None:
        """Learn titles from "X was sworn in as president" and "X resigned as minister"."""
        for phrase, reading in zip(self.phrases, self.readings, strict=True):
            main, head = reading.main, phrase.head
            if main is None or main.held is None or head.dep != "pobj" or head.head.lower != "as":
                continue
            verb = head.head.head
            status = _APPOINTING.get(verb.lemma)
            if status is None or any(c.dep == "neg" for c in verb.children):
                continue
            holder = verb.child("nsubjpass") or verb.child("dobj") or verb.child("nsubj")
            figures = self._subject(holder) if holder is not None else ()
            if len(figures) == 1 and figures[0].kind is ActorKind.PERSON:
                held = main.held
                status = RoleStatus.FORMER if verb.lemma == "serve" and verb.tag == "VBD" else status
                of = main.country or self._country_around(self.at[head.i])
                figures[0].told_country(of)
                figures[0].hold(replace(held, status=status, of=of))
                self._move(head.i, figures)

    def _move(self, head: int, figures: tuple[Figure, ...]) -> None:
        """Give a description, so far an actor of its own, to the person whom the sentence says it is."""
        for old in self.heads.get(head, ()):
            if old is figures[0] or old.kind is ActorKind.PERSON or old.number in self.same:
                continue
            if old.mentions and old.mentions[0].head == head:
                self.same[old.number] = figures[0]
                figures[0].mentions.extend(old.mentions)
                old.mentions.clear()
        self.heads[head] = figures

    def _subject(self, token: Token) -> tuple[Figure, ...]:
        if token.lower in ("who", "that") and token.head.dep == "relcl":
            return self._figures_at(token.head.head.i)
        return self._figures_at(token.i)

    def _fill_countries(self) -> None:
        """Give a role without a country of its own that of its context: see ``_context_country``."""
        told: dict[int, list[_Told]] = {}
        counts: Counter[str] = Counter()
        for figure in self.registry.figures:
            if not figure.country_told or not figure.country or figure.sector == "JRN":
                continue
            for mention in figure.mentions:
                described = figure.kind is ActorKind.STATE and mention.form is MentionForm.NOMINAL
                if mention.form is not MentionForm.PRONOUN and not described:
                    token = self.tokens[mention.head]
                    told.setdefault(token.sentence, []).append(_Told(token, figure.country, figure))
                    counts[figure.country] += 1
        for start, place in self.places.items():
            at = self._token_at(start)
            if place.country and at is not None and at.i not in self.heads and at.i not in self.loose:
                told.setdefault(at.sentence, []).append(_Told(at, place.country, None))
        for found in told.values():
            found.sort(key=lambda t: t.token.i)
        for figure in self.registry.figures:
            for held in figure.held:
                if held.office and held.status is RoleStatus.CURRENT and figure.kind is ActorKind.PERSON:
                    self.peers.setdefault(held.title.lower(), []).append(figure)
        dateline = self.annotated.report.dateline
        home = dateline.country if dateline else None
        common = _leader(counts)
        for figure in self.registry.figures:
            if figure.country is None and self._wants_country(figure):
                figure.country = self._context_country(figure, told, home, common)
                if figure.country and figure.kind is ActorKind.PERSON:
                    self._pass_on(figure, figure.country, told)

    def _pass_on(self, figure: Figure, country: str, told: dict[int, list[_Told]]) -> None:
        """Let a person's country count where the person is named, for those named beside later."""
        for mention in figure.mentions:
            token = self.tokens[mention.head]
            told.setdefault(token.sentence, []).append(_Told(token, country, figure))

    def _token_at(self, start: int) -> Token | None:
        k = bisect_right(self.annotated.starts, start) - 1
        return self.tokens[k] if k >= 0 else None

    def _wants_country(self, figure: Figure) -> bool:
        if figure.organisation is not None or figure.kind is ActorKind.STATE:
            return False
        return figure.sector in _MADE_UP_BY_CONTEXT

    def _context_country(
        self, figure: Figure, told: dict[int, list[_Told]], home: str | None, common: str | None
    ) -> str | None:
        """The country of the sentence if it speaks of one alone, else the report's own, else the nearest before."""
        if not figure.mentions:
            return None
        token = self.tokens[figure.mentions[0].head]
        rivals = self._countries_of_peers(figure)
        if (shared := self._shared_country(figure, token)) is not None:
            return shared
        here = [t for t in told.get(token.sentence, ()) if t.country not in rivals]
        here = [t for t in here if not _is_counterpart(figure, token, t)]
        countries = {t.country for t in here}
        if len(countries) == 1:
            return here[0].country
        if figure.kind in _TITLED and (teller := self._telling_state(here)) is not None:
            return teller
        for likely in (home, common):
            if likely and likely in countries:
                return likely
        if home and not here and home not in rivals:
            return home
        before = [t for t in here if t.token.i < token.i]
        if here:
            return (before[-1] if before else here[0]).country
        for back in range(1, 4):
            earlier = [t for t in told.get(token.sentence - back, ()) if t.figure is not None]
            earlier = [t for t in earlier if t.country not in rivals]
            if earlier:
                return earlier[0].country
        return None

    def _countries_of_peers(self, figure: Figure) -> set[str]:
        """The states whose president another is, where this one is a president of who knows where."""
        found: set[str] = set()
        for held in figure.held:
            if held.office and figure.kind is ActorKind.PERSON:
                peers = self.peers.get(held.title.lower(), ())
                found.update(p.country for p in peers if p is not figure and p.country_told and p.country)
        return found

    def _telling_state(self, here: Sequence[_Told]) -> str | None:
        """The state that tells of its own official ("..., the White House said")."""
        for told in here:
            if told.figure is not None and told.figure.kind is ActorKind.STATE and self._tells(told.token):
                return told.country
        return None

    def _shared_country(self, figure: Figure, token: Token) -> str | None:
        """The country of a colleague named in one breath: "President X and Prime Minister Y"."""
        others = [token.head] if token.dep == "conj" else []
        others += [c for c in token.children if c.dep == "conj"]
        for colleague in (c for other in others for c in self._figures_at(other.i)):
            told = colleague.country_told and colleague.kind is figure.kind
            if told and figure.held and colleague.held and not _same_rank(figure, colleague):
                return colleague.country
        return None

    def _fill_phrases(self) -> None:
        """Say of each noun phrase without an actor whose it is: possessor, word or name inside, of-phrase, place."""
        for k in range(len(self.phrases) - 1, -1, -1):
            phrase = self.phrases[k]
            head = phrase.head.i
            if head in self.heads:
                continue
            if self._is_taken_up(k):
                self.loose[head] = self._figures_at(phrase.words[-1].head.i)
                continue
            figures = self._whose(k, phrase)
            if figures:
                self.loose[head] = figures
        for token in self.tokens:
            if token.lower in _RELATIVE and token.tag in ("WP", "WDT", "WP$") and token.i not in self.heads:
                figures = self._antecedent(token)
                if figures:
                    self.loose[token.i] = figures

    def _antecedent(self, token: Token) -> tuple[Figure, ...]:
        for above in token.ancestors():
            if above.dep == "relcl":
                return self._figures_at(above.head.i)
        return ()

    def _whose(self, k: int, phrase: Phrase) -> tuple[Figure, ...]:
        if phrase.owner is not None and (owner := self._figures_at(phrase.owner.head.i)):
            return owner
        if phrase.words[0].tag == "PRP$" and phrase.words[0].i in self.heads:
            return self.heads[phrase.words[0].i]
        if inner := self.loose.get(phrase.head.i):
            states = (self.registry.known_state(code) for code, _ in self._coordinated(k))
            return (*(s for s in states if s is not None), *inner)
        for found in self.readings[k].inner:
            if found.head in self.heads:
                return self.heads[found.head]
        if self._complement(k, _STRICT_OF) and (figures := self._figures_at(self.phrases[k + 1].head.i)):
            return figures
        for child in phrase.head.children:
            if child.dep in ("nmod", "compound", "amod", "poss") and (figures := self._figures_at(child.i)):
                return figures
        country = self._place_of(phrase)
        if country is None and (main := self.readings[k].main) is not None and main.kind is ActorKind.STATE:
            country = main.country
        if country is None:
            return ()
        known = self.registry.known_state(country)
        if known is not None:
            return (known,)
        if _in_place(phrase):
            return ()
        known = self.registry.state(country)
        known.add(self.annotated.span_of(phrase.first, phrase.last), MentionForm.NOMINAL, phrase.head.i)
        return (known,)

    # --- the cast

    def _cast(self) -> Cast:
        kept = [f for f in self.registry.figures if f.mentions]
        for figure in kept:
            figure.mentions.sort(key=lambda m: (m.span, m.head))
        kept.sort(key=lambda f: (f.mentions[0].span, f.number))
        ids = {f.number: f"a{n}" for n, f in enumerate(kept, 1)}
        for number in sorted(self.same):
            if self.same[number].number in ids:
                ids[number] = ids[self.same[number].number]
        actors = tuple(_actor(ids[f.number], f) for f in kept)
        by_head = {i: found for i in sorted(self.heads) if (found := _ids(self.heads[i], ids))}
        by_phrase = {
            i: found for i in sorted(self.loose) if i not in by_head and (found := _ids(self.loose[i], ids))
        }
        return Cast(actors, by_head, by_phrase)


def _leader(counts: Counter[str]) -> str | None:
    """The country that is spoken of more than any other."""
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:2]
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _same_rank(left: Figure, right: Figure) -> bool:
    """Whether two persons hold the same title, as heads of two states do."""
    return any(a.title.lower() == b.title.lower() for a in left.held for b in right.held)


def _is_counterpart(figure: Figure, token: Token, told: _Told) -> bool:
    """Whether a country in the sentence is that of whom an official deals with, and so not the official's own."""
    other = told.figure
    if other is None or figure.kind not in _TITLED:
        return False
    if token.dep == "pobj" and token.head.lower == "with" and told.token.i < token.i:
        return True
    if other.kind in _TITLED and other.sector in _OFFICIALS and figure.sector in _OFFICIALS:
        return True
    if other.kind is not ActorKind.STATE and other.sector != "GOV":
        return False
    side = token.head if token.dep == "poss" else token
    if side.dep in _ARGUMENTS and told.token.dep in _ARGUMENTS and side.head is told.token.head:
        return True
    head = told.token.head
    return told.token.dep == "pobj" and head.lower in ("against", "with", "on") and token.dep in _SUBJECTS


def _ids(figures: Iterable[Figure], ids: dict[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[f.number] for f in figures if f.number in ids))


def _actor(ident: str, figure: Figure) -> Actor:
    mentions: list[Mention] = []
    seen: set[Span] = set()
    for mention in figure.mentions:
        if mention.span not in seen:
            seen.add(mention.span)
            mentions.append(mention)
    return Actor(ident, figure.name, figure.kind, figure.country, figure.code(), figure.roles(), tuple(mentions))


def _one_person(left: Found, right: Found) -> bool:
    """Whether two phrases side by side are a name and a description of one person."""
    if left.kind is ActorKind.PERSON:
        return right.held is not None and right.kind is not ActorKind.PERSON and not right.plural
    if right.kind is ActorKind.PERSON:
        return left.held is not None and not left.plural
    return False


def _one_body(left: Found, right: Found) -> bool:
    """Whether a description and a name side by side are one body ("the rebel group Utopian Front")."""
    if left.form is not MentionForm.NOMINAL or left.plural or left.kind not in _COLLECTIVE:
        return False
    if left.lemma == "government":
        return False
    return right.form in (MentionForm.NAME, MentionForm.ACRONYM) and right.kind in (*_COLLECTIVE, None)


def _in_place(phrase: Phrase) -> bool:
    head = phrase.head
    return head.dep == "pobj" and head.head.lower in _LOCATIVE


def _refers(token: Token) -> bool:
    """Whether an "it" may stand for an actor, and not for a clause or the weather."""
    if token.quoted or token.dep not in ("nsubj", "dobj", "pobj", "nsubjpass"):
        return False
    return not (token.head.lemma in ("be", "seem", "appear") and token.dep == "nsubj")

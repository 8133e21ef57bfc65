"""Says who is who in one report: names, titles, acronyms and pronouns that stand for the same actor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.lexicons.roles import organisation_of, word_set
from dateline.model import Actor, ActorKind, Annotated, Attribution, Cast, Mention, MentionForm, Place, Span, Token
from dateline.resolve.codes import was
from dateline.resolve.context import Context
from dateline.resolve.coreference import Figure
from dateline.resolve.mentions import PAIR_PEOPLE, PAIR_WORDS, STATE_WORDS, Found, Held, disown
from dateline.resolve.owners import Owners
from dateline.resolve.phrases import Phrase, acronym_after
from dateline.resolve.pronouns import Pronouns, is_personal
from dateline.resolve.roles import Titles, one_body
from dateline.resolve.scene import Scene, in_place

#: Sectors of bodies that belong to no state.
_WORLDLY = ("IGO", "IMG")
_COMPASS = word_set("eastern western northern southern central east west north south")
#: Titles that states, parliaments, courts, companies and clubs give alike.
_HEADS_OF_ANYTHING = frozenset(("president", "chairman", "chairwoman", "head", "chief", "director", "member", "leader"))
_WHERE = frozenset(("in", "at", "inside", "across", "within", "throughout"))
_SINGLE = (ActorKind.PERSON, ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.OFFICE)


def resolve_actors(annotated: Annotated, places: tuple[Place, ...], attributions: tuple[Attribution, ...]) -> Cast:
    """The actors of a report with their roles and mentions."""
    scene = Scene(annotated, places, attributions)
    titles = Titles(scene)
    titles.note_appositions()
    pronouns, phrases = Pronouns(scene), _Phrases(scene)
    for item in _items(scene):
        if isinstance(item, int):
            phrases.read(item)
        else:
            pronouns.read(item)
    pronouns.read_quoted()
    titles.read_copulas()
    titles.read_appointments()
    context = Context(scene)
    context.fill_countries()
    context.part_bodies()
    titles.join_offices()
    Owners(scene).fill_phrases()
    return _cast(scene)


def _items(scene: Scene) -> Iterator[int | Token]:
    """Phrases by number and third-person pronouns, in text order."""
    k, count = 0, len(scene.phrases)
    for token in scene.tokens:
        while k < count and scene.phrases[k].first < token.i:
            yield k
            k += 1
        if is_personal(token):
            yield token
    yield from range(k, count)


class _Phrases:
    """Reads the noun phrases of a report one after the other."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def read(self, k: int) -> None:
        reading = self.scene.readings[k]
        main = reading.main
        if self.scene.is_taken_up(k):
            return
        word = self.scene.phrases[k].head
        if main is not None and word.lower in PAIR_WORDS and _is_pair(self.scene.phrases[k]):
            both = self.scene.registry.latest_states(word.sentence)
            if both and len(self.scene.phrases[k].words) <= 3 and self.scene.phrases[k].after not in ("of", "from"):
                self._take_up(self.scene.phrases[k], both)
                return
        if main is not None and main.lemma in PAIR_PEOPLE and main.plural and (both := self._pair_of_persons(k)):
            self._take_up(self.scene.phrases[k], both)
            return
        for found in reading.inner:
            self._settle_inner(found, k)
        if main is None:
            self._read_state_word(self.scene.phrases[k])
            return
        earlier = [j for j in self.scene.apposed.get(k, ()) if j < k]
        figures: tuple[Figure, ...] = ()
        if earlier and main.form in (MentionForm.NOMINAL, MentionForm.TITLE):
            figures = self.scene.heads.get(self.scene.phrases[earlier[0]].head.i, ())
        later = [j for j in self.scene.apposed.get(k, ()) if j > k]
        if not figures and later and main.form in (MentionForm.NOMINAL, MentionForm.TITLE):
            named = self.scene.readings[later[0]].main
            if named is not None and named.kind is ActorKind.PERSON:
                figures = (self.scene.registry.person(named),)
            elif named is not None and one_body(main, named):
                figures = self._resolve(named, later[0])
        figures = figures or self._resolve(main, k)
        if figures:
            self._settle(main, figures, k)

    def _pair_of_persons(self, k: int) -> tuple[Figure, ...]:
        """Whom "the two leaders" takes up: two named before, or else two named in one breath right after."""
        phrase = self.scene.phrases[k]
        if not _is_pair(phrase) or phrase.after in ("of", "from") or phrase.owner is not None:
            return ()
        words = [p.kind for p in phrase.pieces if p.kind not in ("det", "num")]
        if words != ["role"]:
            return ()
        head = phrase.head
        doer = head.head.child("nsubj") if head.dep in ("dobj", "pobj") else None
        before = self.scene.registry.latest_persons(head.sentence)
        acting = self.scene.subject(doer) if doer is not None else ()
        if before and not set(before) & set(acting):
            return before
        return self._pair_after(k) or (before if not acting else self.scene.registry.latest_states(head.sentence))

    def _pair_after(self, k: int) -> tuple[Figure, ...]:
        """Two officials coordinated in the rest of the sentence ("met the two leaders, President X and Mr Y")."""
        phrase = self.scene.phrases[k]
        named: list[Found] = []
        for j in range(k + 1, min(k + 14, len(self.scene.phrases))):
            main = self.scene.readings[j].main
            if self.scene.phrases[j].head.sentence != phrase.head.sentence:
                break
            titled = main is not None and (main.held is not None or phrase.after == ",")
            if main is not None and main.kind is ActorKind.PERSON and titled:
                joined = self.scene.tokens[self.scene.phrases[j].first - 1].lower == "and"
                named = [*named[-1:], main] if joined else [main]
            if len(named) == 2:
                return tuple(self._known_person(found) for found in named)
        return ()

    def _known_person(self, found: Found) -> Figure:
        figure = self.scene.registry.person(found)
        figure.told_country(found.country)
        return figure

    def _read_state_word(self, phrase: Phrase) -> None:
        """ "The country" is the state met last."""
        word = phrase.head
        if word.lower in PAIR_WORDS and _is_pair(phrase):
            self._take_up(phrase, self.scene.registry.latest_states(word.sentence))
            return
        if word.lower == "two" and phrase.determiner == "the" and len(phrase.words) == 2 and word.dep == "nsubj":
            both = self.scene.registry.latest_persons(word.sentence)  # "the two talked for hours"
            if len({f.country for f in both} - {None}) == 2:
                self._take_up(phrase, both)
            return
        if word.lower not in STATE_WORDS or phrase.determiner not in ("the", "this") or len(phrase.words) > 2:
            return
        figure = self.scene.registry.latest_state(word.sentence)
        if figure is not None and not in_place(phrase):
            self._take_up(phrase, (figure,))

    def _take_up(self, phrase: Phrase, figures: tuple[Figure, ...]) -> None:
        """Let a phrase stand for actors met before."""
        for figure in figures:
            figure.add(self.scene.annotated.span_of(phrase.first, phrase.last), MentionForm.NOMINAL, phrase.head.i)
        if figures:
            self.scene.heads[phrase.head.i] = figures
            self.scene.registry.look(figures, phrase.head, phrase.possessive)

    def _settle_inner(self, found: Found, k: int) -> None:
        figures = self._resolve(found, k)
        if figures:
            span = self.scene.annotated.span_of(found.first, found.last)
            for figure in figures:
                figure.add(span, found.form, found.head)
                self._tell(figure, found, k)
            self.scene.heads.setdefault(found.head, figures)
            if self.scene.readings[k].main is None:
                # "US-Iran talks" are both states'
                head = self.scene.phrases[k].head.i
                before = self.scene.loose.get(head, ()) if found.head != head else ()
                self.scene.loose[head] = tuple(dict.fromkeys((*before, *figures)))
            for i in range(found.first, found.last):
                self.scene.loose.setdefault(i, figures)
            self.scene.registry.look(figures, self.scene.tokens[found.head], possessor=True)

    def _settle(self, found: Found, figures: tuple[Figure, ...], k: int) -> None:
        """Write a mention down, and what it tells of its actor."""
        phrase = self.scene.phrases[k]
        span = self.scene.annotated.span_of(found.first, found.last)
        for figure in figures:
            figure.add(span, found.form, found.head)
            self._tell(figure, found, k)
        self.scene.heads[found.head] = figures
        # the parser may have taken a country's adjective, a title or a first name for the head
        for piece in phrase.pieces:
            if piece.kind in ("country", "role", "name", "modifier"):
                for word in phrase.words[piece.first : piece.last]:
                    self.scene.loose.setdefault(word.i, figures)
        for i in (*range(found.first, found.last), phrase.head.i):
            if found.form is not MentionForm.NOMINAL or i == phrase.head.i:
                self.scene.loose.setdefault(i, figures)
        self._note_acronym(phrase, figures[0])
        if found.head in self.scene.sources or self.scene.tells(self.scene.tokens[found.head]):
            self.scene.speaker = figures[0]
        self.scene.registry.look(figures, self.scene.tokens[found.head], phrase.possessive)
        self._look_at_both(self.scene.tokens[found.head], figures)

    def _look_at_both(self, token: Token, figures: tuple[Figure, ...]) -> None:
        """Let "they" take up both of "X and Y"."""
        before = self.scene.heads.get(token.head.i) if token.dep == "conj" else None
        if before and before[0].kind in _SINGLE and figures[0].kind in _SINGLE and before[0] is not figures[0]:
            both = tuple(dict.fromkeys((*before, *figures)))
            for seen in reversed(self.scene.registry.seen[-4:]):
                if len(seen.figures) > 1 and set(before) & set(seen.figures):
                    both = tuple(dict.fromkeys((*seen.figures, *figures)))
                    break
            self.scene.registry.look(both, token.head)

    def _tell(self, figure: Figure, found: Found, k: int) -> None:
        country = found.country or (self.scene.country_around(k) if not found.countries else None)
        if found.kind is ActorKind.PERSON and found.held is None and self.scene.phrases[k].after in _WHERE:
            # somebody met in a town is not of it
            country = found.country
        if figure.sector.startswith(_WORLDLY) or found.sector.startswith(_WORLDLY):
            country = None
        if found.kind is not ActorKind.STATE and len(found.countries) < 2:
            figure.told_country(country)
        if found.held is not None and figure.kind is ActorKind.PERSON:
            held = found.held
            taken_up = found.form is not MentionForm.NAME and _is_bare_title(self.scene.phrases[k], held, figure)
            if taken_up:
                return
            anything = held.title.lower().split()[-1] in _HEADS_OF_ANYTHING
            second = held.title.lower() == "deputy"
            body = self.scene.sector_around(k) if held.weak or anything or second else ""
            figure.hold(replace(held, of=country, sector=was(body, held.status) if body else held.sector))
        elif found.held is not None and not figure.held:
            figure.held.append(found.held)
        if not figure.sector:
            figure.sector = found.sector
        if found.gender and not figure.gender:
            figure.gender = found.gender

    def _resolve(self, found: Found, k: int) -> tuple[Figure, ...]:
        """The figures that a phrase's find stands for; empty where it names no actor."""
        registry = self.scene.registry
        phrase = self.scene.phrases[k]
        if found.kind is ActorKind.STATE:
            if found.flavour in ("capital", "region") and in_place(phrase):
                return ()
            return (registry.state(found.countries[0]),)
        if found.kind is ActorKind.PERSON:
            if self._is_place(found, phrase):
                return ()
            return (registry.person(found),)
        if found.form in (MentionForm.NAME, MentionForm.ACRONYM):
            return self._resolve_name(found, k)
        if found.kind is ActorKind.POPULATION and found.lemma == "people" and self.scene.phrases[k].after == "of":
            # "the Serbs of northern Kosovo"
            found.countries = tuple(c for c in (self.scene.country_after(k, 2),) if c) or found.countries
        if not found.countries and (country := self.scene.country_around(k)):
            found.countries = (country,)
        if found.sector in ("", "UNK", "NGO") or found.lemma in _HEADS_OF_ANYTHING:
            found.sector = self.scene.sector_around(k) or found.sector
        extra = self.scene.coordinated(k) if found.plural else ()
        if extra:
            return tuple(self._spread(found, extra, k))
        return (registry.described(found),)

    def _is_place(self, found: Found, phrase: Phrase) -> bool:
        """Whether the language model took a town for a person: a bare word where a town stands, or a known place."""
        if found.held is not None or len(found.proper) > 2 or found.countries:
            return False
        if self.scene.at.get(found.head) in self.scene.apposed:
            return False
        if self.scene.registry.find_person(found.proper, None, None) is not None:
            return False
        return self.scene.is_found_place(found) or (len(found.proper) == 1 and in_place(phrase))

    def _resolve_name(self, found: Found, k: int) -> tuple[Figure, ...]:
        registry = self.scene.registry
        if found.organisation is not None and (owner := self.scene.owner_state(k)) is not None:
            disown(found, owner)
        if found.organisation is None and len(found.proper) == 1 and found.proper[0] in self.scene.surnames:
            # the language model took a surname for something else
            found.kind = ActorKind.PERSON
            return (registry.person(found),)
        known = registry.named(found) if found.organisation is None else None
        if known is not None and (found.kind is None or known.kind is not ActorKind.PERSON):
            return (known,)
        if found.organisation is None and self.scene.is_found_place(found):
            return ()
        if found.organisation is None and found.label in ("GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW", "DATE"):
            return ()
        if found.kind is None:
            if found.label != "ORG" or found.proper[0] in _COMPASS:
                if found.head in self.scene.sources and len(found.proper) > 1:
                    found.kind = ActorKind.PERSON
                    return (registry.person(found),)
                return ()
            found.kind = ActorKind.ORGANISATION
        return (registry.body(found),)

    def _spread(self, found: Found, extra: Sequence[tuple[str, str]], k: int) -> Iterator[Figure]:
        """One actor a country for "Danish and Swedish officials"."""
        name, own = found.name, found.countries
        tail = self._after_country(k)
        for country, words in (*extra, *((c, "") for c in own[:1])):
            found.name = f"{words} {tail}".strip() if words else name
            found.countries = (country,)
            figure = self.scene.registry.described(found)
            figure.told_country(country)
            yield figure
        found.name, found.countries = name, tuple(dict.fromkeys([*(c for c, _ in extra), *own]))
        found.first = min(found.first, self._first_coordinated(k))

    def _after_country(self, k: int) -> str:
        phrase = self.scene.phrases[k]
        piece = next(p for p in phrase.pieces if p.kind == "country")
        return " ".join(w.text for w in phrase.words[piece.last :])

    def _first_coordinated(self, k: int) -> int:
        return self.scene.phrases[k - len(self.scene.coordinated(k))].first

    def _note_acronym(self, phrase: Phrase, figure: Figure) -> None:
        """Learn "(PTI)" after a name."""
        letters = acronym_after(phrase, self.scene.tokens)
        known = organisation_of(letters) if letters else None
        if known is not None and known is not figure.organisation and known.name.lower() in figure.name.lower():
            # "the summit of the Organization of American States (OAS)"
            return
        if letters and figure.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
            self.scene.registry.acronym(letters.lower(), figure)


def _is_bare_title(phrase: Phrase, held: Held, figure: Figure) -> bool:
    """Whether "the minister" only takes up a title that somebody is known to hold."""
    if phrase.determiner != "the" or len(phrase.words) != 2:
        return False
    return any(held.title.lower() in other.title.lower().replace("-", " ").split() for other in figure.held)


def _is_pair(phrase: Phrase) -> bool:
    """Whether a phrase is of two known ones: "both sides", "the two leaders"."""
    words = [w.lower for w in phrase.words[:-1]]
    return words in (["both"], ["the", "two"], ["these", "two"]) or words[:2] in (["the", "two"], ["both", "the"])


def _cast(scene: Scene) -> Cast:
    kept = [f for f in scene.registry.figures if f.mentions]
    for figure in kept:
        figure.mentions.sort(key=lambda m: (m.span, m.head))
    kept.sort(key=lambda f: (f.mentions[0].span, f.number))
    ids = {f.number: f"a{n}" for n, f in enumerate(kept, 1)}
    for number in sorted(scene.same):
        if scene.same[number].number in ids:
            ids[number] = ids[scene.same[number].number]
    actors = tuple(_actor(ids[f.number], f) for f in kept)
    by_head = {i: found for i in sorted(scene.heads) if (found := _ids(scene.heads[i], ids))}
    by_phrase = {
        i: found for i in sorted(scene.loose) if i not in by_head and (found := _ids(scene.loose[i], ids))
    }
    return Cast(actors, by_head, by_phrase)


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

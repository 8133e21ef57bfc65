"""Ties quotations to the cue beside them, and pieces of one quotation to each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.extract.patterns.found import Found
from dateline.extract.patterns.phrases import CLOSING, EDGE, OPENING, noun_phrase, subtree
from dateline.extract.patterns.verbs import subject_of
from dateline.lexicons.cues import CueWord, cues_at, word_set
from dateline.model import Annotated, Quotation, Span, Token

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
#: How far from a quotation its cue may stand, in words.
_REACH = 45
_ENDS_OPEN = (",", "?", "!", "—", "–", "-", "…", "...")
_NO_START = word_set("and but or who which that as while because if when")
_SPOKEN = word_set(
    "say write report announce explain claim confirm admit agree deny doubt predict warn promise demand propose ask"
)


class Quote:
    """One quotation with its token range, inside the marks (first, last) and with them (outer_first, outer_last)."""

    __slots__ = ("first", "last", "outer_first", "outer_last", "owner", "quotation", "text")

    def __init__(self, annotated: Annotated, quotation: Quotation) -> None:
        starts = annotated.starts
        self.quotation = quotation
        self.first = bisect_left(starts, quotation.span.start)
        self.last = bisect_left(starts, quotation.span.end)
        self.outer_first = bisect_left(starts, quotation.outer.start)
        self.outer_last = max(self.last, bisect_left(starts, quotation.outer.end))
        self.text = annotated.words(quotation.span).strip().rstrip("'\"’”»` \u00a0")
        self.owner: Found | None = None

    @property
    def ends_open(self) -> bool:
        """Whether the quotation ends in a mark after which its sentence goes on (",", "?", "!", a dash)."""
        return self.text.endswith(_ENDS_OPEN)

    @property
    def is_title(self) -> bool:
        """Whether all longer words are capitalised, as in the title of a book or a programme."""
        words = [w for w in self.text.split() if len(w) > 3 or w[:1].isupper()]
        return len(words) > 1 and all(w[:1].isupper() for w in words) and self.text[-1:] == ","

    @property
    def is_speech(self) -> bool:
        """Whether the words look spoken: a whole sentence or a piece cut by a comma, and no scare word."""
        words = self.text.split()
        if not words or (len(words) <= 6 and self.is_title):
            return False
        if self.text[-1] in ".?!" or self.ends_open or not self.quotation.closed:
            return True
        return len(words) >= 4 and words[0][:1].isupper()


class DirectReader:
    """Finds the cue of each quotation of one report."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.quotes = [q for q in (Quote(annotated, x) for x in annotated.quotations) if q.first < q.last]
        self.by_cue: dict[int, Found] = {}
        self.loose: list[Found] = []
        #: cues that stand for nothing because a better one follows
        self.taken: set[int] = set()

    def read(self) -> list[Found]:
        """All statements in quotation marks, each with all its pieces."""
        for paragraph in self.annotated.paragraphs:
            mine = self._quotes_of(paragraph.first, paragraph.last)
            if mine:
                self._tie(mine, paragraph.first, paragraph.last)
        self._tie_groups()
        self._tie_alone()
        return [*self.by_cue.values(), *self.loose]

    def _quotes_of(self, first: int, last: int) -> list[Quote]:
        low = bisect_left(self.quotes, first, key=lambda q: q.first)
        high = bisect_left(self.quotes, last, key=lambda q: q.first)
        return self.quotes[low:high]

    # --- one paragraph -----------------------------------------------------------------------------------------

    def _tie(self, quotes: Sequence[Quote], first: int, last: int) -> None:
        for n, quote in enumerate(quotes):
            if not quote.is_speech:
                continue
            left = quotes[n - 1].outer_last if n else first
            right = quotes[n + 1].outer_first if n + 1 < len(quotes) else last
            if self._tie_right(quote, right) or self._tie_left(quote, left):
                continue
            self._tie_dash(quote, right)
        for n, quote in enumerate(quotes):  # '"A," he said. "B."'
            if n and quote.owner is None and quote.is_speech:
                before = quotes[n - 1]
                if before.owner is not None and self._goes_on(before, quote):
                    self._own(quote, before.owner)
        for n in range(len(quotes) - 2, -1, -1):  # '"A." "B," he said.'
            quote, after = quotes[n], quotes[n + 1]
            if quote.owner is None and quote.is_speech and after.owner and after.outer_first - quote.outer_last <= 1:
                self._own(quote, after.owner)
        for n, quote in enumerate(quotes):
            if quote.owner is None and self._stands_alone(quote, first, last):
                self._tie_orphan(quotes[n - 1] if n else None, quote, first)

    def _stands_alone(self, quote: Quote, first: int, last: int) -> bool:
        """Whether a quotation is whole sentences, with a sentence end before it and nothing of its own after it."""
        before = self.tokens[quote.outer_first - 1].text if quote.outer_first > first else ""
        after = self.tokens[quote.outer_last] if quote.outer_last < last else None
        if before not in (".", "?", "!") or not quote.is_speech or quote.text[-1:] not in (".", "?", "!"):
            return False
        return quote.text[:1].isupper() and (after is None or not after.text[:1].islower())

    def _tie_orphan(self, before: Quote | None, quote: Quote, first: int) -> None:
        """'Lund said the talks had failed. "It is over."': the speaker of the sentence before goes on."""
        if before is not None and quote.outer_first - before.outer_last <= 1 and before.owner is not None:
            self._own(quote, before.owner)
            return
        start = self.annotated.sentences[self.tokens[quote.outer_first - 1].sentence].first
        owner = self._last_speaker(max(first, start), quote.outer_first, main=True)
        if owner is not None:
            self._own(quote, owner)

    def _goes_on(self, before: Quote, quote: Quote) -> bool:
        """Whether only the cue's own sentence, or nothing, stands between two quotations."""
        between = [t for t in self.tokens[before.outer_last : quote.outer_first] if t.pos != "SPACE"]
        if len(between) <= 1:
            return True
        owner = before.owner
        if owner is None or owner.head is None:
            return False
        stops = [t.i for t in between[:-1] if t.text in (".", "?", "!")]
        return between[-1].text in (".", ":", "!", "?", ",") and not stops and any(t is owner.head for t in between)

    def _own(self, quote: Quote, owner: Found) -> None:
        quote.owner = owner
        owner.content.append(quote.quotation.span)

    def _add(self, quote: Quote, cue: Token, source: Token | None) -> bool:
        found = self.by_cue.get(cue.i)
        if found is None:
            words = noun_phrase(self.annotated, source, self._not_source(cue, quote)) if source is not None else ()
            found = Found(cue, [cue.span], words, source, [], True)
            self.by_cue[cue.i] = found
        self._own(quote, found)
        return True

    def _not_source(self, cue: Token, quote: Quote) -> list[tuple[int, int]]:
        return [(cue.i, cue.i + 1), (quote.outer_first, quote.outer_last)]

    # --- '"X," Y said' -----------------------------------------------------------------------------------------

    def _tie_right(self, quote: Quote, limit: int) -> bool:
        at = quote.outer_last
        comma = at < limit and self.tokens[at].text == ","
        if comma:
            at += 1
        if at >= limit:
            return False
        opening = self.tokens[at]
        stopped = not quote.ends_open and not comma
        if opening.lower in _NO_START and not (opening.lower == "as" and quote.ends_open):
            return False
        if stopped and not (quote.text[-1:] in ".…" and opening.text[:1].islower()):
            return False
        cue = self._first_cue(at, limit)
        if cue is None:
            return False
        early = self._sentence_start(quote)
        if self._has_own_clause(cue) and (early < quote.outer_first or not quote.text.endswith(",")):
            return False
        source = self._source_near(cue, at, limit)
        if source is None:
            return False
        better = self._second_cue(cue, source, limit)
        if better is not None:
            self.taken.add(cue.i)
            cue, source = better
        self._add(quote, cue, source)
        if early < quote.outer_first:
            # 'The plan may be "dead," she said': the words before the mark belong to it
            start = self.tokens[early].start
            self.by_cue[cue.i].content.append(Span(start, quote.quotation.span.end))
        return True

    def _sentence_start(self, quote: Quote) -> int:
        """Where the sentence begins that runs into a quotation; the quotation itself where it begins a sentence."""
        if quote.text[:1].isupper() and len(quote.text.split()) > 3:
            return quote.outer_first
        at = quote.outer_first
        paragraph = self.annotated.paragraphs[self.tokens[quote.first].paragraph].first
        while at > paragraph and self.tokens[at - 1].text not in (".", "?", "!", ";", ":"):
            at -= 1
            if self.tokens[at].tag in _FINITE and self._speaks(self.tokens[at]):
                return quote.outer_first
            if quote.outer_first - at > _REACH or self.tokens[at].quoted or self.tokens[at].text in CLOSING:
                return quote.outer_first
        return at

    def _first_cue(self, at: int, limit: int) -> Token | None:
        for i in range(at, min(limit, at + _REACH)):
            token = self.tokens[i]
            if token.text in (".", "?", "!", ";") or (token.text == ":" and i > at):
                return None
            if token.dep in ("relcl", "acl") and token.head.i >= at:
                continue
            if self._speaks(token) and (token.tag in _FINITE or (token.tag == "VBN" and token.child("aux", "nsubj"))):
                return token
        return None

    def _speaks(self, token: Token) -> bool:
        return any("quote" in u.takes for u in self._uses(token))

    def _uses(self, token: Token) -> tuple[CueWord, ...]:
        return cues_at(self.tokens, token.i) if token.pos in ("VERB", "AUX") else ()

    @staticmethod
    def _has_own_clause(cue: Token) -> bool:
        """Whether the cue has words of its own to tell, so that the quotation before it is not its content."""
        return any(
            c.i > cue.i and not c.quoted and c.dep == "ccomp" and c.child("nsubj", "nsubjpass") is not None
            for c in cue.children
        )

    def _source_near(self, cue: Token, first: int, last: int) -> Token | None:
        subject = subject_of(cue)
        if subject is not None and first <= subject.i < last:
            return subject
        if subject is not None and subject.i < first and not subject.quoted and cue.dep == "conj":
            return subject
        # the parse went astray: the noun phrase right after the cue, else the one right before it
        return self._phrase_head(cue.i + 1, min(last, cue.i + 12)) or self._phrase_head(first, cue.i)

    def _phrase_head(self, first: int, last: int) -> Token | None:
        """The main word of the noun phrase that begins a token range (after determiners and the like)."""
        for i in range(first, last):
            token = self.tokens[i]
            if token.text in EDGE or token.pos in ("VERB", "ADP", "SCONJ", "CCONJ"):
                return None
            if token.pos in ("NOUN", "PROPN", "PRON"):
                while token.head is not token and first <= token.head.i < last and token.head.pos in ("NOUN", "PROPN"):
                    token = token.head
                return token if not token.quoted else None
        return None

    def _second_cue(self, cue: Token, source: Token, limit: int) -> tuple[Token, Token] | None:
        """A stranded "said an expert." after "he said.", as translated pages print it: it names the better source."""
        if source.pos != "PRON":
            return None
        at = cue.i + 1
        while at < limit and at <= cue.i + 3 and self.tokens[at].text != ".":
            at += 1
        if at + 2 >= limit or self.tokens[at].text != "." or not self.tokens[at + 1].text[:1].islower():
            return None
        second = self.tokens[at + 1]
        if not self._speaks(second):
            return None
        named = self._phrase_head(at + 2, min(limit, at + 14))
        return (second, named) if named is not None and named.pos != "PRON" else None

    # --- 'Y said: "X"' -----------------------------------------------------------------------------------------

    def _tie_left(self, quote: Quote, limit: int) -> bool:
        end = quote.outer_first
        if end - 1 < limit:
            return False
        mark = self.tokens[end - 1].text
        start = end - 1
        while start > limit and self.tokens[start - 1].text not in (".", "?", "!", ";") and end - start < _REACH:
            start -= 1
        if mark in (".", "?", "!", ";"):
            return False
        cue = self._last_cue(start, end, mark)
        if cue is None:
            return mark == ":" and self._tie_colon(quote, start, end - 1)
        if cue.i in self.by_cue:
            return self._add(quote, cue, None)
        if mark not in ":," and not self._introduces(cue, quote):
            return False
        source = subject_of(cue)
        if source is None or source.i >= quote.outer_first:
            source = self._phrase_head_before(start, cue.i)
        if source is None and mark != ":":
            return False
        self._add(quote, cue, source)
        if mark == ":":  # 'told the Courier that he stood by his words: "She has lost"'
            for clause in cue.children:
                if clause.dep == "ccomp" and cue.i < clause.left <= clause.i < end - 1 and not clause.quoted:
                    end_of = min(clause.right + 1, end - 1)
                    self.by_cue[cue.i].content.append(self.annotated.span_of(clause.left, end_of))
        return True

    def _last_cue(self, start: int, end: int, mark: str) -> Token | None:
        verbs = 0
        for i in range(end - 1, start - 1, -1):
            token = self.tokens[i]
            if self._speaks(token) and token.tag != "VB" and (token.tag != "VBN" or token.child("aux", "nsubj")):
                if token.dep == "relcl" and mark == ":" and token.head.i >= start:
                    continue
                return self._highest(token, start) if mark == ":" else token if verbs == 0 else None
            if token.tag in _FINITE or token.tag == "MD":
                verbs += 1
            if token.lower == "that" and token.dep == "mark" and mark != ":":
                return None
        return None

    def _highest(self, cue: Token, start: int) -> Token:
        """The cue of the main clause, where the one found stands in a clause below it."""
        highest = cue
        for above in cue.ancestors():
            if above.i < start:
                break
            if self._speaks(above) and above.tag in _FINITE and not above.quoted:
                highest = above
        return highest

    def _introduces(self, cue: Token, quote: Quote) -> bool:
        """Whether the cue leads straight into a quotation that begins like a sentence."""
        if not quote.text[:1].isupper() or not any(u.act in _SPOKEN for u in self._uses(cue)):
            return False
        return all(t.pos not in ("VERB", "AUX", "SCONJ") for t in self.tokens[cue.i + 1 : quote.outer_first])

    def _phrase_head_before(self, start: int, end: int) -> Token | None:
        for i in range(end - 1, start - 1, -1):
            token = self.tokens[i]
            if token.pos in ("NOUN", "PROPN", "PRON") and not token.quoted:
                while start <= token.head.i < end and token.head is not token and token.head.pos in ("NOUN", "PROPN"):
                    token = token.head
                return token
        return None

    def _tie_colon(self, quote: Quote, start: int, colon: int) -> bool:
        """'Minister: "We will pay"': a short name before a colon and no verb."""
        before = self.tokens[start:colon]
        if not 0 < len(before) <= 10 or any(t.pos in ("VERB", "AUX") for t in before):
            return False
        head = self._phrase_head(start, colon)
        if head is None:
            return False
        found = Found(None, [self.tokens[colon].span], (self.annotated.span_of(start, colon),), head, [], True)
        self.loose.append(found)
        self._own(quote, found)
        return True

    def _tie_dash(self, quote: Quote, limit: int) -> None:
        """'"We will pay." — Maria Lund': a name after a dash and nothing more."""
        at = quote.outer_last
        if at + 1 >= limit or self.tokens[at].text not in ("—", "–", "-", "--"):
            return
        head = self._phrase_head(at + 1, limit)
        if head is None or limit - at > 15 or head.pos != "PROPN":
            return
        found = Found(None, [self.tokens[at].span], noun_phrase(self.annotated, head), head, [], True)
        self.loose.append(found)
        self._own(quote, found)

    # --- across paragraphs -------------------------------------------------------------------------------------

    def _tie_groups(self) -> None:
        owners: dict[int, Found] = {}
        for quote in self.quotes:
            if quote.owner is None and quote.quotation.group in owners:
                self._own(quote, owners[quote.quotation.group])
            elif quote.owner is not None:
                owners[quote.quotation.group] = quote.owner
        later: dict[int, Found] = {}
        for quote in reversed(self.quotes):
            if quote.owner is None and quote.quotation.group in later:
                self._own(quote, later[quote.quotation.group])
            elif quote.owner is not None:
                later[quote.quotation.group] = quote.owner

    def _tie_alone(self) -> None:
        """Paragraphs that are nothing but a quotation: the cue before a colon, else the last paragraph's speaker."""
        paragraphs = self.annotated.paragraphs
        for number, paragraph in enumerate(paragraphs):
            mine = self._quotes_of(paragraph.first, paragraph.last)
            if not mine or any(q.owner for q in mine) or not number:
                continue
            outside = [t for t in self.tokens[paragraph.first : mine[0].outer_first] if t.text not in OPENING]
            outside += [t for t in self.tokens[mine[-1].outer_last : paragraph.last] if t.pos not in ("PUNCT", "SPACE")]
            if outside or not all(q.is_speech for q in mine):
                continue
            before = paragraphs[number - 1]
            owner = self._quote_before(before.first, before.last) or self._colon_before(before.first, before.last)
            if owner is None:
                owner = self._last_speaker(before.first, before.last)
            if owner is None:
                continue
            for quote in mine:
                self._own(quote, owner)

    def _quote_before(self, first: int, last: int) -> Found | None:
        """The statement that the paragraph before ends with: its quotation, or the cue right after it."""
        mine = self._quotes_of(first, last)
        if not mine or mine[-1].owner is None:
            return None
        owner = mine[-1].owner
        rest = [t for t in self.tokens[mine[-1].outer_last : last] if t.pos not in ("PUNCT", "SPACE")]
        return owner if not rest or (owner.head in rest and len(rest) < 15) else None

    def _colon_before(self, first: int, last: int) -> Found | None:
        if last <= first or self.tokens[last - 1].text != ":":
            return None
        start = last - 1
        while start > first and self.tokens[start - 1].text not in (".", "?", "!") and last - start < _REACH:
            start -= 1
        cue = self._last_cue(start, last - 1, ":")
        if cue is None:
            return None
        if cue.i not in self.by_cue:
            source = subject_of(cue)
            words = noun_phrase(self.annotated, source, [subtree(cue)] if source and source.i > cue.i else [])\
                if source is not None else ()
            self.by_cue[cue.i] = Found(cue, [cue.span], words, source, [], True)
        return self.by_cue[cue.i]

    def _last_speaker(self, first: int, last: int, main: bool = False) -> Found | None:
        """A statement without a cue by whoever spoke last in the paragraph before."""
        for i in range(last - 1, first - 1, -1):
            token = self.tokens[i]
            if main and not (token.dep == "ROOT" or (token.dep == "conj" and token.head.dep == "ROOT")):
                continue
            if not token.quoted and token.tag in _FINITE and self._speaks(token):
                source = subject_of(token)
                if source is None or source.quoted:
                    return None
                found = Found(None, [], noun_phrase(self.annotated, source), source, [], True)
                self.loose.append(found)
                return found
        return None

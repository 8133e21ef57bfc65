"""Reads a cue verb: who is its subject, and which of its complements is what was put on record."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extract.patterns.found import Found
from dateline.extract.patterns.phrases import CLOSING, EDGE, Ranges, noun_phrase, spans, subtree, without
from dateline.lexicons.cues import CueWord, cues_at, rest_of, word_set
from dateline.lexicons.roles import role_of
from dateline.model import ActorKind, Annotated, Span, Token

_SUBJECT = ("nsubj", "nsubjpass")
_PREPOSITIONS = ("about", "against", "for", "of", "on", "over", "to", "with")
#: Verbs above an infinitive that leave no doubt that it was done ("went on to say", "took to the stage to accuse").
_DONE = word_set("go continue proceed begin start appear seem rush step rise stand take use return come")
#: A participle after a comma that goes on with the statement before it ("…, adding that …").
_GOES_ON = word_set(
    "add say note state stress argue warn insist claim explain emphasise emphasize point maintain tell call urge accuse"
    " describe suggest assert declare cite ask contend reiterate allege predict vow promise pledge conclude"
)
#: Nouns for a text: who issued it is the speaker of what it says.
_TEXTS = word_set("statement letter memo note email e-mail message post tweet release video text op-ed communique ad")
_MODALS = word_set("will would may might can could should must shall 'll 'd wo")
_REFUSING = frozenset(("could", "would", "can", "ca"))
#: What a cue after its clause does (", the agency reported on Friday").
_TELLS = frozenset(("say", "report", "announce", "claim", "confirm", "write", "explain"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
#: What one does not know or care about is no statement ("I do not know why it says otherwise").
_KNOWS = word_set("know understand remember recall care mind realise realize")
_CHARGES = word_set("charge allegation accusation claim report suggestion assertion version account")
_EXPLETIVE = frozenset(("it", "there", "this", "that"))


def _is_people(noun: Token) -> bool:
    """Whether a noun names people: one by name, or by what they are."""
    role = role_of(noun.lemma)
    return noun.ent == "PERSON" or (role is not None and role.kind in (ActorKind.PERSON, ActorKind.POPULATION))


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive: "was told", or a bare participle after a noun ("claims made by")."""
    if verb.tag != "VBN":
        return False
    if verb.child("auxpass", "nsubjpass"):
        return True
    if verb.dep in ("acl", "advcl", "conj", "amod") and not verb.child("aux", "nsubj"):
        return verb.dep != "conj" or is_passive(verb.head)
    return False


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of the noun phrase that does what the verb says, also where it hangs on a verb above."""
    own = verb.all(*_SUBJECT)
    if own:
        # the last of two: "the news agency Tarpress" parsed as two subjects, or "Q: Mr Lund says"
        return own[-1] if len(own) > 1 and own[-1].i < verb.i else own[0]
    head = verb.head
    if depth > 4 or head is verb:
        return None
    if verb.dep == "pcomp":
        verb, head = head, head.head
        quoted = head.child("dobj")
        if verb.lower == "as" and quoted is not None and not is_passive(head):
            return quoted  # "quoted an adviser as saying"
    if verb.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
        if head.dep == "dobj" and head.pos == "NOUN" and head.lemma in _TEXTS:
            return subject_of(head.head, depth + 1) or head  # "she released a statement saying"
        return head
    if head.pos in ("VERB", "AUX"):
        if verb.dep == "xcomp" and head.child("dobj") is not None and verb.tag == "VB":
            return head.child("dobj")
        return subject_of(head, depth + 1)
    if verb.dep in ("conj", "dep") and head.pos in ("NOUN", "PROPN"):
        return None
    return None


class VerbReader:
    """Reads the cue verbs of one report from left to right."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        #: subjects of participles whose parse hangs too low, by token index
        self.controlled: dict[int, Token] = {}

    def read(self, verb: Token, uses: Sequence[CueWord]) -> Found | None:
        """The statement that this verb tells of, or ``None`` where it tells of none."""
        if is_passive(verb):
            return self._passive(verb, uses)
        if verb.lemma in ("quote", "cite"):
            saying = self._as_saying(verb)
            if saying is not None:
                return self._quoted_as_saying(verb, saying)
        if not self._is_done(verb) or self._is_unknown(verb):
            return None
        use, ranges, frame = self._content(verb, uses)
        if use is None:
            use, ranges, frame = self._charge(verb, uses)
        if use is None:
            return None
        subject = self._subject(verb, ranges)
        if subject is None or (subject.lower in ("there", "this") and use.act != "show"):
            return None
        own = [(verb.i, verb.i + 1), *ranges]
        content = spans(self.annotated, ranges)
        if not content:
            return None
        source = self._source(verb, subject, own)
        return Found(verb, list(self.cue_spans(verb, use)), source, subject, list(content), False, use.act, frame)

    @staticmethod
    def _is_unknown(verb: Token) -> bool:
        """Whether a speaker tells what they do not know ("I do not know why it rains")."""
        subject = verb.child("nsubj")
        own = subject is not None and subject.lower in ("i", "we")
        return own and verb.lemma in _KNOWS and verb.child("neg") is not None

    def _as_saying(self, verb: Token) -> Token | None:
        last = min(self.annotated.sentences[verb.sentence].last, verb.i + 25)
        for token in self.tokens[verb.i + 1 : last]:
            if token.lower == "saying" and self.tokens[token.i - 1].lower == "as":
                return token
        return None

    def _quoted_as_saying(self, verb: Token, saying: Token) -> Found | None:
        """ "The men have left, the agency quoted a guard as saying.": the words before are the guard's."""
        speaker = verb.child("dobj")
        sentence = self.annotated.sentences[verb.sentence]
        if speaker is None or speaker.i > saying.i:
            return None
        if any(t.pos in ("VERB", "AUX") for t in self.tokens[saying.i + 1 : sentence.last]):
            return None  # what was said follows: "saying" is the cue
        comma = verb.i
        while comma > sentence.first and self.tokens[comma].text != ",":
            comma -= 1
        content = spans(self.annotated, [(sentence.first, comma)])
        if not content or verb.i - comma > 12:
            return None
        words = noun_phrase(self.annotated, speaker, [(saying.i - 1, sentence.last)])
        return Found(verb, [verb.span], words, speaker, list(content), False, "say", "that")

    # --- the verb itself ---------------------------------------------------------------------------------------

    def _is_done(self, verb: Token) -> bool:
        """Whether the verb tells something that was put on record: no "will say", no "wants to say"."""
        auxiliaries = verb.all("aux")
        if any(a.lower in _MODALS and a.tag == "MD" for a in auxiliaries):
            # "could not confirm" and "would not rule out" tell what was said; "will say" does not
            return verb.child("neg") is not None and any(a.lower in _REFUSING for a in auxiliaries)
        if any(a.lower == "to" for a in auxiliaries):
            return verb.dep in ("xcomp", "advcl", "conj") and verb.head.lemma in _DONE
        # an order to the reader, or a bare infinitive
        return verb.tag != "VB" or any(a.lemma == "do" for a in auxiliaries)

    def cue_spans(self, verb: Token, use: CueWord | None = None) -> tuple[Span, ...]:
        """The verb with the auxiliaries, negation, adverbs and particle right beside it."""
        first = last = verb.i
        near = {c.i for c in verb.children if c.dep in ("aux", "auxpass", "neg", "advmod", "prt")}
        while first - 1 in near:
            first -= 1
        while last + 1 in near and self.tokens[last + 1].dep in ("prt", "neg"):
            last += 1
        if use is not None and len(use.words) > 1:
            rest = rest_of(self.tokens, verb.i, use) or ()
            if rest and rest[-1] - last <= 2:
                last = max(last, rest[-1])
        return (self.annotated.span_of(first, last + 1),)

    def _source(self, verb: Token, subject: Token, avoid: Ranges) -> tuple[Span, ...]:
        words = noun_phrase(self.annotated, subject, avoid)
        twin = verb.child(*_SUBJECT)
        if twin is not None and twin is not subject and twin.tag != "WDT" and twin.right + 1 == subject.left:
            return (Span(self.tokens[twin.left].start, words[-1].end),)
        return words

    def _subject(self, verb: Token, ranges: Ranges) -> Token | None:
        subject = self.controlled.get(verb.i) or subject_of(verb)
        if subject is None and any(last <= verb.i for _, last in ranges):
            # "…, said Lund": the inverted subject is at times parsed as an object
            subject = verb.child("dobj", "attr", "oprd", "npadvmod", "dep")
            if subject is not None and subject.i < verb.i:
                subject = None
        if subject is not None and any(a <= subject.i < b for a, b in ranges):
            return None
        return subject

    # --- its complements ---------------------------------------------------------------------------------------

    def _content(self, verb: Token, uses: Sequence[CueWord]) -> tuple[CueWord | None, Ranges, str]:
        takes = frozenset[str]().union(*(u.takes for u in uses))
        for frame, find in (("that", self._clause), ("inf", self._infinitive), ("ing", self._gerund),
                            ("as", self._as), ("pred", self._predicate)):  # fmt: skip
            if frame in takes or (frame == "that" and ("wh" in takes or "quote" in takes)):
                ranges = find(verb)
                if ranges:
                    use = next((u for u in uses if frame in u.takes), None)
                    use = use or next((u for u in uses if "wh" in u.takes or "quote" in u.takes), uses[0])
                    return use, ranges, frame
        for preposition in _PREPOSITIONS:
            if preposition in takes:
                ranges = self._prepositional(verb, preposition)
                if ranges:
                    return next(u for u in uses if preposition in u.takes), ranges, preposition
        if "np" in takes:
            use = next(u for u in uses if "np" in u.takes)
            ranges = self._object(verb, use)
            if ranges:
                return use, ranges, "np"
        return None, [], ""

    def _charge(self, verb: Token, uses: Sequence[CueWord]) -> tuple[CueWord | None, Ranges, str]:
        """The noun in "…, a charge that Oslo denied": the words for what was just told."""
        noun, own = verb.head, verb.child(*_SUBJECT)
        use = next((u for u in uses if u.act in ("deny", "reject") and "np" in u.takes), None)
        if use is None or verb.dep != "relcl" or noun.lemma not in _CHARGES or own is None or own.tag in ("WDT", "WP"):
            return None, [], ""
        return use, [(noun.left, noun.i + 1)], "of"

    def _lead(self, verb: Token) -> Ranges:
        """The clause before ", the agency reported on Friday", which the parser took to be told by its own verb."""
        subject, head = verb.child("nsubj"), verb.head
        if verb.dep not in ("ccomp", "advcl") or subject is None or verb.child("mark", "ccomp") is not None:
            return []
        first = subject.left
        if not head.i < first - 1 <= verb.i or self.tokens[first - 1].text != "," or verb.quoted:
            return []
        start = self.annotated.sentences[verb.sentence].first
        told = any("that" in u.takes and u.act in _TELLS for u in cues_at(self.tokens, verb.i))
        if not told or verb.tag not in ("VBD", "VBZ", "VBP") or head.sentence != verb.sentence or verb.child("dobj"):
            return []
        return [(start, first - 1)] if any(t.tag in _FINITE for t in self.tokens[start : first - 1]) else []

    def _clause(self, verb: Token) -> Ranges:
        lead = self._lead(verb)
        if lead:
            return lead
        if verb.dep == "relcl" and self._teller(verb.head.head) is verb:
            return [(verb.i + 1, verb.head.head.right + 1)]
        clauses = [c for c in verb.children if c.dep == "ccomp" and self._is_clause(c)]
        clauses = [c for c in clauses if (self._teller(c) is None or c.i < verb.i) and not self._lead(c)]
        after = [c for c in clauses if c.left > verb.i and c.child(*_SUBJECT) is not None]
        if after and clauses[0].i < verb.i and not after[0].quoted:
            clauses = after  # what stands before the subject is no statement ("On taxes, he said …")
        if clauses:
            return [r for c in clauses for r in self._clause_range(verb, c)]
        if verb.dep == "parataxis" or (verb.dep == "advcl" and verb.child("mark", "advmod") is not None
                                       and self._is_as_said(verb)):  # fmt: skip
            return without([subtree(verb.head)], [subtree(verb)])
        return []

    def _teller(self, clause: Token) -> Token | None:
        """The cue in "a move that Tarsia warned would hurt", parsed as if the move hurt in the reporter's voice."""
        subject = clause.child("nsubj")
        relative = subject.child("relcl") if subject is not None else None
        if relative is None or not relative.i < clause.i <= relative.i + 4 or relative.child("ccomp") is not None:
            return None
        between = self.tokens[relative.i + 1 : clause.i]
        if not between or any(t.pos not in ("AUX", "PART", "ADV") for t in between):
            return None
        return relative if any("that" in u.takes for u in cues_at(self.tokens, relative.i)) else None

    @staticmethod
    def _is_clause(clause: Token) -> bool:
        """Whether a complement is a finite clause or a piece of one, not an infinitive or a stray word."""
        if clause.tag == "VB" and any(c.lower == "to" and c.dep == "aux" for c in clause.children):
            return clause.child("mark", "advmod") is not None
        return clause.pos in ("VERB", "AUX") or clause.child("nsubj", "nsubjpass", "mark", "cop") is not None

    @staticmethod
    def _is_as_said(verb: Token) -> bool:
        first = min(verb.children, key=lambda c: c.i)
        if first.lower != "as" or verb.child("nsubj") is None or verb.child("ccomp") is not None:
            return False
        obj = verb.child("dobj")
        return obj is None or obj.lower == "it"  # "as he put it", but not "as he announced his victory"

    def _clause_range(self, verb: Token, clause: Token) -> Ranges:
        first, last = subtree(clause)
        if first == verb.i + 1:
            first = self._after_date(first, clause.i)
        last = self._cut_participle(verb, clause, first, last)
        last = self._cut_contrast(clause, last)
        last = self._cut_conjunct(verb, clause, last)
        own = [subtree(c) for c in verb.children if c.dep != "ccomp" and first <= c.i < last]
        if first <= verb.i < last:
            own.append((verb.i, verb.i + 1))
        if clause.i > verb.i and clause.child(*_SUBJECT) is None and self.tokens[first].pos in ("AUX", "VERB"):
            # the parser took the clause's subject for the cue's object ("said the firm, Nordal, may sell")
            obj = verb.child("dobj", "nsubj")
            if obj is not None and verb.i < obj.i < first and verb.child(*_SUBJECT) is not obj:
                return without([(obj.left, last)], [])
        return without([(first, last)], own)

    def _after_date(self, first: int, head: int) -> int:
        """The start of a clause without the day of the cue ("said on Tuesday it would close")."""
        at = first
        if self.tokens[at].pos == "ADP" and at + 1 < head and self.tokens[at + 1].ent in ("DATE", "TIME"):
            at += 1
        if self.tokens[at].ent not in ("DATE", "TIME"):
            return first
        while at < head and self.tokens[at].ent in ("DATE", "TIME"):
            at += 1
        return at if at < head and self.tokens[at].text not in (",", "'s", "’s") else first

    def _cut_participle(self, verb: Token, clause: Token, first: int, last: int) -> int:
        """The end of a clause before ", adding that …", whose speaker is the verb's own."""
        for i in range(max(first + 3, verb.i + 1), last - 1):
            token = self.tokens[i]
            if token.tag != "VBG" or token.lemma not in _GOES_ON:
                continue
            before = self.tokens[i - 2 if self.tokens[i - 1].text in CLOSING else i - 1]
            if before.text != "," or token.quoted != verb.quoted:
                continue
            if clause.lemma != verb.lemma and any("that" in u.takes for u in cues_at(self.tokens, clause.i)):
                continue  # the clause tells of a speaker of its own
            subject = self.controlled.get(verb.i) or subject_of(verb)
            if subject is not None:
                self.controlled[i] = subject
            return i
        return last

    def _cut_contrast(self, clause: Token, last: int) -> int:
        """The end of a clause before ", while 22 percent said …"."""
        for c in clause.children:
            if c.dep == "advcl" and c.i > clause.i and c.child("ccomp") is not None and cues_at(self.tokens, c.i):
                mark = c.child("mark")
                if mark is not None and mark.lower in ("while", "as", "whereas", "although", "though"):
                    last = min(last, mark.i)
        return last

    def _cut_conjunct(self, verb: Token, clause: Token, last: int) -> int:
        """The end of a clause before "and insisted that …", where the tense shows that it goes on with the cue."""
        for c in clause.all("conj"):
            if c.tag != verb.tag or c.child(*_SUBJECT) is not None or not c.child("ccomp", "xcomp", "dobj"):
                continue
            if (clause.tag == c.tag and not clause.child("aux")) or not cues_at(self.tokens, c.i):
                continue
            conjunction = next((d for d in clause.children if d.dep == "cc" and d.i < c.i), None)
            subject = self.controlled.get(verb.i) or subject_of(verb)
            if subject is not None and c.i > verb.i:
                self.controlled[c.i] = subject
                last = min(last, conjunction.i if conjunction is not None else c.left)
        return last

    def _infinitive(self, verb: Token) -> Ranges:
        for c in verb.children:
            if c.i > verb.i and c.dep in ("xcomp", "ccomp", "advcl") and c.pos in ("VERB", "AUX"):
                to = c.child("aux")
                if to is not None and to.lower == "to":
                    last = self._cut_conjunct(verb, c, c.right + 1)
                    obj = verb.child("dobj", "dative")
                    if obj is not None and verb.i < obj.i < c.i:
                        return [(obj.left, last)]
                    on = verb.child("prep")
                    if on is not None and verb.i < on.i < c.i and on.lower in ("on", "upon", "for", "to", "with"):
                        return [(on.i + 1, last)]
                    return [(c.left, last)]
        return []

    def _gerund(self, verb: Token) -> Ranges:
        for c in verb.children:
            if c.i > verb.i and c.tag == "VBG" and c.dep in ("xcomp", "ccomp", "pcomp"):
                return [subtree(c)]
        return []

    def _as(self, verb: Token) -> Ranges:
        for c in verb.children:
            if c.i > verb.i and c.dep in ("prep", "mark") and c.lower == "as":
                obj = verb.child("dobj")
                if obj is not None and verb.i < obj.i < c.i:
                    return [(obj.left, max(c.right, obj.right) + 1)]
                if obj is None and (verb.dep in ("relcl", "ccomp") or is_passive(verb)):
                    return [subtree(c)]
        obj = verb.child("dobj")
        if obj is not None and any(c.lower == "as" and c.dep == "prep" and c.i > obj.i for c in obj.children):
            return [subtree(obj)]  # "as" hung on the object
        return []

    def _predicate(self, verb: Token) -> Ranges:
        complement = verb.child("oprd")
        if complement is not None and complement.i > verb.i:
            obj = verb.child("dobj")
            if obj is not None and verb.i < obj.i:
                return [(min(obj.left, complement.left), max(obj.right, complement.right) + 1)]
            return [subtree(complement)]
        small = verb.child("ccomp", "xcomp")
        if small is not None and small.i > verb.i and small.child("nsubj") and small.pos not in ("VERB", "AUX"):
            return [subtree(small)]
        obj = verb.child("dobj")
        if obj is not None and obj.i > verb.i:
            last = self._named_so(obj.right + 1)
            return [(obj.left, last)] if last > obj.right + 1 else []
        return []

    def _prepositional(self, verb: Token, preposition: str) -> Ranges:
        for c in verb.children:
            if c.i > verb.i and c.dep in ("prep", "agent", "dative") and c.lower == preposition and c.children:
                if c.children[0].ent in ("DATE", "TIME"):
                    continue  # "reported on Wednesday"
                obj = verb.child("dobj")
                if obj is not None and verb.i < obj.i < c.i:
                    return [(obj.left, max(c.right, obj.right) + 1)]
                return [(c.i, c.right + 1)]
        return []

    def _object(self, verb: Token, use: CueWord) -> Ranges:
        phrase = rest_of(self.tokens, verb.i, use) if len(use.words) > 1 else ()
        after = phrase[-1] if phrase else verb.i
        if phrase:
            particle = self.tokens[after]
            if particle.dep == "prep" and particle.right > after and self.tokens[after + 1].ent in ("DATE", "TIME"):
                return []
            if particle.dep == "prep" and particle.right > after:
                return [(after + 1, particle.right + 1)]
        obj = verb.child("dobj")
        if obj is not None and obj.lemma in _TEXTS and obj.child("acl") is not None:
            return []  # "issued a statement saying": the participle is the cue
        if obj is None or obj.i < verb.i or (obj.pos == "PRON" and not any(c.lower == "for" for c in verb.children)):
            return []
        if use.act == "announce" and _is_people(obj):
            return []  # prisoners are released, not told
        last = obj.right + 1
        for c in verb.children:  # "praised him for keeping his word"
            if c.dep == "prep" and c.lower in ("for", "as", "over") and c.left <= last + 1 and c.i > obj.i:
                last = c.right + 1
        return [(max(obj.left, after + 1), last)]

    def _named_so(self, at: int) -> int:
        """The end of what a thing is called, in quotation marks after it ("called the vote a “farce”"), else ``at``."""
        first = self.tokens[at].paragraph if at < len(self.tokens) else -1
        for i in range(at, min(at + 12, len(self.tokens))):
            token = self.tokens[i]
            stops = token.pos in ("VERB", "CCONJ") or token.text in EDGE
            if token.paragraph != first or (stops and not token.quoted):
                return at
            if token.quoted:
                while i < len(self.tokens) and self.tokens[i].quoted:
                    i += 1
                return i
        return at

    # --- passives ----------------------------------------------------------------------------------------------

    def _passive(self, verb: Token, uses: Sequence[CueWord]) -> Found | None:
        """ "was told that", "is said to be", "it was reported that", "described by police as", "accused of"."""
        use, ranges, frame = self._content(verb, uses)
        agent = verb.child("agent")
        by = agent.child("pobj") if agent is not None else None
        subject = verb.child("nsubjpass", "nsubj")
        told = verb.lemma in ("tell", "inform", "brief", "advise", "remind", "assure", "warn", "ask", "notify")
        if use is None:
            if by is None:
                return None
            use = next((u for u in uses if u.takes & {"np", "as"}), uses[0])
        if any(a.tag == "MD" or a.lower == "to" for a in verb.all("aux")):
            return None
        quoted = verb.lemma in ("quote", "cite") and subject is not None and by is None and ranges
        if quoted and subject is not None:  # '"…," he was quoted as saying'
            content = spans(self.annotated, without(list(ranges), [subtree(subject)]))
            words = noun_phrase(self.annotated, subject, ranges)
            return Found(verb, list(self.cue_spans(verb, use)), words, subject, list(content), False, use.act, "that")
        if subject is not None and not told and subject.lower not in _EXPLETIVE:
            ranges = [*ranges, subtree(subject)]
        if subject is None and verb.dep == "acl" and verb.head.pos in ("NOUN", "PROPN"):
            ranges = [*ranges, (verb.head.left, verb.i)]
        if agent is not None:
            ranges = without(ranges, [subtree(agent)])
        if by is not None:
            # what the parser hung on the agent belongs to the verb: "told by a caller that …", "by an aide as stubborn"
            stray = [c for c in by.children if c.i > by.i and (c.lower == "as" or (c.dep == "acl" and c.child("mark")))]
            ranges = [*ranges, *(subtree(c) for c in stray)]
        content = spans(self.annotated, ranges)
        if not content:
            return None
        source = noun_phrase(self.annotated, by, ranges) if by is not None else ()
        return Found(verb, list(self.cue_spans(verb, use)), source, by, list(content), False, use.act, frame or "np")

"""What becomes of an act under another word: "agreed to attack", "called for talks", "halted aid".

Two things are asked of each operator class: which act of its own it makes out of the act under it (a CAMEO code),
and what it makes of the reality of the act under it. Codes follow the CAMEO codebook 1.1b3 (Schrodt 2012), roots
02 to 17; what is real follows the rules of a reading.
"""

from __future__ import annotations

from dateline.model import Reality

R = Reality

_PROMISE = {"04": "036", "05": "032", "06": "031", "07": "033", "08": "035", "03": "030"}
_THREATEN = {"14": "133", "15": "138", "16": "131", "17": "132", "18": "138", "19": "138", "20": "138"}
_THREATEN_SANCTION = {"161": "1313", "162": "1311", "163": "1312", "164": "134", "165": "135", "166": "136"}
_REFUSE = {"04": "125", "05": "121", "06": "121", "07": "122", "08": "124", "03": "120"}
_ASK = {"04": "6", "05": "2", "06": "1", "07": "3", "08": "5"}
_STOP = {
    "18": "0871", "19": "0871", "20": "0871", "15": "0873", "17": "081", "16": "085", "14": "082",
    "07": "162", "04": "164", "06": "160", "05": "161", "03": "160", "08": "160",
}  # fmt: skip
_ACCUSE = {"15": "1123", "17": "1122", "18": "1123", "19": "1123", "20": "1124"}
_HOSTILE = frozenset(("13", "14", "15", "16", "17", "18", "19", "20"))
_UNKIND = _HOSTILE | {"09", "10", "11", "12"}

#: Classes that make no act of their own: the act under them is all there is.
PASSING = frozenset(
    ("intend", "want", "must", "fail", "postpone", "force", "attempt", "aspect", "occur", "light", "receive", "deny",
     "possible", "consider", "report", "evidence", "think", "say", "judge", "unsure", "order", "back",
     "doubt")
)  # fmt: skip
#: Classes whose own act is said to or of somebody, so that the doer of the act under them may be their target.
OF_ANOTHER = frozenset(
    ("demand", "urge", "accuse", "suspect", "judge", "back", "want", "ban", "prevent", "allow", "force")
)


def hostile(code: str) -> bool:
    """Whether a code stands for a deed of conflict or a threat of one.

    >>> hostile("190"), hostile("042")
    (True, False)
    """
    return code[:2] in _HOSTILE


def _promise(code: str) -> str:
    root = code[:2]
    if root == "15":
        return "031"
    if root in _HOSTILE:
        return _threaten(code)
    if code.startswith("087"):
        return "0356"
    if code.startswith("084"):
        return "0353"
    return _PROMISE.get(root, code)


def _threaten(code: str) -> str:
    return _THREATEN_SANCTION.get(code[:3]) or _THREATEN.get(code[:2], "130")


def not_doing(name: str, code: str, own: str) -> str:
    """The code of an operator over an act that is not to be done: "promised not to attack", "agreed not to meet".

    >>> not_doing("promise", "190", "030"), not_doing("promise", "042", "030"), not_doing("urge", "190", "020")
    ('035', '125', '025')
    """
    root = code[:2]
    if name in ("promise", "plan", "threaten"):
        return "035" if root in _HOSTILE else _REFUSE.get(root, "120")
    if name in ("demand", "urge", "want"):
        ask = "10" if name == "demand" else "02"
        return ask + "5" if root in _UNKIND else ask + "0"
    return outer_code(name, code, own)


def _ask(code: str, root: str) -> str:
    if code.startswith("087"):
        return root + "56"
    if code.startswith("084"):
        return root + "53"
    return root + _ASK.get(code[:2], "0")


def outer_code(name: str, code: str, own: str) -> str:
    """The CAMEO code of the act that an operator class makes of an act with this code; empty for none.

    >>> outer_code("promise", "070", "030"), outer_code("promise", "190", "030"), outer_code("urge", "190", "020")
    ('033', '138', '020')
    """
    root = code[:2]
    if name in ("promise", "plan"):
        return _promise(code)
    if name == "threaten":
        return _threaten(code)
    if name == "refuse":
        return _REFUSE.get(root, "120")
    if name in ("demand", "urge", "want"):
        return _ask(code, "10" if name == "demand" else "02")
    if name in ("stop", "cancel"):
        return _STOP.get(root, "")
    if name == "allow":
        return "" if root in _UNKIND - {"14"} else "0863" if root == "07" else "080"
    if name in ("ban", "prevent"):
        return "172" if name == "ban" or root not in _UNKIND or root == "14" else ""
    if name in ("accuse", "suspect"):
        return _ACCUSE.get(root, "112")
    return own


# --- reality ----------------------------------------------------------------------------------------------------

_REAL = (R.HAPPENED, R.ONGOING)
#: class -> reality of the act under it where the word itself happened; ``None``: the act's own words decide
_MODE: dict[str, Reality | None] = {
    "promise": R.PLANNED, "plan": R.PLANNED, "intend": R.PLANNED, "order": R.PLANNED,
    "demand": R.DEMANDED, "urge": R.DEMANDED, "want": R.DEMANDED, "must": R.DEMANDED,
    "refuse": R.NEGATED, "fail": R.NEGATED, "prevent": R.NEGATED, "ban": R.NEGATED,
    "cancel": R.CALLED_OFF, "postpone": R.CALLED_OFF, "deny": R.DENIED,
    "threaten": R.POSSIBLE, "suspect": R.POSSIBLE, "allow": R.POSSIBLE, "attempt": R.POSSIBLE,
    "possible": R.POSSIBLE, "consider": R.POSSIBLE, "report": R.POSSIBLE, "back": R.POSSIBLE,
}  # fmt: skip
_SAME = frozenset(("force", "aspect", "occur", "light", "receive"))


def under(name: str, outer: Reality, code: str) -> Reality | None:
    """What an operator whose own reality is ``outer`` makes of the act under it; ``None``: nothing.

    >>> under("refuse", Reality.HAPPENED, "042"), under("refuse", Reality.NEGATED, "042")
    (<Reality.NEGATED: 'negated'>, <Reality.POSSIBLE: 'possible'>)
    """
    if name in _SAME:
        return outer
    if name == "stop":
        return _stopped(outer, code)
    if name == "think":
        return outer if outer in (R.NEGATED, R.DENIED) else None
    if name in ("evidence", "say"):
        return R.POSSIBLE if outer is R.NEGATED else R.DENIED if outer is R.DENIED else None
    if name == "doubt":
        return None if outer is R.NEGATED else R.POSSIBLE
    mode = _MODE.get(name)
    if mode is None:
        return None
    return _with(mode, outer, name)


def _with(mode: Reality, outer: Reality, name: str) -> Reality:
    if outer in _REAL:
        return mode
    if mode is R.NEGATED:
        if outer in (R.NEGATED, R.DENIED):
            return R.HAPPENED if name in ("fail", "prevent") else R.POSSIBLE
        return R.POSSIBLE if outer is R.POSSIBLE else R.NEGATED
    if mode is R.CALLED_OFF:
        return {R.NEGATED: R.PLANNED, R.DENIED: R.PLANNED, R.DEMANDED: R.PLANNED, R.POSSIBLE: R.POSSIBLE}.get(
            outer, mode
        )
    if mode is R.DENIED:
        return R.POSSIBLE if outer in (R.NEGATED, R.DEMANDED, R.POSSIBLE) else mode
    if outer in (R.NEGATED, R.DENIED, R.CALLED_OFF):
        if name == "report":
            return R.POSSIBLE if outer is R.NEGATED else outer
        return R.POSSIBLE if mode is R.DEMANDED else outer
    if outer is R.POSSIBLE:
        return R.POSSIBLE
    return mode


def _stopped(outer: Reality, code: str) -> Reality:
    if outer in _REAL:
        return R.HAPPENED if hostile(code) else R.CALLED_OFF
    return R.ONGOING


def combine(local: Reality, context: Reality | None) -> Reality:
    """The reality of an act from its own words and from what governs it.

    >>> combine(Reality.NEGATED, Reality.NEGATED), combine(Reality.HAPPENED, Reality.DEMANDED)
    (<Reality.HAPPENED: 'happened'>, <Reality.DEMANDED: 'demanded'>)
    """
    if context is None or context is R.HAPPENED:
        return local
    if context is R.ONGOING:
        return R.ONGOING if local is R.HAPPENED else local
    if local is R.NEGATED:
        return R.HAPPENED if context is R.NEGATED else R.NEGATED
    if local is R.CALLED_OFF and context in (R.PLANNED, R.POSSIBLE):
        return local
    if local is R.POSSIBLE and context in (R.PLANNED, R.DEMANDED):
        return local
    if local is R.DEMANDED and context is R.PLANNED:
        return local
    return context

"""The grammar of time expressions: words to codes, codes to expressions, expressions to TIMEX3 values and days.

``words`` reads a text as a string with one code letter a word; a rule is a regular expression over that string and a
function that builds the value of its match (``grammar`` has what all rules share). The rules stand one module a kind
of expression: ``days``, ``months``, ``years``, ``seasons``, ``hours``, ``amounts``, ``shifts``, ``relative``,
``repeated`` and ``quarters``. ``calendar`` knows TIMEX3 values and the days they cover, ``setting`` keeps what relative
expressions are counted from, and ``tense`` asks the parse whether a clause looks ahead.
"""

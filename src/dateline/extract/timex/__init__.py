"""The grammar of time expressions: words to codes, codes to expressions, expressions to TIMEX3 values and days.

``words`` reads a text as a string with one code letter a word; ``rules`` finds expressions in that string with
regular expressions and builds their values; ``calendar`` knows TIMEX3 values and the days they cover; ``setting``
keeps what relative expressions are counted from, and ``tense`` asks the parse whether a sentence looks ahead.
"""

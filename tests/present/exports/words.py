"""Texts of all sorts, for what must hold for any text."""

from __future__ import annotations

from hypothesis import strategies as st

#: What has broken writers and readers before.
HARD = (
    "", " ", "a\tb", "a\nb", "a\r\nb", "a\rb", '"', '""', '"quoted"', "'", "a,b", ";", "|", "\\", "\\N", "NULL", "NaN",
    "=1+1", "+1", "-1", "@x", "'=1", "''=1", "\t=1", "\x00", "a\x00b", "\x07", "\x1f", "\x7f", "\x85",
    "\u2028", "\u2029",
    "\ufeffa", "שלום עולם", "مرحبا", "\u202eabc\u202c", "🙂👩‍👩‍👧", "e\u0301", "\ufffe", "\uffff", "𐀀", "</a>",
    "&amp;", "<b>", "]]>", "{", "}", "{a", "a}", "%", "#", "$", "~", "^", "_", "TY  - X", "ER  - ", "@article{x,", 
    "TRUE", "0012", "1e5",
)  # fmt: skip
#: No halves of signs: those cannot be kept in a record.
texts = st.sampled_from(HARD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

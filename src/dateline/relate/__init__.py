"""Joins the record and the analyses: a relation or claim in the record -> its series, what changed, and pictures."""

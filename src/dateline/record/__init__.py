"""The record: what is kept of all reports, how it is asked and how it is corrected."""

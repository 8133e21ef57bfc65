"""Runs the pipeline on many processes; the output does not depend on how many."""

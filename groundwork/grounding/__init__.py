"""Judging claims: where their words stand in the source, and whether their numbers do."""

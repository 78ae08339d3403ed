"""Proof that anyone can run: corpora, gates and comparisons."""

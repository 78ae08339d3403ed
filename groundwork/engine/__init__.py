"""Drafting claims: by rules, or by a model. What an engine says is not trusted yet."""

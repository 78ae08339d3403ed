"""Keeping results: one protocol, one door to Redis, and the embedded server behind it."""

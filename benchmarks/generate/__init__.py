"""Synthetic reports with gold for free: seeded, so that the same seed gives the same bytes."""

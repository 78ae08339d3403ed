"""Prompts are text, not code."""

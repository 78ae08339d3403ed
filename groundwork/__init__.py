"""The core: raw report text in, verified structure out.

Read it top to bottom: ``pipeline`` is the whole product on one screen; ``engine`` drafts claims,
``grounding`` judges them, ``quantities`` reads numbers, ``text`` reads uploads.
"""

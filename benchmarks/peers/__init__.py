"""Ourselves beside others, in one run on one machine: ``python -m benchmarks.peers``.

Peers live in an environment of their own (``.venv-bench``, made by ``make bench``), because some
pin what we need in another version; ``inside.py`` runs there and speaks JSON over pipes. Where
speed is compared, it is processor time, and the runs alternate.
"""

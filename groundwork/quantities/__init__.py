"""Every number of a text: where it stands, how much it is, and of what.

``find`` reads them, ``numerals`` gives their values, ``units`` is the table of measure words,
``compare`` says in what two of them differ.
"""

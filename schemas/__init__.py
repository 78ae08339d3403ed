"""The words of the product: what comes in, what goes out, and what every field means.

Nothing here imports anything else of ours. Decimals travel as strings, enumerations as
lower-case strings, and every offset counts Unicode code points of the source text.
"""

"""A result in the formats that other programs and other people read."""

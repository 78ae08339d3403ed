"""Our own annotated reports: marked-up sources, and the text and gold compiled from them."""

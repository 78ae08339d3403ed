"""Reading an upload: bytes to source text, to clean text with origins, to sentences.

``decode`` makes the SourceText that every offset leaving the service counts in, ``clean`` drops
its noise and remembers where each character came from, ``split`` finds reports, sections and
sentences. ``document`` holds the types they hand on.
"""

"""What a browser gets: the viewer and the third-party files that pages load."""

"""The command line: the same core without the server, and the server itself."""

from groundwork.cli.app import main

__all__ = ["main"]

"""``python -m groundwork.cli`` is the command ``groundwork``."""

from groundwork.cli.app import main

if __name__ == "__main__":
    main()

"""``python -m sgo_sheets`` is ``sgo``."""

from sgo_sheets.cli import main

if __name__ == "__main__":
    main()

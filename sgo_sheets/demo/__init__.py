"""An invented school of any size, the same for the same seed."""

from sgo_sheets.demo.write import make_school

__all__ = ["make_school"]

"""From the workbooks to the site: read, assemble, judge, merge, make pages, apply."""

from sgo_sheets.pipeline.building import BuildResult, TooMuchGoneError, build
from sgo_sheets.pipeline.reading import Memory, readable

__all__ = ["BuildResult", "Memory", "TooMuchGoneError", "build", "readable"]

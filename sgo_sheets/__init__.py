"""A school's electronic journal on workbooks: read, check against the regulation, and show as a static site."""

__version__ = "0.1.0"

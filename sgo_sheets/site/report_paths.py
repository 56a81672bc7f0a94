"""Where reports lie: a page and a workbook for each span, in the folder of the class, of the school or of teachers."""

from __future__ import annotations

from typing import NamedTuple

from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import slug

ROOT = "staff/reports"
OF_SCHOOL, OF_TEACHERS = "school", "teachers"


class ReportPath(NamedTuple):
    """A report of a span: its number, the span, the folder under ``staff/reports/``, what is named in its files."""

    number: int
    span: ReportSpan
    folder: str
    of: str = ""

    @property
    def name(self) -> str:
        """Return the name of the page without extension."""
        whose = f"-{slug(self.of)}" if self.folder == OF_TEACHERS else ""
        return f"{self.number:02d}{whose}-{self.span.key}"

    @property
    def page(self) -> str:
        """Return the path of the page under ``site/``."""
        return f"{ROOT}/{self.folder}/{self.name}.html"

    @property
    def file(self) -> str:
        """Return the name of the workbook: report, whose, span."""
        whose = f"-{slug(self.of)}" if self.of else ""
        return f"{self.number:02d}{whose}-{self.span.key}.xlsx"

    @property
    def workbook(self) -> str:
        """Return the path of the workbook under ``site/``."""
        return f"{ROOT}/{self.folder}/{self.file}"

    @property
    def form_file(self) -> str:
        """Return the name of the school's own form, filled."""
        return f"{self.file.removesuffix('.xlsx')}-forma.xlsx"

    @property
    def form(self) -> str:
        """Return the path of the filled form under ``site/``."""
        return f"{ROOT}/{self.folder}/{self.form_file}"

    def link(self, to_staff: str) -> str:
        """Return the address of the page from a folder from which ``to_staff`` leads to ``staff/``."""
        return f"{to_staff}reports/{self.folder}/{self.name}.html"


def class_folder(name: str) -> str:
    """Return the folder of a class's reports."""
    return slug(name)


def class_index(name: str) -> str:
    """Return the path of the page that lists the reports of a class."""
    return f"{ROOT}/{class_folder(name)}/index.html"

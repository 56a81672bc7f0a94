"""Every report this program forms, each declared in its own module."""

from __future__ import annotations

from sgo_sheets.reports import class_period_document, custom_document, teacher_period
from sgo_sheets.reports.declared import ClassReport, SchoolReport, TeacherReport

CLASS_REPORTS: tuple[ClassReport, ...] = (class_period_document.REPORT,)
"""The reports of a class, in the order of their numbers."""
SCHOOL_REPORTS: tuple[SchoolReport, ...] = (custom_document.REPORT,)
"""The reports of the school, in the order of their numbers."""
TEACHER_REPORTS: tuple[TeacherReport, ...] = (teacher_period.REPORT,)
"""The reports of a teacher, in the order of their numbers."""

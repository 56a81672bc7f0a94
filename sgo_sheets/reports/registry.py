"""Every report this program forms, each declared in its own module."""

from __future__ import annotations

from sgo_sheets.reports import (
    attendance_month,
    attendance_summary,
    class_period_document,
    custom_document,
    homeroom_period,
    mark_summary,
    preliminary,
    school_classes,
    school_parallels,
    teacher_period,
)
from sgo_sheets.reports.declared import ClassReport, SchoolReport, TeacherReport

CLASS_REPORTS: tuple[ClassReport, ...] = (
    homeroom_period.REPORT,
    preliminary.REPORT,
    mark_summary.REPORT,
    class_period_document.REPORT,
    attendance_summary.REPORT,
    attendance_month.REPORT,
)
"""The reports of a class, in the order of their numbers."""
SCHOOL_REPORTS: tuple[SchoolReport, ...] = (school_classes.REPORT, school_parallels.REPORT, custom_document.REPORT)
"""The reports of the school, in the order of their numbers."""
TEACHER_REPORTS: tuple[TeacherReport, ...] = (teacher_period.REPORT,)
"""The reports of a teacher, in the order of their numbers."""

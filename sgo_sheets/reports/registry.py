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
    pupil_average,
    pupil_days,
    pupil_dynamics,
    pupil_letter,
    pupil_table,
    school_classes,
    school_parallels,
    teacher_period,
)
from sgo_sheets.reports.declared import ClassReport, PupilReport, SchoolReport, TeacherReport

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
PUPIL_REPORTS: tuple[PupilReport, ...] = (
    pupil_average.REPORT,
    pupil_dynamics.REPORT_16,
    pupil_table.REPORT,
    pupil_days.REPORT,
    pupil_dynamics.REPORT_19,
    pupil_letter.REPORT,
)
"""The reports of a pupil, in the order of their numbers."""

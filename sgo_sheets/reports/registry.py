"""Every report this program forms, each declared in its own module."""

from __future__ import annotations

from sgo_sheets.reports import (
    class_period_document,
    pupil_average,
    pupil_days,
    pupil_dynamics,
    pupil_letter,
    pupil_table,
)
from sgo_sheets.reports.declared import ClassReport, PupilReport, SchoolReport, TeacherReport

CLASS_REPORTS: tuple[ClassReport, ...] = (class_period_document.REPORT,)
"""The reports of a class, in the order of their numbers."""
SCHOOL_REPORTS: tuple[SchoolReport, ...] = ()
"""The reports of the school, in the order of their numbers."""
TEACHER_REPORTS: tuple[TeacherReport, ...] = ()
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

"""Every report this program forms, each declared in its own module."""

from __future__ import annotations

from sgo_sheets.reports import (
    attendance_month,
    attendance_summary,
    class_period_document,
    class_sizes,
    custom_document,
    homeroom_period,
    mark_summary,
    movement_document,
    preliminary,
    pupil_average,
    pupil_cards,
    pupil_days,
    pupil_dynamics,
    pupil_letter,
    pupil_summary,
    pupil_table,
    school_classes,
    school_forms,
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
    pupil_summary.OF_CLASS,
    pupil_cards.REPORT,
)
"""The reports of a class, in the order of their numbers."""
SCHOOL_REPORTS: tuple[SchoolReport, ...] = (
    school_classes.REPORT,
    school_parallels.REPORT,
    class_sizes.REPORT,
    movement_document.REPORT,
    school_forms.REPORT,
    pupil_summary.OF_SCHOOL,
    custom_document.REPORT,
)
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

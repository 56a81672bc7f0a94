"""Every report this program forms, each declared in its own module."""

from __future__ import annotations

from sgo_sheets.reports import (
    class_period_document,
    class_sizes,
    movement_document,
    pupil_cards,
    pupil_summary,
    school_forms,
)
from sgo_sheets.reports.declared import ClassReport, SchoolReport, TeacherReport

CLASS_REPORTS: tuple[ClassReport, ...] = (
    class_period_document.REPORT,
    pupil_summary.OF_CLASS,
    pupil_cards.REPORT,
)
"""The reports of a class, in the order of their numbers."""
SCHOOL_REPORTS: tuple[SchoolReport, ...] = (
    class_sizes.REPORT,
    movement_document.REPORT,
    school_forms.REPORT,
    pupil_summary.OF_SCHOOL,
)
"""The reports of the school, in the order of their numbers."""
TEACHER_REPORTS: tuple[TeacherReport, ...] = ()
"""The reports of a teacher, in the order of their numbers."""

"""Every rule of the regulation, in the order of chapters and codes. A new rule is added here by name."""

from __future__ import annotations

from sgo_sheets.rules import chapter02_accounts as accounts
from sgo_sheets.rules import chapter03_transition as transition
from sgo_sheets.rules import chapter04_organisation as organisation
from sgo_sheets.rules import chapter05_cards as cards
from sgo_sheets.rules import chapter05_fields as fields
from sgo_sheets.rules import chapter06_lesson_plans as lesson_plans
from sgo_sheets.rules import chapter06_load as load
from sgo_sheets.rules import chapter06_plan as plan
from sgo_sheets.rules import chapter06_plan_contents as plan_contents
from sgo_sheets.rules import chapter07_clashes as clashes
from sgo_sheets.rules import chapter07_timetable as timetable
from sgo_sheets.rules import chapter08_absences as absences
from sgo_sheets.rules import chapter08_lessons as lessons
from sgo_sheets.rules import chapter08_marks as marks
from sgo_sheets.rules import chapter08_periods as periods
from sgo_sheets.rules import chapter08_rhythm as rhythm
from sgo_sheets.rules import chapter08_year as year
from sgo_sheets.rules import chapter09_movement as movement
from sgo_sheets.rules import chapter10_current as current_reports
from sgo_sheets.rules import chapter10_reports as reports
from sgo_sheets.rules.rule import Rule, rule

__all__ = ["BY_CODE", "RULES", "Rule", "rule"]

RULES: tuple[Rule, ...] = (
    *accounts.RULES,
    *transition.RULES,
    *organisation.RULES,
    *cards.RULES,
    *fields.RULES,
    *plan.RULES,
    *load.RULES,
    *lesson_plans.RULES,
    *plan_contents.RULES,
    *timetable.RULES,
    *clashes.RULES,
    lessons.topic_missing,
    lessons.lesson_missing,
    lessons.homework_missing,
    marks.mark_without_lesson,
    marks.mark_of_stranger,
    lessons.journal_missing,
    marks.pupil_missing,
    marks.first_grade_mark,
    marks.first_grade_homework,
    marks.first_grade_final,
    rhythm.fortnight_without_marks,
    rhythm.pupil_without_marks,
    periods.period_mark_missing,
    periods.period_marks_differ,
    periods.period_mark_against_average,
    periods.not_attested_with_marks,
    periods.too_few_marks,
    absences.reason_missing,
    absences.absence_unexplained,
    year.year_mark_missing,
    year.exam_mark_missing,
    year.final_mark_missing,
    year.mark_changed_late,
    *movement.RULES,
    *reports.RULES,
    *current_reports.RULES,
)
BY_CODE = {one.code: one for one in RULES}

"""What the grid of marks says while it is filled: what may be typed, what catches the eye."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.forms import cells
from sgo_sheets.workbooks.forms.looks import (
    AMBER,
    AMBER_FILL,
    RED,
    RED_FILL,
    TODAY_FILL,
    VIOLET,
    VIOLET_FILL,
)

SIGNS = "Знаки клетки"
SIGN_WORDS = ("5", "4", "3", "2", "1", "зач", "нзч", "•", ".", "н", "от", "уп", "б", "нп", "оп", "осв")
KINDS = "Виды работ"
SPOKEN = (
    "Две отметки пишут через пробел: 5 4.\n"
    "Можно: 5 4 3 2 1, зач, нзч, н (не был), ОП (опоздал), осв, точка (долг). "
    "Причину пропуска ставит классный руководитель."
)


def validate(sheet: Worksheet, area: str, kinds: str) -> None:
    """Let the grid take legal tokens only, without a drop-down list, and «Вид работы» the kinds of the school.

    The first and the last word of a cell are looked up in a list on «Списки»: whatever stands between is the
    reader's to judge (Excel allows 255 characters of formula here).
    """
    cell = area.split(":", maxsplit=1)[0]
    name = cells.list_name(SIGNS)
    first = f'LEFT({cell},FIND(" ",{cell}&" ")-1)'
    last = f'TRIM(RIGHT(SUBSTITUTE({cell}," ",REPT(" ",9)),9))'
    rule = DataValidation(
        type="custom",
        formula1=f"AND(ISNUMBER(MATCH({first},{name},0)),ISNUMBER(MATCH({last},{name},0)))",
        allow_blank=True,
    )
    cells.speak(rule, "Так отметку не пишут", "", SPOKEN)
    rule.add(area)
    sheet.add_data_validation(rule)
    work = DataValidation(type="list", formula1=cells.list_name(KINDS), allow_blank=True, errorStyle="warning")
    cells.speak(
        work,
        "Вид работы",
        "Сокращение или полное название; пусто — ответ на уроке. Ниже: 5 4 3 2, н, ОП, осв; точка — долг; "
        "две отметки через пробел: 5 4.",
        "Такого вида работы нет в списке школы. Всё равно записать?",
    )
    work.add(kinds)
    sheet.add_data_validation(work)


def highlight(sheet: Worksheet, area: str, head: str) -> None:
    """Colour a two, an absence, a debt, and the column of the current date; the word in the cell stays the sign."""
    cell = area.split(":", maxsplit=1)[0]
    row_of_dates = f"{cell.rstrip('0123456789')}$1"
    absent = ",".join(f'{cell}="{word}"' for word in ("н", "от", "уп", "б", "нп"))
    rules = (
        (f'OR({absent},LEFT({cell},2)="н ",RIGHT({cell},2)=" н")', VIOLET, VIOLET_FILL),
        (f'OR(ISNUMBER(FIND("2",{cell})),ISNUMBER(FIND("1",{cell})),{cell}="нзч")', RED, RED_FILL),
        (f'OR(ISNUMBER(FIND(".",{cell})),ISNUMBER(FIND("•",{cell})))', AMBER, AMBER_FILL),
    )
    for formula, color, fill in rules:
        sheet.conditional_formatting.add(
            area,
            FormulaRule(formula=[formula], font=Font(bold=True, color=color), fill=solid(fill)),
        )
    today = FormulaRule(formula=[f"{row_of_dates}=TODAY()"], fill=solid(TODAY_FILL))
    sheet.conditional_formatting.add(area, today)
    sheet.conditional_formatting.add(head, FormulaRule(formula=[f"{row_of_dates}=TODAY()"], fill=solid(TODAY_FILL)))


def solid(color: str) -> PatternFill:
    """Return the fill of a conditional format."""
    return PatternFill(fill_type="solid", start_color=color, end_color=color, bgColor=color)

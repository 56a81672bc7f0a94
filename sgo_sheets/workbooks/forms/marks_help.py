"""What the grid of marks says while it is filled: what may be typed, what catches the eye."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.forms import cells
from sgo_sheets.workbooks.forms.form import highlight
from sgo_sheets.workbooks.forms.lists import list_name
from sgo_sheets.workbooks.forms.looks import AMBER, AMBER_FILL, RED, RED_FILL, TODAY_FILL, VIOLET, VIOLET_FILL

SIGNS = "Знаки клетки"
SIGN_WORDS = ("5", "4", "3", "2", "1", "зач", "нзч", "•", ".", "н", "от", "уп", "б", "нп", "оп", "осв")
KINDS = "Виды работ"
SPOKEN = (
    "Две отметки пишут через пробел: 5 4.\n"
    "Можно, русскими буквами: 5 4 3 2 1, зач, нзч, н (не был), ОП (опоздал), осв, точка (долг). "
    "Причину пропуска ставит классный руководитель."
)
_FOLD_HINT = (
    "Закончившийся период свёрнут. Развернуть: [+] над этим столбцом; в Excel сначала «Рецензирование › Снять защиту "
    "листа» (пароля нет). Отметки этого столбца ставят на листе «Итоги»."
)
_KIND_HINT = (
    "Пусто — ответ на уроке. Ниже, в клетках: 5 4 3 2, н — не был, ОП — опоздал, осв, точка — долг; "
    "две отметки через пробел: 5 4."
)


def validate(sheet: Worksheet, area: str, kinds: str) -> None:
    """Let the grid take legal tokens only, without a drop-down list, and «Вид работы» the kinds of the school.

    The first and the last word of a cell are looked up in a list on «Списки»; a word between them is left to the
    reader: Excel allows no more than 255 characters of formula here.
    """
    cell = area.split(":", maxsplit=1)[0]
    name = list_name(SIGNS)
    first = f'LEFT({cell},FIND(" ",{cell}&" ")-1)'
    last = f'TRIM(RIGHT(SUBSTITUTE({cell}," ",REPT(" ",9)),9))'
    tokens = DataValidation(
        type="custom", formula1=f"AND(ISNUMBER(MATCH({first},{name},0)),ISNUMBER(MATCH({last},{name},0)))"
    )
    cells.apply(sheet, cells.speak(tokens, "Так отметку не пишут", error=SPOKEN), area)
    work = cells.list_rule(list_name(KINDS), strict=False)
    asked = "Такого вида работы нет в списке школы. Всё равно записать?"
    cells.apply(sheet, cells.speak(work, "Вид работы", hint=_KIND_HINT, error=asked), kinds)


def explain_folds(sheet: Worksheet, cells_of_periods: str) -> None:
    """Say at the mark of a period how its lessons are unfolded: Excel's [+] does not work on a protected sheet."""
    rule = cells.speak(DataValidation(), "Уроки этого периода", hint=_FOLD_HINT)
    cells.apply(sheet, rule, cells_of_periods)


def highlight_marks(sheet: Worksheet, area: str, head: str) -> None:
    """Colour a two, an absence, a debt, and the column of the current date; the word in the cell stays the sign."""
    cell = area.split(":", maxsplit=1)[0]
    absences = ",".join(f'{cell}="{word}"' for word in ("н", "от", "уп", "б", "нп"))
    absent = f'OR({absences},LEFT({cell},2)="н ",RIGHT({cell},2)=" н")'
    failed = f'OR(ISNUMBER(FIND("2",{cell})),ISNUMBER(FIND("1",{cell})),{cell}="нзч")'
    owed = f'OR(ISNUMBER(FIND(".",{cell})),ISNUMBER(FIND("•",{cell})))'
    highlight(sheet, area, absent, fill=VIOLET_FILL, color=VIOLET)
    highlight(sheet, area, failed, fill=RED_FILL, color=RED)
    highlight(sheet, area, owed, fill=AMBER_FILL, color=AMBER)
    today = f"{cell.rstrip('0123456789')}$1=TODAY()"
    highlight(sheet, area, today, fill=TODAY_FILL)
    highlight(sheet, head, today, fill=TODAY_FILL)

"""Write the pages of the documentation that follow from the code: sheets, rules, clauses, commands.

``python -m docs.generate`` writes them; ``tests/docs`` fails while they differ from what the code says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from sgo_sheets.cli import COMMANDS, sgo
from sgo_sheets.records.base import Column, Record, Shape, words_of
from sgo_sheets.records.catalog import BOOKS, MARKS_SHEET, BookKind
from sgo_sheets.records.report_tables import TABLES
from sgo_sheets.rules.catalogue import CATALOGUE, Clause
from sgo_sheets.rules.pages import CODE_PAGES
from sgo_sheets.rules.settings import SWITCHES

CONDITIONS: tuple[tuple[str, str], ...] = (
    ("одно из", "Класс = 5А, 5Б"),
    ("кроме", "Причина не = ОП"),
    ("число или дата в пределах", "Дата с 01.09.2026 по 31.10.2026"),
    ("с одного края", "Отметка от 4"),
    ("больше, меньше", "Параллель > 4"),
    ("часть текста", "Тема урока содержит дроб"),
    ("ничего не вписано, что-то вписано", "Группа пусто"),
)
DOCS = Path(__file__).parent
PLACES: Mapping[BookKind, str] = {
    BookKind.SCHOOL: "Школа.xlsx",
    BookKind.REGULATION: "Регламент.xlsx",
    BookKind.PLAN: "Учебный план.xlsx",
    BookKind.TIMETABLE: "Расписание.xlsx",
    BookKind.MOVEMENT: "Книга движения.xlsx",
    BookKind.ACCOUNTS: "Учётные записи.xlsx",
    BookKind.CONSTRUCTOR: "Конструктор отчётов.xlsx",
    BookKind.ROLL: "Контингент/<класс>.xlsx",
    BookKind.LESSON_PLAN: "КТП/<Предмет> <параллель>.xlsx",
    BookKind.JOURNAL: "Журналы/<класс>/<Предмет>.xlsx",
    BookKind.CLASS_TEACHER: "Журналы/<класс>/Классный руководитель.xlsx",
}


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        "workbooks.md": "\n".join(_workbooks()) + "\n",
        "report-tables.md": "\n".join(_tables()) + "\n",
        "rules.md": "\n".join(_rules()) + "\n",
        "clauses.md": "\n".join(_clauses()) + "\n",
        "cli.md": "\n".join(_commands()) + "\n",
    }


def _workbooks() -> Iterator[str]:
    yield "# Книги и листы\n\nЭта страница получена из программы: `python -m docs.generate`."
    for book in BOOKS:
        yield f"\n## {PLACES[book.kind]}\n\nВедёт: {book.owner.label}."
        if book.grid:
            yield f"\nЛист «{MARKS_SHEET}» — страница отметок: даты уроков вправо, обучающиеся вниз."
        for record in book.sheets:
            yield f"\n### {record.sheet}\n\n{_summary(record)}\n"
            first = "Показатель" if record.shape is Shape.PROPERTIES else "Столбец"
            yield f"| {first} | Нужен | Что вписывать |\n|---|---|---|"
            for column in record.columns():
                yield f"| {_cell(_header(column))} | {_need(column)} | {_cell(_words(record, column))} |"


def _summary(record: type[Record]) -> str:
    return (record.__doc__ or "").strip().split("\n")[0]


def _header(column: Column) -> str:
    return column.header or "*по классам, предметам или периодам*"


def _need(column: Column) -> str:
    return "да" if column.filled else ("столбец" if column.required else "")


def _words(record: type[Record], column: Column) -> str:
    words = ", ".join(words_of(record, column.field))
    return "; ".join(part for part in (column.hint, words and f"одно из: {words}") if part)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _tables() -> Iterator[str]:
    yield "# Конструктор отчётов\n\nЭта страница получена из программы: `python -m docs.generate`.\n"
    yield "Свой отчёт – строка листа «Отчёты» книги «Конструктор отчётов.xlsx»: таблица, условия, что в строках и в"
    yield "столбцах, что считать. Те же таблицы спрашивает [sgo query](cli.md).\n"
    yield "Условия пишут через точку с запятой, действуют все сразу:\n"
    yield "| Условие | Пример |\n|---|---|"
    for words, sample in CONDITIONS:
        yield f"| {words} | `{sample}` |"
    yield "\nФункции: количество записей; сумма, среднее, минимум, максимум столбца с числами; «доля %»: с условием в"
    yield "графе «Значение» – доля записей клетки, которые под него подходят (`Отметка от 4`), без него – доля от всех"
    yield "записей отчёта. Итоги считаются по записям, а не по клеткам.\n"
    yield "Дата без года («1.10») – день учебного года; слово, с которого начинается одно из имён («октябрь», фамилия"
    yield "учителя), – это имя. «замечания» в отчёте – на день сборки сайта, он назван на странице."
    for table in TABLES:
        yield f"\n## {table.name}\n\n{table.what}\n\n| Столбец | Что в нём | Пояснение |\n|---|---|---|"
        for column in table.columns:
            yield f"| {column.name} | {column.sort.value} | {_cell(column.what)} |"


def _rules() -> Iterator[str]:
    yield "# Правила и замечания\n\nЭта страница получена из программы: `python -m docs.generate`.\n"
    yield "| Код | Пункт | Ответственный | Срок | Важность | О чём |\n|---|---|---|---|---|---|"
    for page in CODE_PAGES.values():
        role = page.role.label if page.role else ""
        yield f"| {page.code} | {page.clause} | {role} | {page.term} | {page.severity.label} | {_cell(page.title)} |"
    for page in CODE_PAGES.values():
        yield f"\n## {page.code}. {page.title}\n\n{page.why}\n\nКак исправить: {page.fix}"

    yield "\n## Настройки\n\nЛист «Настройки» книги «Регламент.xlsx»; школа меняет значения.\n"
    yield "| Показатель | Значение в начале | Что значит |\n|---|---|---|"
    for switch in SWITCHES:
        yield f"| {_cell(switch.name)} | {switch.default} | {_cell(switch.meaning)} |"


def _clauses() -> Iterator[str]:
    yield "# Пункты Порядка и Регламента\n\nЭта страница получена из программы: `python -m docs.generate`.\n"
    yield "Каждый пункт и то, чем он выполняется: правила ([их описание](rules.md)), отчёты, страницы и команды."
    yield "Если пункт программой не проверяется или проверяется не весь, сказано почему.\n"
    yield "| Пункт | О чём | Чем выполняется | Что не проверяется и почему |\n|---|---|---|---|"
    for clause in CATALOGUE:
        yield f"| {clause.clause} | {_cell(clause.title)} | {_cell(_covers(clause))} | {_cell(clause.reason)} |"


def _covers(clause: Clause) -> str:
    features = (f"{feature.name} ({feature.where})" for feature in clause.features)
    reports = (f"«{name}»" for name in clause.reports)
    return "; ".join(part for part in (", ".join(clause.rules), ", ".join(reports), ", ".join(features)) if part)


def _commands() -> Iterator[str]:
    yield "# Команды\n\nЭта страница получена из программы: `python -m docs.generate`."
    with click.Context(sgo, info_name="sgo", **sgo.context_settings) as root:
        for name in COMMANDS:
            command = sgo.get_command(root, name)
            if command is not None:
                yield from _command(command, name, root)


def _command(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    with click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100) as context:
        yield f"\n## {context.command_path}\n\n```\n{command.get_help(context)}\n```"
        if isinstance(command, click.Group):
            for own, child in command.commands.items():
                yield from _command(child, own, context)


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"docs/{name}")


if __name__ == "__main__":
    main()

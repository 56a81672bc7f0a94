"""Files of plans: .csv in the encodings schools have, .xlsx, and what a file's name says of its subject and grade."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sgo_sheets.exchange.ktp import PlanDraft, read_plan
from sgo_sheets.project import UserError
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.russian import clean
from sgo_sheets.workbooks.raw import raw_sheets

_NAME = re.compile(r"(?P<subject>.*?\D)[ _]*(?P<grade>1[01]|[1-9])(?:[ _-]*кл(?:асс)?\.?)?(?:[ _]+(?P<variant>.+))?")
MOST_BYTES = 30 * 2**20


@dataclass(frozen=True, slots=True)
class PlanName:
    """What a plan is of."""

    subject: str
    grade: int
    variant: str = ""

    @property
    def book(self) -> str:
        """Return the name of its workbook without extension: «Русский язык 5»."""
        return f"{self.subject} {self.grade}" + (f" {self.variant}" if self.variant else "")


def name_of(path: Path, subject: str = "", grade: int | None = None) -> PlanName:
    """Return subject and grade: the given ones, else those of the file name («Русский язык 5.csv»).

    Raises UserError when the name does not say them.
    """
    match = _NAME.fullmatch(clean(path.stem).replace("_", " "))
    found_subject = subject or (match["subject"].strip(" -") if match else "")
    found_grade = grade or (int(match["grade"]) if match else 0)
    if not found_subject or not found_grade:
        raise UserError(
            f"{path.name}: по имени файла не видно предмета и класса. "
            "Назовите файл «Предмет класс» (например, «Русский язык 5.csv») или добавьте --subject и --grade."
        )
    return PlanName(found_subject, found_grade, (match["variant"] or "").strip() if match else "")


def read_file(path: Path) -> PlanDraft:
    """Return the plan of a .csv or .xlsx file. Raises UserError when the file cannot be read at all."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path}: файл не открывается ({error.strerror}). Проверьте имя и закройте его в Excel."
        ) from error
    if len(data) > MOST_BYTES:
        raise UserError(f"{path.name}: файл больше 30 МБ, это не план. Проверьте, тот ли это файл.")
    if path.suffix.casefold() in (".csv", ".txt"):
        return read_plan(csv_rows(data, path.name))
    if path.suffix.casefold() not in (".xlsx", ".xlsm", ".ods"):
        raise UserError(f"{path.name}: читаются файлы .csv и .xlsx. Сохраните план как «Книга Excel (.xlsx)».")
    sheets = raw_sheets(data)
    if isinstance(sheets, str):
        raise UserError(f"{path.name}: {sheets}")
    drafts = [read_plan(rows) for rows in sheets.values()]
    return max(drafts, key=lambda draft: (len(draft.lessons), len(draft.fields)), default=read_plan(()))


def csv_rows(data: bytes, name: str) -> Sequence[Sequence[Raw]]:
    """Return the rows of a .csv: UTF-8 with or without BOM, else cp1251; «;» or «,» (or a tab) between cells."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1251")
        except UnicodeDecodeError as error:
            raise UserError(f"{name}: непонятная кодировка. Сохраните файл как «CSV UTF-8».") from error
    if "\0" in text:
        raise UserError(f"{name}: это не текст CSV. Сохраните файл как «CSV UTF-8» или «Книга Excel (.xlsx)».")
    try:
        tables = {d: list(csv.reader(io.StringIO(text, newline=""), delimiter=d)) for d in (";", ",", "\t")}
    except csv.Error as error:
        raise UserError(f"{name}: таблица CSV не читается. Сохраните план как «Книга Excel (.xlsx)».") from error
    delimiter, rows = max(tables.items(), key=lambda table: (len(read_plan(table[1]).fields), -_widest(table[1])))
    if line := _unclosed_quote(text, delimiter, rows):
        raise UserError(
            f"{name}, строка {line}: кавычка не закрыта, и несколько уроков слились в одну клетку. "
            "Сохраните план как «CSV UTF-8» или «Книга Excel (.xlsx)» заново."
        )
    return rows


def _unclosed_quote(text: str, delimiter: str, rows: Sequence[Sequence[str]]) -> int:
    """Return the first row that a quote nobody closed has swallowed others into, 0 where there is none."""
    if not (long := [place for place, row in enumerate(rows, 1) if any("\n" in cell for cell in row)]):
        return 0
    try:
        list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return long[0]
    return 0


def _widest(rows: Sequence[Sequence[str]]) -> int:
    return max((len(row) for row in rows), default=0)

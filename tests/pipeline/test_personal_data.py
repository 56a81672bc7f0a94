"""Addresses, phones and parents stand in report 14 alone, and that is for the class teacher and the administration."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path

from little_school import little_school

from sgo_sheets.site import manifest

BORN = dt.date(2015, 3, 17)
SECRETS = {
    "Адрес": "Заповедная улица, дом 777",
    "Мать": "Редкостная Клавдия Феоктистовна",
    "Отец": "Редкостный Елизар Феоктистович",
    "Законный представитель": "Опекунская Меланья Саввишна",
    "Телефон родителей": "+7 (8999) 07-77-70",
    "Дата рождения": f"{BORN:%d.%m.%Y}",
}


def _text(path: str, data: bytes) -> str:
    if not path.endswith(".xlsx"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(data)) as pack:
        return "".join(pack.read(name).decode("utf-8") for name in pack.namelist())


def test_personal_data_stand_in_the_report_for_the_class_teacher_alone(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    with school.opened("Контингент/5А.xlsx") as book:
        sheet = book["Обучающиеся"]
        head = next(row for row in sheet.iter_rows() if any(cell.value == "Фамилия" for cell in row))
        columns = {str(cell.value): cell.column for cell in head if cell.value}
        for header, secret in SECRETS.items():
            sheet.cell(head[0].row + 1, columns[header]).value = BORN if header == "Дата рождения" else secret
    school.build()
    listed = manifest.read(school.root / "site") or {}
    found: dict[str, set[str]] = {}
    for path, data in school.pages().items():
        text = _text(path, data)
        for header, secret in SECRETS.items():
            if secret in text:
                found.setdefault(header, set()).add(path)
    assert set(found) == set(SECRETS), "report 14 shows them"
    for header, paths in found.items():
        assert {listed[path].audience for path in paths} == {"homeroom:5А"}, header
        assert {Path(path).name.split("-")[0] for path in paths} == {"14"}, header
    assert "staff/reports/5a/14-5a-latest.xlsx" in found["Телефон родителей"]

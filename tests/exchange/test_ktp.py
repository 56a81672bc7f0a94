"""Teachers' plans as they really come: titles, sections, totals, odd hours, encodings."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.cli import sgo
from sgo_sheets.exchange.ktp import PlanDraft, read_plan
from sgo_sheets.exchange.ktp_files import PlanName, csv_rows, name_of, read_file
from sgo_sheets.exchange.ktp_update import update_of
from sgo_sheets.project import UserError
from sgo_sheets.records.journal_books import PlanLesson, PlanTitle
from sgo_sheets.workbooks.reader import read_book

HEADER = ["№ урока", "Тема урока", "Часов"]
SHARED = Path(os.environ.get("SGO_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")


def _said(draft: PlanDraft) -> list[tuple[int, str, str, float]]:
    return [(one.number, one.section, one.topic, one.hours) for one in draft.lessons]


def test_a_plain_table() -> None:
    draft = read_plan([HEADER, ["1", "Числа", "1"], ["2", "Дроби", "2"]])
    assert _said(draft) == [(1, "", "Числа", 1), (2, "", "Дроби", 2)]
    assert (draft.problems, draft.notes, draft.hours) == ((), (), 3)


def test_titles_sections_and_totals_of_a_real_plan() -> None:
    rows = [
        ["Рабочая программа по математике"],
        [None, "5 класс", None, None],
        [],
        ["№ п/п", "Раздел", "Наименование", "Кол-во часов"],
        [None, None, None, "Всего"],
        ["Раздел 1. Натуральные числа", None, None, None],
        [1.0, None, "Ряд чисел", "2 ч."],
        [2.0, None, "Сравнение", 1.0],
        ["I четверть", None, None, None],
        ["Раздел 2. Дроби", None, None, "12"],
        [3.0, None, "Доли", "1 час"],
        ["Итого", None, None, 4.0],
        ["Всего часов по программе: 4", None, None, None],
    ]
    draft = read_plan(rows)
    assert draft.problems == ()
    assert _said(draft) == [
        (1, "Раздел 1. Натуральные числа", "Ряд чисел", 2),
        (2, "Раздел 1. Натуральные числа", "Сравнение", 1),
        (3, "Раздел 2. Дроби", "Доли", 1),
    ]
    assert any("I четверть" in note for note in draft.notes)


def test_a_topic_that_begins_like_a_section_is_a_topic() -> None:
    draft = read_plan([HEADER, ["1", "Раздел науки о языке: фонетика", "1"], ["2", "Модуль числа", "1"]])
    assert [one.topic for one in draft.lessons] == ["Раздел науки о языке: фонетика", "Модуль числа"]


def test_an_ordinary_topic_is_never_taken_for_a_sum() -> None:
    topics = ["Итоговый урок", "Всегородской диктант", "Всего понемногу"]
    assert [one.topic for one in read_plan([["Тема", "Часов"], *([topic, 1] for topic in topics)]).lessons] == topics
    numbered = read_plan([["Раздел", *HEADER], ["Итого", "1", "Повторение", "1"]])
    assert [one.topic for one in numbered.lessons] == ["Повторение"]


def test_a_section_with_its_hours_in_a_table_without_numbers_is_no_lesson() -> None:
    draft = read_plan([["Тема", "Часов"], ["Раздел 1. Числа", "2"], ["Ряд чисел", "2"]])
    assert _said(draft) == [(1, "Раздел 1. Числа", "Ряд чисел", 2)]


@pytest.mark.parametrize(("stated", "doubts"), [("3", 0), ("68", 1)])
def test_a_sum_of_the_file_that_differs_from_its_lessons_is_said(stated: str, doubts: int) -> None:
    totals = read_plan([HEADER, ["1", "Числа", "1"], ["2", "Дроби", "2"], ["", "Итого", stated]])
    tail = f" ОБЩЕЕ КОЛИЧЕСТВО УРОКОВ ПО ПРОГРАММЕ: {stated}, из них контрольных 6"
    glued = read_plan([HEADER, ["1", "Числа", "1"], ["2", f"Дроби{tail}", "2"]])
    assert [len(draft.notes) for draft in (totals, glued)] == [doubts, doubts]


def test_a_topic_of_two_lines_is_one_line() -> None:
    draft = read_plan(csv_rows('Тема урока;Часов\n"Числа\nи знаки";1\n'.encode(), "x.csv"))
    assert [one.topic for one in draft.lessons] == ["Числа и знаки"]


@pytest.mark.parametrize("rest", ["3;Доли;1\n", '3;"Доли";1\n4;Числа;1\n'])
def test_a_quote_nobody_closed_does_not_swallow_lessons(rest: str) -> None:
    text = '№ урока;Тема урока;Часов\n1;Числа;1\n2;"Дроби;1\n' + rest
    with pytest.raises(UserError, match="строка 3: кавычка не закрыта"):
        csv_rows(text.encode(), "x.csv")


def test_a_cell_without_end_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="не читается"):
        csv_rows(b"a;b\n" + b"x" * 200_000, "x.csv")


def test_the_sum_glued_to_the_last_topic_is_cut_off() -> None:
    draft = read_plan([HEADER, ["1", "Повторение ОБЩЕЕ КОЛИЧЕСТВО УРОКОВ ПО ПРОГРАММЕ: 68, из них", "1"]])
    assert [one.topic for one in draft.lessons] == ["Повторение"]


@pytest.mark.parametrize("hours", ["-1", "1-2", "", None, "0", "много", dt.date(2026, 2, 1), True, "99"])
def test_hours_nobody_can_be_sure_of_are_refused_with_row_and_column(hours: Any) -> None:
    draft = read_plan([["Мой план"], HEADER, ["1", "Числа", "1"], ["2", "Дроби", hours]])
    assert len(draft.problems) == 1
    assert draft.problems[0].startswith("строка 4, столбец «Часов»:")


@pytest.mark.parametrize(
    ("hours", "read"), [("2 ч.", 2), ("2ч", 2), ("1 час", 1), ("3 часа", 3), ("0,5", 0.5), (2.0, 2), ("12 часов", 12)]
)
def test_hours_as_people_write_them(hours: object, read: float) -> None:
    draft = read_plan([HEADER, ["1", "Числа", hours]])  # what a file may hold
    assert [one.hours for one in draft.lessons] == [read]


def test_an_empty_topic_and_a_doubtful_number_are_refused() -> None:
    draft = read_plan([HEADER, ["1", "", "1"], ["2-3", "Дроби", "2"]])
    assert [text.split(":")[0] for text in draft.problems] == [
        "строка 2, столбец «Тема урока»",
        "строка 3, столбец «№ урока»",
    ]


def test_numbers_that_start_again_are_given_anew_and_it_is_said() -> None:
    draft = read_plan([HEADER, ["1", "А", "1"], ["2", "Б", "1"], ["1", "В", "1"]])
    assert [one.number for one in draft.lessons] == [1, 2, 3]
    assert len(draft.notes) == 1


def test_a_table_without_a_header_is_refused() -> None:
    assert read_plan([["a", "b"], ["1", "2"]]).problems == ("нет шапки со столбцами «№ урока», «Тема урока», «Часов».",)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_every_encoding_and_delimiter_reads_the_same(delimiter: str, encoding: str) -> None:
    quoted = '"Ряд чисел; нуль, счёт"'
    text = "\r\n".join(delimiter.join(row) for row in (HEADER, ["1", quoted, "1"], ["2", "Дроби — «часть»", "2"]))
    draft = read_plan(csv_rows(text.encode(encoding), "x.csv"))
    assert _said(draft) == [(1, "", "Ряд чисел; нуль, счёт", 1), (2, "", "Дроби — «часть»", 2)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        draft = read_plan(csv_rows(data, "x.csv"))
    except UserError as error:
        draft = PlanDraft(problems=(str(error),))
    assert draft.problems or draft.lessons


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.floats(), st.text(max_size=8), st.dates(), st.booleans()), max_size=4),
        max_size=6,
    )
)
def test_any_cells_under_a_header_are_lessons_or_named_problems(rows: list[list[object]]) -> None:
    draft = read_plan([HEADER, *rows])  # type: ignore[list-item]  # what a file may hold
    assert all(0 < one.hours <= 40 and one.topic for one in draft.lessons)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("Русский язык 5.csv", ("Русский язык", 5, "")),
        ("Алгебра_8_класс.xlsx", ("Алгебра", 8, "")),
        ("История 10 углублённый.xlsx", ("История", 10, "углублённый")),
    ],
)
def test_subject_and_grade_of_a_file_name(file: str, said: tuple[str, int, str]) -> None:
    name = name_of(Path(file))
    assert (name.subject, name.grade, name.variant) == said


def test_a_file_name_that_says_nothing_asks_for_options() -> None:
    with pytest.raises(UserError, match="--subject"):
        name_of(Path("план.csv"))
    assert name_of(Path("план.csv"), "Химия", 9).book == "Химия 9"


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("План 5.doc", b"x", "читаются файлы .csv и .xlsx"),
        ("План 5.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "читаются файлы .csv и .xlsx"),
        ("План 5.xlsx", b"PK\x03\x04 torn", "План 5.xlsx: "),
        ("План 5.csv", b"\x98\x98", "непонятная кодировка"),
        ("План 5.csv", "Тема;Часов".encode("utf-16"), "Сохраните файл как «CSV UTF-8»"),
        ("План 5.csv", b"x" * (30 * 2**20 + 1), "больше 30 МБ"),
    ],
    ids=["doc", "xls", "torn", "no-letters", "utf-16", "huge"],
)
def test_a_file_that_is_no_plan_is_refused_in_words(tmp_path: Path, file: str, data: bytes, said: str) -> None:
    path = tmp_path / file
    path.write_bytes(data)
    with pytest.raises(UserError, match=re.escape(said)):
        read_file(path)


def test_the_sheet_with_the_plan_is_found_in_a_workbook_of_several(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in (("Титул", [["Программа"]]), ("КТП", [HEADER, [1, "Числа", 1]]), ("Пусто", [])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "Математика 5.xlsx"
    book.save(path)
    assert _said(read_file(path)) == [(1, "", "Числа", 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sgo.toml").write_text("[school]\n", encoding="utf-8")
    (tmp_path / "workbooks").mkdir()
    return tmp_path


def _import(folder: Path, *words: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(sgo, ["import", "ktp", "--school", str(folder), *map(str, words)], input=answer)


def _csv(folder: Path, text: str, name: str = "Химия 9.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("answer", ["нет\n", "n\n", "\n", "что?\n"])
def test_nothing_is_written_before_the_preview_is_confirmed(folder: Path, answer: str) -> None:
    path = _csv(folder, "Тема урока;Часов\nВода;1\nВоздух;2\n")
    refused = _import(folder, path, answer=answer)
    assert "новая книга, 2\u00a0урока, 3 ч" in refused.output
    assert not (folder / "workbooks" / "КТП").exists()
    assert _import(folder, path, answer="Да\n").exit_code == 0
    book = read_book(folder / "workbooks", "КТП/Химия 9.xlsx")
    assert [(row.number, row.topic, row.hours) for row in book.rows(PlanLesson)] == [(1, "Вода", 1), (2, "Воздух", 2)]
    assert [(row.subject, row.grade) for row in book.rows(PlanTitle)] == [("Химия", 9)]


def test_a_second_import_shows_what_changes_and_keeps_what_a_teacher_typed(folder: Path) -> None:
    assert _import(folder, _csv(folder, "Тема урока;Часов\nВода;1\nВоздух;2\n"), "--yes").exit_code == 0
    where = folder / "workbooks" / "КТП" / "Химия 9.xlsx"
    typed = openpyxl.load_workbook(where)
    sheet = typed["План"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Домашнее задание"]).value = "§ 3"
    typed["Титул"]["B4"].value = "углублённый"
    typed.save(where)
    result = _import(folder, _csv(folder, "Тема урока;Часов\nВода;1\nОгонь;2\nЗемля;1\n"), "--yes")
    assert "новых 1, изменено 1, убрано 0, без изменений 1" in result.output
    assert "~ 2. Воздух (2 ч) → 2. Огонь (2 ч)" in result.output
    assert "+ 3. Земля (1 ч)" in result.output
    book = read_book(folder / "workbooks", "КТП/Химия 9.xlsx")
    assert [title.variant for title in book.rows(PlanTitle)] == ["углублённый"]
    rows = book.rows(PlanLesson)
    assert [(row.topic, row.homework) for row in rows] == [("Вода", "§ 3"), ("Огонь", ""), ("Земля", "")]
    assert len(list((folder / ".sgo" / "replaced" / "КТП").glob("Химия 9 *.xlsx"))) == 1
    assert (
        "без изменений" in _import(folder, _csv(folder, "Тема урока;Часов\nВода;1\nОгонь;2\nЗемля;1\n"), "--yes").output
    )


def _planned(number: int, topic: str, homework: str = "") -> PlanLesson:
    return PlanLesson(number=number, topic=topic, hours=1.0, homework=homework)


def test_homework_follows_its_topic_and_what_would_be_lost_is_named() -> None:
    draft = read_plan([HEADER, ["1", "Введение", "1"], ["2", "Вода", "1"], ["3", "Огонь", "1"]])
    existing = [_planned(1, "Вода", "§ 1"), _planned(2, "Воздух", "§ 2"), _planned(3, "Огонь")]
    update = update_of(PlanName("Химия", 9), draft, existing)
    assert [one.homework for one in update.lessons] == ["", "§ 1", ""]
    assert (update.lost, [change.sign for change in update.changes]) == ((2,), ["~", "~"])


def test_a_file_that_has_homework_replaces_what_stood_there() -> None:
    draft = read_plan([[*HEADER, "Домашнее задание"], ["1", "Вода", "1", "§ 9"]])
    update = update_of(PlanName("Химия", 9), draft, [_planned(1, "Вода", "§ 1")])
    assert [one.homework for one in update.lessons] == ["§ 9"]
    assert update.lost == (1,)


def test_a_plan_that_exists_in_another_format_gets_no_twin(folder: Path) -> None:
    (folder / "workbooks" / "КТП").mkdir()
    (folder / "workbooks" / "КТП" / "Химия 9.ods").write_bytes(b"")
    result = _import(folder, _csv(folder, "Тема урока;Часов\nВода;1\n"), "--yes")
    assert (result.exit_code, "Химия 9.ods: такой план уже есть" in result.output) == (2, True)


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    result = _import(folder, _csv(folder, "Тема урока;Часов\nВода;1\n"), "--dry-run")
    assert (result.exit_code, (folder / "workbooks" / "КТП").exists()) == (0, False)


def test_a_doubtful_file_is_refused_and_the_others_are_taken(folder: Path) -> None:
    bad = _csv(folder, "Тема урока;Часов\nВода;1-2\n", "Физика 9.csv")
    good = _csv(folder, "Тема урока;Часов\nВода;1\n")
    result = _import(folder, bad, good, "--yes")
    assert result.exit_code == 2
    assert "строка 2, столбец «Часов»: «1-2»" in result.output
    assert [path.name for path in (folder / "workbooks" / "КТП").iterdir()] == ["Химия 9.xlsx"]


def test_a_plan_open_in_excel_is_not_written_over(folder: Path) -> None:
    path = _csv(folder, "Тема урока;Часов\nВода;1\n")
    (folder / "workbooks" / "КТП").mkdir()
    (folder / "workbooks" / "КТП" / "~$Химия 9.xlsx").write_bytes(b"")
    result = _import(folder, path, "--yes")
    assert isinstance(result.exception, UserError)
    assert "открыта в Excel" in str(result.exception)


def test_an_xlsx_plan(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "Рабочая программа"
    for column, value in enumerate(HEADER, 2):
        sheet.cell(4, column).value = value
    for row, values in enumerate([(1, "Числа", 2), (2, "Дроби", "1 ч.")], 5):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value
    path = tmp_path / "Математика 5.xlsx"
    book.save(path)
    assert _said(read_file(path)) == [(1, "", "Числа", 2), (2, "", "Дроби", 1)]


@pytest.mark.skipif(not (SHARED / "ktp").is_dir(), reason="the official lesson plans are not beside the repository")
def test_the_official_plans_are_read_to_the_last_lesson() -> None:
    drafts = {path.stem: read_file(path) for path in sorted((SHARED / "ktp").glob("*.csv"))}
    assert {name: said for name, draft in drafts.items() if (said := draft.problems + draft.notes)} == {}
    assert (len(drafts), sum(len(draft.lessons) for draft in drafts.values())) == (31, 3389)
    assert not any("ОБЩЕЕ" in one.topic for draft in drafts.values() for one in draft.lessons)


@pytest.mark.skipif(not (SHARED / "ktp").is_dir(), reason="the official lesson plans are not beside the repository")
def test_the_official_plans_become_workbooks_that_say_the_same(folder: Path) -> None:
    files = sorted((SHARED / "ktp").glob("*.csv"))
    assert _import(folder, *files, "--yes").exit_code == 0
    for path in files:
        book = read_book(folder / "workbooks", f"КТП/{path.stem}.xlsx")
        rows = [(row.number, row.section, row.topic, row.hours) for row in book.rows(PlanLesson)]
        assert (rows, [str(finding) for finding in book.findings]) == (_said(read_file(path)), [])
    assert "Менять нечего" in _import(folder, *files).output

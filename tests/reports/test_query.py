"""``sgo query``: what it answers, what it saves, and that nothing typed there leaves the tables of the school."""

from __future__ import annotations

import builtins
import datetime as dt
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sgo_sheets.project import UserError
from sgo_sheets.records.report_tables import BY_NAME, TABLES, Sort
from sgo_sheets.reports import query
from sgo_sheets.reports.query import Answer, answer, mentioned
from sgo_sheets.reports.query_out import shown, to_file
from sgo_sheets.reports.table_rows import table_rows
from tests.reports.case_01 import case_school
from tests.school.small import d, journal

BAIT = "тайна-4417"


def _ask(sql: str, **options: Any) -> Answer:
    school = case_school()
    return answer(sql, {name: table_rows(school, name) for name in mentioned(sql)}, **options)


def test_a_query_counts_the_marks_of_periods() -> None:
    found = _ask(
        "SELECT Предмет, count(*) AS n, count(Отметка) AS с_отметкой FROM итоги "
        "WHERE Период = '1 четверть' GROUP BY Предмет ORDER BY n DESC, Предмет"
    )
    assert found.headers == ("Предмет", "n", "с_отметкой")
    assert found.rows == (("Математика", 8, 5), ("Английский язык", 2, 2), ("Музыка", 2, 2))


def test_lessons_are_of_who_gave_them() -> None:
    found = _ask("SELECT Учитель, Состояние, count(*) FROM уроки WHERE Класс = '5А' GROUP BY ALL ORDER BY 1, 2")
    assert found.rows == (
        ("Полянский О. Л.", "дан", 1),
        ("Ручьёва А. И.", "дан", 6),
        ("Ручьёва А. И.", "не записан", 1),
        ("Ручьёва А. И.", "не проведён", 1),
    )


def test_a_lesson_after_the_newest_data_is_not_one_that_was_left_blank() -> None:
    school = case_school()
    wednesday = dt.datetime(2026, 10, 14, 15, 30, tzinfo=dt.UTC)
    books = tuple(replace(book, saved=wednesday) for book in school.books)
    rows = list(table_rows(replace(school, books=books), "уроки"))
    names = BY_NAME["уроки"].names
    state, date = names.index("Состояние"), names.index("Дата")
    blank = {(row[date], row[state]) for row in rows if row[state] in ("не записан", "предстоит")}
    assert (d("19.10"), "предстоит") in blank
    assert {how for day, how in blank if isinstance(day, dt.date) and day <= wednesday.date()} <= {"не записан"}
    assert {how for day, how in blank if isinstance(day, dt.date) and day > wednesday.date()} == {"предстоит"}


def test_marks_and_absences_stand_one_a_row() -> None:
    book = journal(
        dates=("07.09", "14.09"),
        pupils={("К-101", "Берёзкина Вера"): {0: "5 4", 1: "н"}, ("К-102", "Лугов Пётр"): {0: "зач", 1: "ОП"}},
    )
    school = case_school(journals=[book])
    marks = list(table_rows(school, "отметки"))
    names = BY_NAME["отметки"].names
    assert [dict(zip(names, row, strict=True))["Отметка"] for row in marks] == [5, 4, None]
    assert [row[-1] for row in marks] == ["5", "4", "зач"]
    absences = [dict(zip(BY_NAME["пропуски"].names, row, strict=True)) for row in table_rows(school, "пропуски")]
    assert [(one["Обучающийся"], one["Дата"], one["Урок"], one["Причина"]) for one in absences] == [
        ("Берёзкина Вера", d("14.09"), 1, "ОТ"),
        ("Лугов Пётр", d("14.09"), 1, "ОП"),
    ]


@pytest.mark.parametrize("table", [table for table in TABLES if not table.of_day], ids=lambda table: table.name)
def test_every_row_has_every_column_of_its_sort(table: Any) -> None:
    school = case_school(
        orders=[
            {"number": "7", "date": d("12.10"), "event": d("12.10"), "type": "Выбытие из гимназии"}
            | {"from_class": "5А", "pupil": "К-102"}
        ],
        journals=[journal(dates=("07.09",), pupils={("К-101", "Берёзкина Вера"): {0: "5 н"}})],
    )
    sorts = {Sort.TEXT: str, Sort.NUMBER: (int, float), Sort.WHOLE: int, Sort.DATE: dt.date}
    rows = list(table_rows(school, table.name))
    for row in rows:
        for column, value in zip(table.columns, row, strict=True):
            assert value is None or isinstance(value, sorts[column.sort]), column.name
    assert rows or table.name == "уроки"


@pytest.fixture
def bait(tmp_path: Path) -> Path:
    """Return a folder with files somebody might want to read."""
    for name in ("a.csv", "a.json", "a.txt", "a.parquet", "a.db"):
        (tmp_path / name).write_text(f'x\n"{BAIT}"\n', encoding="utf-8")
    return tmp_path


READING = (
    "SELECT * FROM read_csv('{0}/a.csv')",
    "SELECT * FROM '{0}/a.csv'",
    'FROM "{0}/a.csv"',
    "SELECT * FROM read_text('{0}/a.txt')",
    "SELECT * FROM read_blob('{0}/a.txt')",
    "SELECT * FROM read_json('{0}/a.json')",
    "SELECT * FROM read_json_objects('{0}/a.json')",
    "SELECT * FROM read_ndjson('{0}/a.json')",
    "SELECT * FROM read_parquet('{0}/a.parquet')",
    "SELECT * FROM parquet_metadata('{0}/a.parquet')",
    "SELECT * FROM sniff_csv('{0}/a.csv')",
    "SELECT * FROM glob('{0}/*')",
    "SELECT * FROM query('SELECT * FROM read_text(''{0}/a.txt'')')",
    "SELECT * FROM query_table(['{0}/a.csv'])",
    "WITH t AS (SELECT * FROM read_text('{0}/a.txt')) SELECT * FROM t",
    "SELECT (SELECT content FROM read_text('{0}/a.txt'))",
    "SELECT * FROM (VALUES ('{0}/a.txt')) v(p), LATERAL (SELECT * FROM read_text(p))",
    "SELECT * FROM sqlite_scan('{0}/a.db', 'x')",
    "SELECT getenv('HOME')",
)
DOING = (
    "COPY (SELECT 1) TO '{0}/out.csv'",
    "COPY нагрузка FROM '{0}/a.csv'",
    "EXPORT DATABASE '{0}/out'",
    "IMPORT DATABASE '{0}/out'",
    "ATTACH '{0}/out.db' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{0}/a.db'",
    "FORCE INSTALL httpfs FROM 'http://127.0.0.1:1'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET temp_directory = '{0}'",
    "PRAGMA enable_profiling = 'json'",
    "CALL enable_logging(storage = 'file', storage_path = '{0}')",
    "CREATE BAIT (TYPE s3)",
    "CREATE TABLE t AS SELECT 1",
    "CREATE MACRO f() AS 1",
    "DROP TABLE нагрузка",
    "DELETE FROM нагрузка",
    "UPDATE нагрузка SET Класс = ''",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (SELECT 1) TO '{0}/out.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{0}/out.csv'",
    "PREPARE p AS SELECT 1",
    "USE memory",
    "VACUUM",
    "",
)


@pytest.mark.parametrize("sql", [*READING, *DOING])
def test_no_file_is_read_or_written(sql: str, bait: Path) -> None:
    before = sorted(path.name for path in bait.iterdir())
    with pytest.raises(UserError) as refused:
        _ask(sql.format(bait.as_posix()))
    assert BAIT not in str(refused.value)
    assert sorted(path.name for path in bait.iterdir()) == before


def test_settings_cannot_be_changed_from_a_select() -> None:
    with pytest.raises(UserError):
        _ask("SELECT * FROM enable_logging(storage = 'file', storage_path = '/tmp/sgo-log')")
    assert _ask("SELECT current_setting('enable_external_access'), current_setting('lock_configuration')").rows == (
        (False, True),
    )


def test_variables_of_the_program_are_no_tables() -> None:
    secret = [{"x": BAIT}]
    with pytest.raises(UserError, match="Таблицы «secret» нет"):
        _ask("SELECT * FROM secret")
    assert secret


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server on this machine and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - the server's own spelling

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{0}/a.csv')",
        "SELECT * FROM read_parquet('{0}/a.parquet')",
        "SELECT * FROM '{0}/a.json'",
        "ATTACH '{0}/a.db'",
        "INSTALL x FROM '{0}'",
    ],
)
def test_the_network_is_not_reached(sql: str, server: tuple[str, list[str]]) -> None:
    address, asked = server
    with pytest.raises(UserError):
        _ask(sql.format(address))
    assert asked == []


def test_an_endless_query_is_stopped() -> None:
    with pytest.raises(UserError, match=r"остановлен|памяти"):
        _ask("SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range % 7 = b.range", seconds=0.5)


def test_an_answer_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MOST_ROWS", 10)
    with pytest.raises(UserError, match="больше 10 строк"):
        _ask("SELECT * FROM range(11)")


def test_a_name_that_is_not_known_is_answered_with_those_there_are() -> None:
    with pytest.raises(UserError, match="Возможно, вы имели в виду «отметки»"):
        _ask("SELECT * FROM отметк")
    with pytest.raises(UserError, match=r'Возможно, вы имели в виду «Обучающийся»\..*"№ личного дела"'):
        _ask("SELECT Обучающася FROM итоги")
    with pytest.raises(UserError, match="DuckDB: Parser Error"):
        _ask("SELECT FROM WHERE")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UserError, match=r'pip install "sgo-sheets\[query\]"'):
        query.engine()


ANSWER = Answer(
    ("Класс", "Дата", "Средний", "Число", "Да"),
    ("VARCHAR", "DATE", "DOUBLE", "BIGINT", "BOOLEAN"),
    (("5А", dt.date(2026, 9, 7), 4.25, 3, True), ("=1+1", None, None, -2, False)),
)


def test_the_screen_shows_russian_numbers_and_days() -> None:
    lines = list(shown(ANSWER))
    assert lines[0] == "Класс │ Дата       │ Средний │ Число │ Да"
    assert lines[2:] == ["5А    │ 07.09.2026 │    4,25 │     3 │  да", "=1+1  │            │         │    -2 │ нет"]


def test_csv_opens_in_excel_and_holds_no_formula() -> None:
    data = to_file(ANSWER, Path("a.CSV"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n") == [
        "Класс;Дата;Средний;Число;Да",
        "5А;07.09.2026;4,25;3;да",
        "'=1+1;;;-2;нет",
        "",
    ]


def test_xlsx_holds_real_numbers_and_days() -> None:
    data = to_file(ANSWER, Path("a.xlsx"))
    assert data == to_file(ANSWER, Path("a.xlsx"))
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1] == ["5А", dt.datetime(2026, 9, 7), 4.25, 3, "да"]
    assert sheet["A3"].data_type == "s"


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - heavy, and needed by one test

    path = tmp_path / "a.parquet"
    path.write_bytes(to_file(ANSWER, path))
    read = duckdb.sql(f"SELECT * FROM '{path.as_posix()}'")  # noqa: S608 - the path is of the test
    assert list(map(str, read.types)) == list(ANSWER.types)
    assert read.fetchall() == list(ANSWER.rows)


def test_parquet_of_sums_and_lists(tmp_path: Path) -> None:
    found = _ask("SELECT 1.50 AS a, [1, 2] AS b, 1 AS a, sum(1) AS c")
    assert found.rows[0][0] == Decimal("1.50")
    assert to_file(found, tmp_path / "a.parquet").startswith(b"PAR1")


def test_another_ending_is_refused() -> None:
    with pytest.raises(UserError, match=r"\.csv, \.xlsx или \.parquet"):
        to_file(ANSWER, Path("a.doc"))

"""Read-only SQL over the tables of a school: DuckDB in memory, locked before the first word of the user is run.

What is typed can read no file, reach no network, load no extension and change no setting; only one SELECT is taken.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from sgo_sheets.project import UserError
from sgo_sheets.records.report_tables import BY_NAME, TABLES, ReportTable, Sort
from sgo_sheets.russian import near, perhaps

MISSING = 'Для запросов нужна библиотека DuckDB. Установите её: pip install "sgo-sheets[query]"'
ONE_SELECT = "Запрос только читает: впишите один SELECT, например SELECT Класс, count(*) FROM отметки GROUP BY Класс"
SECONDS, MEMORY, MOST_ROWS = 60, "1GB", 1_000_000
_TYPES = {Sort.TEXT: "VARCHAR", Sort.NUMBER: "DOUBLE", Sort.WHOLE: "INTEGER", Sort.DATE: "DATE"}
_LOCKS = (
    "SET python_enable_replacements = false",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET temp_directory = ''",
    f"SET memory_limit = '{MEMORY}'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_COLUMN = re.compile(r'Referenced column "([^"]+)"')
Cell = str | int | float | bool | Decimal | dt.date | dt.datetime | None


class Answer(NamedTuple):
    """What a query says: the headers, the names of their types as DuckDB has them, the rows."""

    headers: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def mentioned(sql: str) -> tuple[str, ...]:
    """Return the tables whose names stand in a query: only they are made."""
    low = sql.casefold()
    return tuple(table.name for table in TABLES if table.name in low)


def answer(sql: str, tables: Mapping[str, Iterable[tuple[Any, ...]]], seconds: float = SECONDS) -> Answer:
    """Return what a query says of the tables. Raises UserError for anything but one SELECT that can be run."""
    duckdb = engine()
    with _filled(tables) as connection:
        for lock in _LOCKS:
            connection.execute(lock)
        alarm = threading.Timer(seconds, connection.interrupt)
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise UserError(
                    "Запрос только читает: впишите один SELECT, например SELECT Класс, count(*) FROM отметки …"
                )
            alarm.start()
            found = connection.execute(statements[0])
            headers = tuple(str(one[0]) for one in found.description or ())
            types = tuple(str(one[1]) for one in found.description or ())
            rows = found.fetchmany(MOST_ROWS + 1)
            if len(rows) > MOST_ROWS:
                raise UserError(f"В ответе больше {MOST_ROWS} строк. Уточните условия или добавьте LIMIT.")
            return Answer(headers, types, tuple(tuple(map(_plain, row)) for row in rows))
        except duckdb.InterruptException as error:
            raise UserError(f"Запрос шёл дольше {seconds:.0f} с и остановлен. Уточните условия.") from error
        except duckdb.OutOfMemoryException as error:
            raise UserError(f"Запросу не хватило памяти ({MEMORY}). Уточните условия.") from error
        except duckdb.Error as error:
            raise UserError(_words(str(error), sql)) from error
        finally:
            alarm.cancel()


def engine() -> Any:
    """Return the module duckdb. Raises UserError where the extra is not installed."""
    try:
        import duckdb  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UserError(MISSING) from error
    return duckdb


@contextmanager
def _filled(tables: Mapping[str, Iterable[tuple[Any, ...]]]) -> Iterator[Any]:
    """Give a connection that holds the tables; the rows travel through files that are gone when it is given."""
    connection = engine().connect(":memory:")
    try:
        with tempfile.TemporaryDirectory(prefix="sgo-query-") as folder:
            for number, (name, rows) in enumerate(tables.items()):
                fill(connection, name, _columns(BY_NAME[name]), rows, Path(folder) / f"{number}.csv")
        yield connection
    finally:
        connection.close()


def _columns(table: ReportTable) -> dict[str, str]:
    return {column.name: _TYPES[column.sort] for column in table.columns}


def fill(
    connection: Any, name: str, columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]], through: Path
) -> None:
    """Create a table and fill it through a file; an empty text is NULL, as an empty cell is nothing."""
    with through.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    declared = ", ".join(f"{_quoted(column)} {sort}" for column, sort in columns.items())
    connection.execute(f"CREATE TABLE {_quoted(name)} ({declared})")
    options = "header = false, auto_detect = false, delimiter = ',', quote = '\"', escape = '\"', nullstr = ''"
    types = ", ".join(f"'c{place}': '{sort}'" for place, sort in enumerate(columns.values()))
    if through.stat().st_size:
        connection.execute(
            f"INSERT INTO {_quoted(name)} SELECT * FROM read_csv(?, {options}, allow_quoted_nulls = true, "  # noqa: S608 - our own names
            f"columns = {{{types}}})",
            [str(through)],
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _typed(name: str) -> str:
    """Return the name of a column as a query spells it."""
    return name if name.isalpha() else _quoted(name)


def _plain(value: object) -> Cell:
    """Return a value a cell can hold; lists and structures become text."""
    if value is None or isinstance(value, (str, bool, int, float, Decimal, dt.date)):
        return value
    return str(value)


def _words(error: str, sql: str) -> str:
    """Return what DuckDB says of a query, with the tables there are where it does not know one."""
    text = error.strip().split("\n\n")[0]
    if "Table with name" in error and "does not exist" in error:
        typed = error.split("Table with name", 1)[1].split("does not exist", 1)[0].strip()
        guess = near(typed, BY_NAME)
        hint = f" Возможно, вы имели в виду «{guess}»." if guess else ""
        return f"Таблицы «{typed}» нет.{hint} Есть: {', '.join(BY_NAME)}. Столбцы: sgo query --tables."
    if unknown := _COLUMN.search(error):
        tables = [BY_NAME[table] for table in mentioned(sql)]
        hint = perhaps(unknown[1], dict.fromkeys(name for table in tables for name in table.names))
        there = "".join(f" В таблице «{table.name}»: {', '.join(map(_typed, table.names))}." for table in tables)
        return f"Столбца «{unknown[1]}» нет.{hint}{there} Имена с пробелом берут в двойные кавычки."
    return f"DuckDB: {text}"

"""КТП of every subject and grade: themes spread over the hours of the plan, kinds of work, homework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.topics_language import LANGUAGE
from sgo_sheets.demo.topics_mathematics import MATHEMATICS
from sgo_sheets.demo.topics_nature import NATURE
from sgo_sheets.demo.topics_society import SOCIETY

TOPICS = {**LANGUAGE, **MATHEMATICS, **NATURE, **SOCIETY}
ANSWER, HOMEWORK, TEST, OWN, PRACTICE, LABORATORY, PROJECT, DICTATION, ESSAY, RETELLING, CREDIT, QUIZ = (
    "О", "Д", "К", "С", "А", "Л", "П", "Н", "Ч", "И", "З", "Т",
)  # fmt: skip
NAMES = {
    TEST: "контрольная работа", OWN: "самостоятельная работа", PRACTICE: "практическая работа",
    LABORATORY: "лабораторная работа", PROJECT: "проект", DICTATION: "диктант", ESSAY: "сочинение",
    RETELLING: "изложение", CREDIT: "зачёт", QUIZ: "тестирование",
}  # fmt: skip
NOT_SET = "не задано"


class Planned(NamedTuple):
    """A row of a КТП: the section, the topic, the short name of the kind of work («» = none), homework."""

    section: str
    topic: str
    kind: str
    homework: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a subject is taught: how a theme goes on, how a section ends, what is done on the way and at home.

    ``ends`` – kinds of the last lesson of a section, in turn, with the words of its topic; ``way`` – the kind of every
    ``every``-th lesson. ``home`` is a pattern with n (running number), p (page) and m (n + 3).
    """

    more: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    way: str = ""
    every: int = 6
    home: tuple[str, ...] = ()


_SOLVE = (
    "Решение задач", "Упражнения", "Практикум", "Закрепление", "Работа в парах", "Самопроверка", "Повторение",
    "Разбор ошибок", "Обобщение",
)  # fmt: skip
_READ = (
    "Чтение и разбор", "Анализ текста", "Пересказ", "Выразительное чтение", "Герои и автор", "Чтение по ролям",
    "Работа со словарём", "Творческая работа", "Рисунок к тексту", "Обобщение",
)  # fmt: skip
_DO = ("Практическая работа", "Закрепление", "Упражнения", "Самопроверка", "Обобщение")
_TELL = (
    "Работа с источниками", "Практикум", "Сообщения учеников", "Решение задач", "Работа с таблицей", "Повторение",
    "Обобщение",
)  # fmt: skip
_DRILL = (
    "Упражнения", "Словарная работа", "Практикум", "Работа с текстом", "Закрепление", "Правописание", "Самопроверка",
    "Разбор ошибок", "Повторение", "Обобщение", "Творческое списывание",
)  # fmt: skip
_TRAIN = (
    "Техника выполнения", "Совершенствование", "Развитие выносливости", "Комбинация упражнений", "Игры и эстафеты",
    "Развитие ловкости", "Учёт",
)  # fmt: skip
_TEST = ((TEST, "Контрольная работа"),)
_QUIZ = ((QUIZ, "Тест"),)
_ROUND = (("", "Обобщение по разделу"),)
_MATHS = Manner(_SOLVE, _TEST, OWN, 7, ("№ {n}–{m}", "§ {p}, № {n}, {m}", "№ {n}, {m}, правило на стр. {p}"))
_SCIENCE = Manner(
    _TELL, _TEST, LABORATORY, 6, ("§ {p}, вопросы 1–4", "§ {p}, упр. {p} (2)", "§ {p}, повторить формулы")
)
_NATURE = Manner(_TELL, _QUIZ, PRACTICE, 7, ("§ {p}, вопросы", "§ {p}, таблица в тетради", "§ {p}, термины"))
_STORY = Manner(_TELL, _QUIZ, "", 6, ("§ {p}, вопросы 1–3", "§ {p}, даты", "§ {p}, рассказ по карте", "§ {p}"))
_BOOKS = Manner(
    _READ, ((ESSAY, "Сочинение по разделу"), (QUIZ, "Тест по разделу")), "", 6,
    ("прочитать стр. {p}–{q}", "стр. {p}, вопросы 2, 4", "выучить отрывок наизусть", "пересказ по плану"),
)  # fmt: skip
_HANDS = Manner(_DO, _ROUND, PRACTICE, 4, (NOT_SET, "принести материалы", "закончить работу", NOT_SET))
_MANNERS = {
    plan.RUSSIAN: Manner(
        _DRILL,
        ((DICTATION, "Диктант по разделу"), (TEST, "Контрольная работа"), (RETELLING, "Изложение по разделу")),
        OWN, 9, ("упр. {n}", "правило на стр. {p}, упр. {n}", "упр. {n}, словарные слова"),
    ),
    plan.READING: Manner(_READ, _QUIZ, "", 6, ("стр. {p}–{q}, читать", "стр. {p}, пересказ", "выучить стихотворение")),
    plan.LITERATURE: _BOOKS,
    plan.ENGLISH: Manner(
        ("Vocabulary", "Grammar practice", "Listening", "Speaking", "Reading", "Revision"),
        ((QUIZ, "Progress check"),), OWN, 8, ("упр. {r}, стр. {p}", "слова, упр. {r}, стр. {p}", "рассказ на стр. {p}"),
    ),
    plan.WORLD: Manner(_TELL, _QUIZ, PRACTICE, 9, ("стр. {p}–{q}", "стр. {p}, вопросы", "рабочая тетрадь, стр. {p}")),
    plan.PE: Manner(_TRAIN, ((CREDIT, "Сдача нормативов"),), "", 6, (NOT_SET,)),
    plan.INFORMATICS: Manner(_DO, _TEST, PRACTICE, 4, ("§ {p}", "тренажёр https://uroki.example/{p}", NOT_SET)),
    plan.CRAFTS: Manner(_DO, ((PROJECT, "Защита работ"),), PRACTICE, 4, (NOT_SET, "принести материалы")),
    plan.PROJECT: Manner(_DO, _ROUND, "", 6, ("работа над проектом", "дневник проекта", NOT_SET)),
    plan.CULTURES: Manner(_TELL, _ROUND, "", 6, ("стр. {p}–{q}", NOT_SET)),
    **dict.fromkeys((plan.MATHS, plan.ALGEBRA, plan.GEOMETRY, plan.CHANCE, plan.ELECTIVE), _MATHS),
    **dict.fromkeys(("Физика", "Химия"), _SCIENCE),
    **dict.fromkeys(("География", "Биология", "Основы безопасности и защиты Родины"), _NATURE),
    **dict.fromkeys(("История", "Обществознание", plan.DEBATE), _STORY),
    **dict.fromkeys(("Изобразительное искусство", "Музыка"), _HANDS),
}  # fmt: skip


@cache
def lesson_plan(subject: str, grade: int, hours: int) -> tuple[Planned, ...]:
    """Return the rows of the КТП, one hour each. The first grade has neither kinds of work nor homework."""
    manner = _MANNERS[subject]
    rows = []
    for number, (section, topic, closing) in enumerate(_rows(subject, grade, hours, manner), start=1):
        if grade == 1:
            rows.append(Planned(section, topic, "", ""))
            continue
        kind = closing or (manner.way if number % manner.every == 0 else "")
        home = NOT_SET if kind in (TEST, DICTATION, CREDIT, QUIZ) else _home(manner, number)
        rows.append(Planned(section, topic, kind, home))
    return tuple(rows)


def _rows(subject: str, grade: int, hours: int, manner: Manner) -> Iterator[tuple[str, str, str]]:
    """Yield section, topic and kind of the closing works of every lesson."""
    sections = list(_sections(subject, grade))
    themes = sum(len(own) for _, own in sections)
    left = hours - len(sections) - 1
    edges = [round(left * done / themes) for done in range(themes + 1)]
    counts = iter([end - begin for begin, end in pairwise(edges)])
    for place, (section, own) in enumerate(sections):
        for theme in own:
            for part in range(next(counts)):
                yield section, theme if part == 0 else f"{theme}. {_more(manner, part)}", ""
        kind, words = manner.ends[place % len(manner.ends)]
        yield section, f"{words} «{section}»" if grade > 1 else f"Обобщение по разделу «{section}»", kind
    yield "Итоги года", "Обобщение изученного за год", ""


def _more(manner: Manner, part: int) -> str:
    return manner.more[(part - 1) % len(manner.more)]


def _sections(subject: str, grade: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = next(text for grades, text in TOPICS[subject].items() if grade in _grades(grades))
    for line in text.strip().splitlines():
        section, _, themes = line.strip().partition(": ")
        yield section, tuple(theme.strip() for theme in themes.split(";"))


def _grades(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _home(manner: Manner, number: int) -> str:
    """Return the homework of the n-th lesson: numbers and pages go on with the year."""
    n, p = number * 4 + 11, number // 2 + 3
    return manner.home[number % len(manner.home)].format(n=n, m=n + 3, p=p, q=p + 2, r=number % 8 + 1)

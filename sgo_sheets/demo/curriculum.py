"""What each grade is taught: subjects, hours a week within the sanitary maximum, splits into groups, electives."""

from __future__ import annotations

from dataclasses import dataclass

MARK, PASS, NONE = "отметка", "зачёт", "без отметки"
FEDERAL, SCHOOL = "федеральный", "школьный"
SEX = "по полу"
STUDY_WEEKS, STUDY_WEEKS_FIRST = 34, 33


@dataclass(frozen=True, slots=True)
class SubjectInfo:
    """A subject: its short name, area, grading and the department whose teachers teach it from grade 5 on."""

    name: str
    short: str
    area: str
    department: str
    grading: str = MARK
    component: str = FEDERAL


LETTERS, SUMS, FOREIGN, PAST, EARTH, LIFE, MATTER, PHYSICS, SONG, CRAFT, SPORT, COMPUTERS, PRIMARY = (
    "русский язык и литература", "математика", "английский язык", "история и обществознание", "география",
    "биология", "химия", "физика", "музыка и ИЗО", "труд и ОБЗР", "физическая культура", "информатика",
    "начальные классы",
)  # fmt: skip
RUSSIAN, READING, LITERATURE, ENGLISH = "Русский язык", "Литературное чтение", "Литература", "Английский язык"
MATHS, ALGEBRA, GEOMETRY, CHANCE = "Математика", "Алгебра", "Геометрия", "Вероятность и статистика"
INFORMATICS, WORLD, PE, CRAFTS = "Информатика", "Окружающий мир", "Физическая культура", "Труд (технология)"
CULTURES, PROJECT, ELECTIVE = "Основы светской этики", "Индивидуальный проект", "Решение физических задач"
DEBATE = "Практикум по обществознанию"

_ARTS = "Искусство"
SUBJECTS: tuple[SubjectInfo, ...] = (
    SubjectInfo(RUSSIAN, "Рус. яз.", "Русский язык и литература", LETTERS),
    SubjectInfo(READING, "Лит. чт.", "Русский язык и литература", LETTERS),
    SubjectInfo(LITERATURE, "Лит.", "Русский язык и литература", LETTERS),
    SubjectInfo(ENGLISH, "Англ. яз.", "Иностранные языки", FOREIGN),
    SubjectInfo(MATHS, "Мат.", "Математика и информатика", SUMS),
    SubjectInfo(ALGEBRA, "Алг.", "Математика и информатика", SUMS),
    SubjectInfo(GEOMETRY, "Геом.", "Математика и информатика", SUMS),
    SubjectInfo(CHANCE, "ВиС", "Математика и информатика", SUMS),
    SubjectInfo(INFORMATICS, "Инф.", "Математика и информатика", COMPUTERS),
    SubjectInfo("История", "Ист.", "Общественно-научные предметы", PAST),
    SubjectInfo("Обществознание", "Общ.", "Общественно-научные предметы", PAST),
    SubjectInfo("География", "Геогр.", "Общественно-научные предметы", EARTH),
    SubjectInfo(WORLD, "Окр. мир", "Обществознание и естествознание", EARTH),
    SubjectInfo("Биология", "Биол.", "Естественно-научные предметы", LIFE),
    SubjectInfo("Химия", "Хим.", "Естественно-научные предметы", MATTER),
    SubjectInfo("Физика", "Физ.", "Естественно-научные предметы", PHYSICS),
    SubjectInfo(CULTURES, "ОСЭ", "Основы религиозных культур и светской этики", PAST, NONE),
    SubjectInfo("Изобразительное искусство", "ИЗО", _ARTS, SONG),
    SubjectInfo("Музыка", "Муз.", _ARTS, SONG),
    SubjectInfo(CRAFTS, "Труд", "Технология", CRAFT),
    SubjectInfo(PE, "Физ-ра", "Физическая культура", SPORT),
    SubjectInfo("Основы безопасности и защиты Родины", "ОБЗР", "Основы безопасности и защиты Родины", CRAFT),
    SubjectInfo(PROJECT, "Инд. пр.", "Индивидуальный проект", PAST, PASS, SCHOOL),
    SubjectInfo(ELECTIVE, "Физ. зад.", "Курсы по выбору", PHYSICS, PASS, SCHOOL),
    SubjectInfo(DEBATE, "Практ. общ.", "Курсы по выбору", PAST, PASS, SCHOOL),
)
BY_NAME = {subject.name: subject for subject in SUBJECTS}
SCHOOL_HOURS = {(INFORMATICS, 5), (INFORMATICS, 6), (PE, 5), (PE, 6)}
"""Subjects and grades whose hours come from the school's part of the plan."""

_ROWS = """
Русский язык                        5 5 5 5 5 6 4 3 3 2 2
Литературное чтение                 4 4 4 4 . . . . . . .
Литература                          . . . . 3 3 2 2 3 3 3
Английский язык                     . 2 2 2 3 3 3 3 3 3 3
Математика                          4 4 4 4 5 5 . . . . .
Алгебра                             . . . . . . 3 3 3 4 4
Геометрия                           . . . . . . 2 2 2 3 3
Вероятность и статистика            . . . . . . 1 1 1 1 1
Информатика                         . . . . 1 1 1 1 1 1 1
История                             . . . . 3 3 3 3 2 2 2
Обществознание                      . . . . . . . . 1 2 2
География                           . . . . 1 1 2 2 2 1 1
Окружающий мир                      2 2 2 2 . . . . . . .
Биология                            . . . . 1 1 2 2 2 1 1
Химия                               . . . . . . . 2 2 1 1
Физика                              . . . . . . 2 2 3 2 2
Основы светской этики               . . . 1 . . . . . . .
Изобразительное искусство           1 1 1 1 1 1 1 . . . .
Музыка                              1 1 1 1 1 1 1 1 . . .
Труд (технология)                   1 1 1 1 2 2 2 2 1 . .
Физическая культура                 3 3 3 2 3 3 2 2 2 2 2
Основы безопасности и защиты Родины . . . . . . . 1 1 1 1
Индивидуальный проект               . . . . . . . . . 1 .
"""
STREAM_HOURS = 2
MAXIMUM = {1: 21, 2: 23, 3: 23, 4: 23, 5: 29, 6: 30, 7: 32, 8: 33, 9: 33, 10: 37, 11: 37}
"""Lessons a week a class may have at most (СанПиН 1.2.3685-21): five days in grades 1–9, six in 10 and 11."""


def _hours() -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {grade: {} for grade in range(1, 12)}
    for row in _ROWS.strip().splitlines():
        *words, _ = name_and_hours = row.split()
        hours = name_and_hours[-11:]
        name = " ".join(words[: len(name_and_hours) - 11])
        for grade, number in enumerate(hours, start=1):
            if number != ".":
                found[grade][name] = int(number)
    return found


HOURS = _hours()
"""Grade → subject → hours a week, electives apart."""


def school_week(grade: int) -> int:
    """Return how many days a week the grade studies."""
    return 6 if grade >= 10 else 5


def plan_hours(grade: int, weekly: int) -> int:
    """Return the hours of a subject's plan for the year."""
    return weekly * (STUDY_WEEKS_FIRST if grade == 1 else STUDY_WEEKS)


def class_names(count: int) -> tuple[str, ...]:
    """Return the names of so many classes, spread over the grades, in the order of the school («1А» … «11Б»).

    A small school has classes of the grades that show most: 5, 9, 10, 11, 1. Grades 10 and 11 are half as wide.
    """
    order = (5, 9, 10, 11, 1, 7, 3, 2, 4, 6, 8)
    of_grade = dict.fromkeys(range(1, 12), 0)
    for place in range(count):
        if place < len(order):
            grade = order[place]
        else:
            grade = min(of_grade, key=lambda g: (of_grade[g] / (1 if g < 10 else 0.5), g))
        of_grade[grade] += 1
    return tuple(f"{grade}{_letter(place)}" for grade, number in of_grade.items() for place in range(number))


def _letter(place: int) -> str:
    alphabet = "АБВГДЕЖЗИКЛМНПРСТУФХЦЧШЭЮЯ"
    return alphabet[place] if place < len(alphabet) else f"А{place}"


def grade_of(name: str) -> int:
    """Return the grade of a class name."""
    return int("".join(char for char in name[:2] if char.isdigit()))


def split_of(grade: int, subject: str, size: int, *, large: bool) -> tuple[str, ...]:
    """Return the groups a class of a size is split into for a subject, () where it learns as a whole.

    A large school splits English everywhere, computer science from grade 5 and crafts by sex.
    """
    if size < 8:
        return ()
    if subject == ENGLISH and (grade in (5, 9) or (large and grade >= 2 and size >= 16)):
        return ("1", "2")
    if large and subject == INFORMATICS and grade >= 5 and size >= 20:
        return ("1", "2")
    if large and subject == CRAFTS and grade >= 5 and size >= 16:
        return ("девочки", "мальчики")
    return ()

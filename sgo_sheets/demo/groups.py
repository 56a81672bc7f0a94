"""Who learns with whom: subgroups of a class and streams across classes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sgo_sheets.demo.curriculum import DEBATE, ELECTIVE, HOURS, split_of
from sgo_sheets.demo.names import FEMALE
from sgo_sheets.demo.world import Child, Room, Spec, Stream

GIRLS_GROUP = "девочки"
_FEWEST = 3


def make_streams(spec: Spec, rooms: Sequence[Room], children: Sequence[Child]) -> tuple[Stream, ...]:
    """Return the streams: 10А+11А in a small school, otherwise each pair of classes of grades 10 and 11."""
    seniors = [[room.name for room in rooms if room.grade == grade] for grade in (10, 11)]
    tenth, eleventh = seniors
    pairs = [tuple(own[n : n + 2]) for own in seniors for n in range(0, len(own) - 1, 2)]
    if len(tenth) == 1 and len(eleventh) == 1:
        pairs = [(tenth[0], eleventh[0])]
    streams = []
    for pair in pairs:
        name = "+".join(pair)
        rng = spec.stream("stream", name)
        members = [one.id for one in children if one.school_class in pair]
        chosen = [number for number in members if rng.random() < 0.55] or members[:1]
        others = tuple(number for number in members if number not in set(chosen))
        courses = [(ELECTIVE, tuple(chosen))]
        if spec.large and len(others) >= _FEWEST:
            courses.append((DEBATE, others))
        streams.append(Stream(name, pair, tuple(courses)))
    return tuple(streams)


def make_groups(
    spec: Spec, rooms: Sequence[Room], children: Sequence[Child]
) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return the № of the pupils of every subgroup by (class, subject, group); newcomers by move are in one as well."""
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for room in rooms:
        own = [one for one in children if one.school_class == room.name or (one.moved and one.moved[1] == room.name)]
        for subject in HOURS[room.grade]:
            names = split_of(room.grade, subject, room.size, large=spec.large)
            if not names:
                continue
            rng = spec.stream("groups", room.name, subject)
            halves = _by_sex(own) if names[0] == GIRLS_GROUP else _by_lot(own, rng)
            for name, half in zip(names, halves, strict=True):
                found[room.name, subject, name] = tuple(one.id for one in half)
    return found


def _by_sex(children: Sequence[Child]) -> tuple[list[Child], list[Child]]:
    girls = [one for one in children if one.person.sex == FEMALE]
    boys = [one for one in children if one.person.sex != FEMALE]
    while min(len(girls), len(boys)) < _FEWEST and len(children) > 2 * _FEWEST:
        small, big = (girls, boys) if len(girls) < len(boys) else (boys, girls)
        small.append(big.pop())
    return girls, boys


def _by_lot(children: Sequence[Child], rng: Random) -> tuple[list[Child], list[Child]]:
    first = {one.id for one in rng.sample(list(children), len(children) // 2)}
    return [one for one in children if one.id in first], [one for one in children if one.id not in first]

"""Draws how figures grow with the number of customers, as an SVG with both axes in powers of ten."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 80, 250, 40, 50
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#e377c2")
"""Of lines; more than there are colours are drawn in the same again, with dashes."""

Points = Sequence[tuple[float, float]]
"""Customers and figure, fewest first; all above nought."""


def drawn(title: str, lines: Mapping[str, Points], shown: Callable[[float], str]) -> str:
    """The picture of these lines; `shown` writes a figure with its unit."""
    points = [point for line in lines.values() for point in line]
    across, up = _axis([x for x, _ in points]), _axis([y for _, y in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-size="14" fill="#222222">{escape(title)}</text>',
        *_grid(across, up, shown),
    ]
    ends = _apart({name: _place(up, line[-1][1], HEIGHT - BOTTOM, TOP) for name, line in lines.items()})
    for number, (name, line) in enumerate(lines.items()):
        parts += _line(name, _places(line, across, up), number, ends[name])
    return "\n".join([*parts, "</svg>", ""])


def _axis(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten between which all of them lie."""
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return least, max(most, least + 1)


def _place(axis: tuple[int, int], value: float, first: float, last: float) -> float:
    least, most = axis
    return first + (last - first) * (math.log10(value) - least) / (most - least)


def _places(line: Points, across: tuple[int, int], up: tuple[int, int]) -> list[tuple[float, float]]:
    return [(_place(across, x, LEFT, WIDTH - RIGHT), _place(up, y, HEIGHT - BOTTOM, TOP)) for x, y in line]


def _grid(across: tuple[int, int], up: tuple[int, int], shown: Callable[[float], str]) -> Iterator[str]:
    for power in range(across[0], across[1] + 1):
        x = _place(across, 10**power, LEFT, WIDTH - RIGHT)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#dddddd"/>'
        yield _text(x, HEIGHT - BOTTOM + 18, f"{10**power:,}", "middle")
    for power in range(up[0], up[1] + 1):
        y = _place(up, 10.0**power, HEIGHT - BOTTOM, TOP)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>'
        yield _text(LEFT - 8, y + 4, shown(10.0**power), "end")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "customers", "middle")


def _line(name: str, places: list[tuple[float, float]], number: int, end: float) -> Iterator[str]:
    colour = COLOURS[number % len(COLOURS)]
    dashes = ' stroke-dasharray="5 3"' if number >= len(COLOURS) else ""
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    yield _text(WIDTH - RIGHT + 10, end + 4, name, "start", colour)


def _apart(places: Mapping[str, float]) -> dict[str, float]:
    """The heights at which names stand: beside the ends of their lines, but none over another."""
    room, apart = 15.0, dict[str, float]()
    lowest = TOP - room
    for name, place in sorted(places.items(), key=lambda each: each[1]):
        lowest = apart[name] = max(place, lowest + room)
    below = lowest - (HEIGHT - BOTTOM)
    if below > 0:
        apart = {name: place - below for name, place in apart.items()}
    return apart


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#444444") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'

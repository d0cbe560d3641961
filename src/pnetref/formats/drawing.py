"""The arms of a trial's result, drawn as SVG: a bar from zero to the value, the interval on it, and a scale below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pnetref.page import Bar

HEIGHT = 22
"""The height of an arm in CSS pixels; its width is that of the cell, so that nothing is drawn smaller than it is read."""
MIDDLE = HEIGHT // 2
STEPS = (1, 2, 5)
MOST_TICKS = 6

LEGEND = (
    "In the pictures: a dot is the value, the line through it the interval, "
    "a hollow dot at the edge “not reached”, a broken line an end that was not reached."
)
"""What the pictures mean."""


def reach(bars: Iterable[Bar], top: float, unit: str) -> float:
    """Give where the scale of a result ends: a little beyond the longest arm, further where an end was not reached."""
    if unit == "%":
        return top
    is_open = any(bar.value is None or (bar.low is not None and bar.high is None) for bar in bars)
    return top * (1.2 if is_open else 1.05)


def ticks(top: float) -> list[float]:
    """Give round numbers from 0 up to ``top``, at most seven, where the scale is marked."""
    size = 10.0**-6
    while True:
        for step in STEPS:
            if top / (step * size) <= MOST_TICKS:
                return [n * step * size for n in range(int(top / (step * size) + 1e-9) + 1)]
        size *= 10


def arm(bar: Bar, top: float) -> str:
    """Give the picture of an arm, named by its words: hollow where the value was not reached, broken where an end was not."""

    def at(value: float) -> str:
        return f"{100 * min(1.0, max(0.0, value / top)):.4g}%"

    parts = [f'<line class="rule" x1="0" x2="100%" y1="{MIDDLE}" y2="{MIDDLE}"/>']
    end = bar.value if bar.value is not None else top
    if bar.value is not None:
        parts.append(f'<rect class="bar" x="0" y="{MIDDLE - 5}" width="{at(end)}" height="10"/>')
    low, high = bar.low, bar.high
    if low is not None or high is not None:
        start = low if low is not None else 0.0
        stop = next((bound for bound in (high, bar.value) if bound is not None), start)
        parts.append(_line("line", at(start), at(stop)))
        parts += [_end(at(bound)) for bound in (low, high) if bound is not None]
        if high is None:
            parts.append(_line("beyond", at(stop), "100%"))
    dot = "dot" if bar.value is not None else "hollow"
    parts.append(f'<circle class="{dot}" cx="{at(end)}" cy="{MIDDLE}" r="5"/>')
    name = escape(f"{bar.name}: {bar.words}")
    return f'<svg role="img" aria-label="{name}" height="{HEIGHT}">{"".join(parts)}</svg>'


def scale(top: float) -> str:
    """Give the scale of a result under its arms; the words beside the arms say what it shows."""
    parts = ['<line class="rule" x1="0" x2="100%" y1="1" y2="1"/>']
    for tick in ticks(top):
        x = f"{100 * tick / top:.4g}%"
        anchor = "start" if not tick else "end" if tick == top else "middle"
        parts.append(f'<line class="rule" x1="{x}" x2="{x}" y1="1" y2="5"/>')
        parts.append(f'<text x="{x}" y="17" text-anchor="{anchor}">{tick:g}</text>')
    return f'<svg aria-hidden="true" height="20">{"".join(parts)}</svg>'


def _line(kind: str, start: str, stop: str) -> str:
    return f'<line class="{kind}" x1="{start}" x2="{stop}" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _end(x: str) -> str:
    return f'<line class="line" x1="{x}" x2="{x}" y1="{MIDDLE - 5}" y2="{MIDDLE + 5}"/>'

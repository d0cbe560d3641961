"""The arms of a trial's result, drawn as SVG: a bar from zero to the value, the interval on it, and a scale below."""

from __future__ import annotations

from html import escape as in_markup
from typing import TYPE_CHECKING

from pnetref.plain import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pnetref.page import Bar

HEIGHT = 22
"""The height of an arm in CSS pixels; its width is that of the cell, so that nothing is drawn smaller than it is read."""
MIDDLE = HEIGHT // 2
STEPS = (1, 2, 5)
MOST_TICKS = 6

WHOLE = 100.0
SHORTENED = 86.0
"""The part of the picture that the scale has, in percent: less than all where an arm goes beyond what was reached."""
OUTSIDE = 96.0
"""Where that stands which was not reached: beyond the end of the scale, with a gap."""


def escape(text: str) -> str:
    """Give a text, or the value of an attribute, in which nothing is markup."""
    return in_markup(visible(text))


def legend(bars: Iterable[Bar]) -> str:
    """Give what the pictures of a result mean: of each sign that is on one of them, and of no other."""
    arms = list(bars)
    ranges = [bar for bar in arms if bar.low is not None or bar.high is not None]
    meant = {
        "dot: the value": any(bar.value is not None for bar in arms),
        "line: the interval": bool(ranges),
        "hollow dot beyond the scale: not reached": any(bar.value is None for bar in arms),
        "broken line: to an end that was not reached": any(bar.high is None for bar in ranges),
    }
    return "; ".join(words for words, is_drawn in meant.items() if is_drawn)


def reach(top: float, unit: str) -> float:
    """Give where the scale of a result ends: a little beyond the longest arm, or with all there is."""
    return top if unit == "%" else top * 1.05


def span(bars: Iterable[Bar]) -> float:
    """Give the part of the picture that the scale has, in percent, so that there is place beyond it where that is needed."""
    is_open = any(bar.value is None or (bar.low is not None and bar.high is None) for bar in bars)
    return SHORTENED if is_open else WHOLE


def ticks(top: float) -> list[float]:
    """Give round numbers from 0 up to ``top``, at most seven, where the scale is marked."""
    size = 10.0**-6
    while True:
        for step in STEPS:
            if top / (step * size) <= MOST_TICKS:
                return [n * step * size for n in range(int(top / (step * size) + 1e-9) + 1)]
        size *= 10


def arm(bar: Bar, top: float, width: float) -> str:
    """Give the picture of an arm, named by its words, on a scale to ``top`` that has ``width`` percent of it.

    What was not reached is hollow and beyond the scale; the line to an end that was not reached is broken.
    """

    def at(value: float) -> str:
        return f"{width * min(1.0, max(0.0, value / top)):.4g}%"

    parts = [f'<line class="rule" x1="0" x2="{width:g}%" y1="{MIDDLE}" y2="{MIDDLE}"/>']
    end = at(bar.value) if bar.value is not None else f"{OUTSIDE:g}%"
    if bar.value is not None:
        parts.append(f'<rect class="bar" x="0" y="{MIDDLE - 5}" width="{end}" height="10"/>')
    low, high = bar.low, bar.high
    if low is not None or high is not None:
        start = low if low is not None else 0.0
        stop = next((bound for bound in (high, bar.value) if bound is not None), start)
        parts.append(_line("line", at(start), at(stop)))
        parts += [_end(at(bound)) for bound in (low, high) if bound is not None]
        if high is None:
            parts.append(_line("beyond", at(stop), f"{OUTSIDE:g}%"))
    dot = "dot" if bar.value is not None else "hollow"
    parts.append(f'<circle class="{dot}" cx="{end}" cy="{MIDDLE}" r="5"/>')
    name = escape(f"{bar.name}: {bar.words}")
    return f'<svg role="img" aria-label="{name}" height="{HEIGHT}">{"".join(parts)}</svg>'


def scale(top: float, unit: str, width: float) -> str:
    """Give the scale of a result under its arms, with its unit under the numbers; it has ``width`` percent of the picture."""
    parts = [f'<line class="rule" x1="0" x2="{width:g}%" y1="1" y2="1"/>']
    for tick in ticks(top):
        x = f"{width * tick / top:.4g}%"
        anchor = "start" if not tick else "end" if tick == top else "middle"
        parts.append(f'<line class="rule" x1="{x}" x2="{x}" y1="1" y2="5"/>')
        parts.append(f'<text x="{x}" y="17" text-anchor="{anchor}">{tick:g}</text>')
    parts.append(f'<text x="{width / 2:g}%" y="31" text-anchor="middle">{escape(unit)}</text>')
    return f'<svg aria-hidden="true" height="34">{"".join(parts)}</svg>'


def _line(kind: str, start: str, stop: str) -> str:
    return f'<line class="{kind}" x1="{start}" x2="{stop}" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _end(x: str) -> str:
    return f'<line class="line" x1="{x}" x2="{x}" y1="{MIDDLE - 5}" y2="{MIDDLE + 5}"/>'

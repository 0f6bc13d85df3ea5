"""Tables for a terminal: a Chinese character is two columns wide."""

import unicodedata


def width(text):
    wide = lambda c: 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return sum(map(wide, text))


def pad(text, columns, left):
    gap = " " * (columns - width(text))
    return text + gap if left else gap + text


def table(head, rows):
    """Markdown too: the first column to the left, numbers to the right."""
    rows = [[str(cell) for cell in row] for row in rows]
    columns = [max(width(row[at]) for row in [head, *rows]) for at in range(len(head))]
    draw = lambda row: "| " + " | ".join(pad(cell, columns[at], at == 0) for at, cell in enumerate(row)) + " |"
    rule = "|" + "|".join("-" * (n + 1) + (":" if at else "-") for at, n in enumerate(columns)) + "|"
    return "\n".join([draw(head), rule, *map(draw, rows)])


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def rate(size, wall):
    value = size / 1e6 / wall
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def memory(value, floor):
    return f"< {floor / 1e6:.0f} MB" if value <= floor * 1.1 else f"{value / 1e6:.0f} MB"


def times(value):
    return f"{value:.0f} ×" if value >= 100 else f"{value:.2f} ×" if value < 10 else f"{value:.1f} ×"

# SPDX-License-Identifier: BSL-1.0
"""Horizontal bars with quartiles, as SVG text. The same input gives the same bytes."""
import html
import math

WIDTH = 800
LABELS = 250  # of the rows, on the left
VALUES = 60   # on the right
BAR = 9
ROW_GAP = 5
HEAD = 18     # a line of text
# Beyond it equal steps are equal factors, and the axis says so.
LOGARITHMIC_FROM = 20

# A panel of its own, so that it can be read on any page.
STYLE = """
  .panel { fill: #ffffff; stroke: #d0d7de }
  text { font: 12px sans-serif; fill: #24292f }
  .figure { font-weight: bold }
  .axis, .value { font-size: 10px; fill: #57606a }
  .grid { stroke: #d8dee4 }
  .whisker { stroke: #24292f }
  .floor { fill: #8c959f } .shoal { fill: #1f6feb } .peer { fill: #d4813a }
  .run1 { fill-opacity: 0.55 }
  @media (prefers-color-scheme: dark) {
    .panel { fill: #161b22; stroke: #30363d }
    text { fill: #e6edf3 }
    .axis, .value { fill: #9ea7b3 }
    .grid { stroke: #30363d }
    .whisker { stroke: #e6edf3 }
    .shoal { fill: #4493f8 }
  }
"""


def number(value):
    """Three digits that count, and no exponent."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


class Axis:
    def __init__(self, low, high):
        self.logarithmic = high / low > LOGARITHMIC_FROM
        self.span = WIDTH - LABELS - VALUES
        if self.logarithmic:
            self.low, self.high = 10 ** math.floor(math.log10(low)), high * 1.1
        else:
            self.low, self.high = 0, high * 1.05

    def at(self, value):
        if self.logarithmic:
            part = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        else:
            part = value / self.high
        return LABELS + self.span * part

    def ticks(self):
        if self.logarithmic:
            value = self.low
            while value <= self.high:
                yield value
                value *= 10
            return
        step = 10 ** math.floor(math.log10(self.high))
        while self.high / step < 4:
            step /= 2
        for i in range(int(self.high / step) + 1):
            yield i * step


def bars(title, figures, runs):
    """figures: [(name, [(label, role, [(p25, p50, p75) or None per run])])]; runs: their names."""
    every = [one for _, rows in figures for _, _, times in rows for one in times if one]
    axis = Axis(min(one[0] for one in every), max(one[2] for one in every))
    out, y = [], 10

    def text(x, at, words, kind, anchor="start"):
        out.append(f'<text x="{x:.1f}" y="{at:.1f}" class="{kind}" text-anchor="{anchor}">'
                   f"{html.escape(words)}</text>")

    # The legend.
    x = 12
    roles = {role for _, rows in figures for _, role, _ in rows}
    for role, name in (("floor", "by hand"), ("shoal", "Shoal"), ("peer", "peers")):
        if role not in roles:
            continue
        out.append(f'<rect x="{x}" y="{y}" width="12" height="{BAR}" class="{role}"/>')
        text(x + 17, y + BAR, name, "legend")
        x += 90
    if len(runs) > 1:
        text(x, y + BAR, "from top to bottom: " + ", ".join(runs), "legend")
    scale = "nanoseconds"
    if axis.logarithmic:
        scale += ", logarithmic: each line is ten times the one before"
    y += HEAD + 6
    text(WIDTH - 12, y + 4, scale, "axis", "end")
    y += HEAD
    top = y
    for name, rows in figures:
        text(12, y + 11, name, "figure")
        y += HEAD
        for label, role, times in rows:
            height = BAR * len(runs)
            text(LABELS - 8, y + height / 2 + 4, label, "label", "end")
            for index, one in enumerate(times):
                if one is None:
                    continue
                low, middle, high = one
                at, end = y + BAR * index, axis.at(middle)
                out.append(f'<rect x="{LABELS}" y="{at}" width="{end - LABELS:.1f}" '
                           f'height="{BAR - 1}" class="{role} run{index}"/>')
                out.append(f'<path d="M{axis.at(low):.1f} {at + BAR / 2 - 0.5}'
                           f'H{axis.at(high):.1f}" class="whisker"/>')
                text(max(end, axis.at(high)) + 4, at + BAR - 1, number(middle), "value")
            y += height + ROW_GAP
        y += ROW_GAP
    grid = []
    for value in axis.ticks():
        x = axis.at(value)
        grid.append(f'<path d="M{x:.1f} {top}V{y}" class="grid"/>')
        grid.append(f'<text x="{x:.1f}" y="{y + 14}" class="axis" text-anchor="middle">'
                    f"{number(value)}</text>")
    height = y + 24
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">',
        "<!-- SPDX-License-Identifier: BSL-1.0 -->",
        f"<title>{html.escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6" class="panel"/>',
        *grid, *out, "</svg>", ""])

# SPDX-License-Identifier: BSL-1.0
"""Horizontal bars with quartiles, and histograms of waits, as SVG text. The same input gives the same
bytes."""
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


def duration(ns):
    for unit in ("ns", "us", "ms"):
        if ns < 1000:
            return f"{number(ns)} {unit}"
        ns /= 1000
    return f"{number(ns)} s"


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
    out = []
    text = writer(out)
    y = legend(out, figures, "from top to bottom: ", runs)
    scale = "nanoseconds"
    if axis.logarithmic:
        scale += ", logarithmic: each line is ten times the one before"
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
    return drawing(title, y + 24, grid + out)


WAITS = 46         # the height of a histogram
RAREST = 1e-7      # of all waits, what has no height


def waits(title, figures, runs):
    """figures: [(name, [(label, role, [(how many lasted from 2^k to 2^(k+1) ns, by k; the longest) or
    None per run])])]; runs: their names."""
    every = [one for _, rows in figures for _, _, of in rows for one in of if one]
    first = min(next(k for k, n in enumerate(counts) if n) for counts, _ in every)
    last = max(len(counts) for counts, _ in every)
    step = (WIDTH - LABELS - VALUES) / (last - first)
    out = []
    text = writer(out)
    y = legend(out, figures, "from left to right: ", runs)
    text(WIDTH - 12, y + 4, "of all waits, logarithmic; at the right, the longest", "axis", "end")
    y += HEAD
    top, levels = y, []
    for name, rows in figures:
        text(12, y + 11, name, "figure")
        y += HEAD
        for label, role, of in rows:
            base = y + WAITS
            text(LABELS - 75, base - WAITS / 2 + 4, label, "label", "end")
            for part, words in ((1, "all"), (1e-3, "1/1,000"), (1e-6, "1/1,000,000")):
                at = base - tall(part)
                levels.append(f'<path d="M{LABELS} {at:.1f}H{WIDTH - VALUES}" class="grid"/>')
                text(LABELS - 4, at + 3, words, "axis", "end")
            for index, one in enumerate(of):
                if one is None:
                    continue
                counts, longest = one
                width = step / len(runs)
                for k, count in enumerate(counts):
                    high = tall(count / sum(counts)) if count else 0
                    if high > 0:
                        out.append(f'<rect x="{LABELS + step * (k - first) + width * index:.1f}" '
                                   f'y="{base - high:.1f}" width="{max(width - 1, 1):.1f}" '
                                   f'height="{high:.1f}" class="{role} run{index}"/>')
                text(WIDTH - VALUES + 4, base - BAR * (len(runs) - 1 - index) - 2,
                     duration(longest), "value")
            y = base + 2 * ROW_GAP
        y += ROW_GAP
    power = 0
    while (at := math.log2(10 ** power)) <= last:
        if at >= first:
            x = LABELS + step * (at - first)
            levels.append(f'<path d="M{x:.1f} {top}V{y}" class="grid"/>')
            text(x, y + 14, duration(10 ** power), "axis", "middle")
        power += 1
    return drawing(title, y + 24, levels + out)


def tall(part):
    """The height of what so large a part of all waits has."""
    return WAITS * max(0, 1 - math.log(part) / math.log(RAREST))


def writer(out):
    def text(x, at, words, kind, anchor="start"):
        out.append(f'<text x="{x:.1f}" y="{at:.1f}" class="{kind}" text-anchor="{anchor}">'
                   f"{html.escape(words)}</text>")
    return text


def legend(out, figures, order, runs):
    """Answers where it ends."""
    text, x, y = writer(out), 12, 10
    roles = {role for _, rows in figures for _, role, _ in rows}
    for role, name in (("floor", "by hand"), ("shoal", "Shoal"), ("peer", "peers")):
        if role not in roles:
            continue
        out.append(f'<rect x="{x}" y="{y}" width="12" height="{BAR}" class="{role}"/>')
        text(x + 17, y + BAR, name, "legend")
        x += 90
    if len(runs) > 1:
        text(x, y + BAR, order + ", ".join(runs), "legend")
    return y + HEAD + 6


def drawing(title, height, parts):
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">',
        "<!-- SPDX-License-Identifier: BSL-1.0 -->",
        f"<title>{html.escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6" class="panel"/>',
        *parts, "</svg>", ""])

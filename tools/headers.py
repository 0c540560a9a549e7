# SPDX-License-Identifier: BSL-1.0
"""Reads the public headers: what each declares, and what the comments say of it.

No compiler: the headers are formatted, and have no macro that makes a declaration. A comment belongs
to the declaration below it, or beside it; declarations that follow without a blank line and without
a comment of their own are of the same group, and share it. A comment with a blank line below it is a
section's, or, at the top, the file's.
"""
import dataclasses
import re

TOKEN = re.compile(
    r"""(?P<blank>[ \t]+|\\\n)|(?P<newline>\n)|(?P<comment>//[^\n]*|/\*.*?\*/)
      |(?P<directive>\#(?:[^\n\\]|\\.|\\\n)*)
      |(?P<string>(?:L|u8?|U)?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+')
      |(?P<number>\.?[0-9](?:'?[\w.]|[eEpP][+-])*)|(?P<word>[A-Za-z_]\w*)
      |(?P<sign>::|->\*?|<=>|<<=|>>=|[-+*/%&|^!<>=]=|&&|\|\||\+\+|--|\.\.\.|.)""", re.X | re.S)
OPEN, CLOSE = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}
# Words with parentheses of their own, which are not a function's.
NOT_A_NAME = {"alignas", "requires", "decltype", "noexcept", "sizeof", "__attribute__", "if",
              "while", "static_assert", "explicit", "consteval"}
HIDDEN = {"detail", "model"}


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    line: int
    first: bool  # of its line
    space: bool = False  # before it


@dataclasses.dataclass
class Declaration:
    kind: str  # class, enum, enumerator, concept, function, variable, alias, macro
    name: str
    scope: tuple
    line: int
    head: str  # what is declared, without the body
    comment: list  # lines
    own: bool  # the comment is its own, not its group's
    section: str = ""  # the section's comment
    above: int = 0  # the line where its own comment begins; 0: it has none above it
    end: int = 0
    default: bool = False  # = default or = delete, or something like it
    public: bool = True

    @property
    def full_name(self):
        return "::".join((*self.scope, self.name))

    @property
    def text(self):
        return " ".join(line.strip() for line in self.comment)


def tokens_of(text):
    out, line, first, space = [], 1, True, False
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "newline":
            first, space = True, False
        elif kind == "blank":
            space = True
        else:
            out.append(Token(kind, match.group(), line, first, space))
            first, space = False, False
        line += match.group().count("\n")
    return out


def without_models(tokens):
    """Without directives, and without what only a model build has."""
    out, stack = [], []
    for token in tokens:
        if token.kind == "directive":
            said = token.text[1:].strip()
            if said.startswith("if"):
                model = "SHOAL_MODEL" in said
                stack.append("skip" if model and "!" not in said and "ifndef" not in said else
                             "keep model" if model else "keep")
            elif said.startswith(("elif", "else")) and stack:
                stack[-1] = "skip" if stack[-1] == "keep model" else "keep"
            elif said.startswith("endif") and stack:
                stack.pop()
            elif said.startswith("define") and "skip" not in stack:
                out.append(token)
        elif "skip" not in stack:
            out.append(token)
    return out


def joined(tokens):
    return "".join((" " if token.space or token.first else "") + token.text
                   for token in tokens).strip()


class Reader:
    def __init__(self, text):
        self.tokens = without_models(tokens_of(text))
        self.at = 0
        self.declared = []
        self.head = []  # the file's comment
        self.head_line = 0

    def block(self, first):
        """The lines of the comment that begins at token `first`, and where it ends."""
        lines, last = [], first
        while last < len(self.tokens):
            token = self.tokens[last]
            if token.kind != "comment" or not token.first:
                break
            if lines and token.line != self.tokens[last - 1].line + 1:
                break
            lines.append(token.text[2:])
            last += 1
        return lines, last

    def skip_braces(self):
        depth = 0
        while self.at < len(self.tokens):
            text = self.tokens[self.at].text if self.tokens[self.at].kind == "sign" else ""
            depth += (text == "{") - (text == "}")
            self.at += 1
            if depth == 0:
                return

    def trailing(self, line):
        """A comment beside the code that ends on `line`, and its lines below."""
        at, lines = self.at, []
        while at < len(self.tokens) and self.tokens[at].kind == "comment":
            token = self.tokens[at]
            if token.line != line or (token.first and not lines):
                break
            lines.append(token.text[2:])
            at, line = at + 1, line + 1
            if at < len(self.tokens) and self.tokens[at].first:
                break
        self.at += len(lines)
        return lines

    def scope(self, names, public, section="", of=""):
        """Reads to the end of a scope: a namespace's, a class's (of: its name) or the file's."""
        comment, group, last_line, pending = None, None, 0, 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "comment":
                lines, after = self.block(self.at)
                following = self.tokens[after] if after < len(self.tokens) else None
                line_after = token.line + len(lines)
                lines = [line for line in lines if not re.match(r" (?:NOLINT|clang-format|SPDX)", line)]
                self.at = max(after, self.at + 1)
                if not lines:
                    last_line = line_after - 1  # of a linter, or of the licence: divides nothing
                if not token.first or not lines:
                    continue
                if following is None or following.line > line_after or following.text == "}":
                    section = " ".join(lines)
                    comment = group = None
                    if not self.head and not names:
                        self.head, self.head_line = lines, token.line
                else:
                    comment, pending = lines, token.line
                continue
            if token.text == "}":
                self.at += 1
                return
            if token.text == ";":
                self.at += 1
                continue
            if (token.kind == "word" and of and token.text in ("public", "private", "protected")
                    and self.tokens[self.at + 1].text == ":"):
                public = token.text == "public"
                self.at += 2
                comment = group = None
                section = ""
                continue
            begin = pending if comment is not None else token.line
            if comment is None and begin > last_line + 1:
                group = None
            declaration = self.statement(names, public, comment, pending if comment is not None else 0,
                                         group, section)
            last_line = self.tokens[self.at - 1].line
            if declaration is not None:
                # What stands beside one is of that one.
                beside = declaration.own and not declaration.above
                group = None if beside else declaration.comment or None
            comment = None

    def statement(self, names, public, comment, above, group, section):
        token = self.tokens[self.at]
        own = comment is not None
        text = comment if own else (group or [])

        def add(kind, name, head, default=False):
            declaration = Declaration(kind, name, names, token.line, joined(head), text, own,
                                      section, above, self.tokens[self.at - 1].line, default,
                                      public)
            self.declared.append(declaration)
            beside = self.trailing(declaration.end)
            if beside and not own:
                declaration.comment, declaration.own = beside, True
            return declaration

        if token.kind == "directive":
            self.at += 1
            name = re.match(r"#\s*define\s+(\w+)", token.text).group(1)
            return add("macro", name, [token])

        head, depth, parens, assigned, colon, ended = [], 0, None, False, False, False
        while self.at < len(self.tokens) and not ended:
            now = self.tokens[self.at]
            if now.kind == "comment":
                self.at += 1
                continue
            if depth == 0 and now.text == ";":
                self.at += 1
                break
            if now.text == "{" and depth == 0:
                what = self.definition(head)
                if what == "namespace":
                    self.at += 1
                    inner = [t.text for t in head if t.kind == "word"
                             and t.text not in ("namespace", "inline", "SHOAL_ABI", "extern")]
                    hidden = any(name in HIDDEN for name in inner)
                    self.scope(names + tuple(inner), public and not hidden)
                    return None
                if what in ("class", "enum"):
                    name = self.type_name(head)
                    declaration = add(what, name, head)
                    self.at += 1
                    if what == "enum":
                        self.enumerators(names + ((name,) if name else ()), public, declaration)
                    else:
                        private = any(t.text == "class" for t in head if t.kind == "word")
                        self.scope(names + (name,), public and not private, of=name)
                    while self.at < len(self.tokens) and self.tokens[self.at].text != ";":
                        self.at += 1  # a member of that type
                    self.at += 1
                    declaration.end = self.tokens[self.at - 1].line
                    return declaration
                before = head[-1].text if head else ""
                if (assigned or parens is None or before in ("requires",)
                        or (colon and head[-1].kind == "word" and before not in ("noexcept",))
                        or (before == ")" and self.of_requires(head))):
                    self.skip_braces()
                    head.append(Token("sign", "{...}", now.line, False))
                    continue
                self.skip_braces()
                ended = True
                continue
            if now.text in OPEN and now.kind == "sign":
                if depth == 0 and now.text == "(" and parens is None and not assigned and head:
                    if head[-1].text not in NOT_A_NAME and not (head[-1].text == "operator"):
                        parens = len(head)
                depth += 1
            elif now.text in CLOSE and now.kind == "sign":
                depth -= 1
            elif depth == 0 and now.text == "=" and not (head and head[-1].text == "operator"):
                assigned = assigned or not self.in_template(head)
            elif depth == 0 and now.text == ":" and parens is not None:
                colon = True
            head.append(now)
            self.at += 1
        if not head:
            return None
        return self.classify(head, parens, assigned, names, add)

    @staticmethod
    def in_template(head):
        depth = 0
        for token in head:
            if token.kind == "sign":
                depth += (token.text == "<") - (token.text == ">") - 2 * (token.text == ">>")
        return depth > 0

    @staticmethod
    def of_requires(head):
        """Whether the parentheses that end the head are a requires-expression's."""
        depth = 0
        for i in range(len(head) - 1, -1, -1):
            depth += (head[i].text == ")") - (head[i].text == "(")
            if depth == 0:
                return [token.text for token in head[max(0, i - 2):i]] == ["requires"] * 2
        return False

    @staticmethod
    def without_template(head):
        """The head behind its template clause and its attributes."""
        at = 0
        while at < len(head):
            if head[at].text == "template":
                depth, at = 0, at + 1
                while at < len(head):
                    if head[at].kind == "sign":
                        depth += (head[at].text == "<") - (head[at].text == ">")
                        depth -= 2 * (head[at].text == ">>")
                        if head[at].text in OPEN:
                            depth_p = 0
                            while at < len(head):
                                depth_p += (head[at].text in OPEN) - (head[at].text in CLOSE)
                                if depth_p == 0:
                                    break
                                at += 1
                    at += 1
                    if depth <= 0:
                        break
            elif head[at].text == "requires":
                break
            elif head[at].text == "[" and at + 1 < len(head) and head[at + 1].text == "[":
                while head[at].text != "]" or head[at + 1].text != "]":
                    at += 1
                at += 2
            else:
                break
        return head[at:]

    def definition(self, head):
        rest = self.without_template(head)
        words = [t.text for t in rest if t.kind == "word"]
        if not words:
            return "block"
        # A constraint may stand before a class.
        if words[0] == "requires":
            for word in ("class", "struct", "union"):
                if any(t.text == word and t.first for t in rest):
                    return "class"
            return "other"
        if words[0] == "namespace" or words[:2] == ["inline", "namespace"]:
            return "namespace"
        if words[0] == "extern" and any(t.kind == "string" for t in rest):
            return "namespace"
        if words[0] in ("class", "struct", "union"):
            return "class"
        return "enum" if words[0] == "enum" else "other"

    def type_name(self, head):
        rest = self.without_template(head)
        depth, name = 0, ""
        for token in rest:
            if token.text in OPEN:
                depth += 1
            elif token.text in CLOSE:
                depth -= 1
            elif depth == 0 and token.text == ":":
                break
            elif depth == 0 and token.text == "<":
                break
            elif depth == 0 and token.kind == "word" and token.text not in (
                    "class", "struct", "union", "enum", "alignas", "final"):
                name = token.text
        return name

    def enumerators(self, names, public, of):
        comment, group, last_line, above = None, None, 0, 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.text == "}":
                self.at += 1
                return
            if token.kind == "comment":
                lines, after = self.block(self.at)
                self.at = max(after, self.at + 1)
                comment, above = lines or None, token.line
                continue
            if token.kind != "word":
                self.at += 1
                continue
            if token.line > last_line + 1:
                group = None
            depth, start = 0, self.at
            while self.at < len(self.tokens):
                now = self.tokens[self.at]
                if depth == 0 and now.text in (",", "}"):
                    break
                depth += (now.text in OPEN) - (now.text in CLOSE)
                self.at += 1
            head = self.tokens[start:self.at]
            if self.tokens[self.at].text == ",":
                self.at += 1
            own = comment is not None and is_sentence(" ".join(comment))
            if comment is not None and not own:
                comment, group = None, None  # it names what follows
            made = Declaration("enumerator", token.text, names, token.line, joined(head),
                               comment or group or [], own, "", above if own else 0,
                               token.line, False, public)
            beside = self.trailing(self.tokens[self.at - 1].line)
            if beside and not own:
                made.comment, made.own = beside, True
            elif own:
                group = comment
            self.declared.append(made)
            comment, last_line = None, token.line

    def classify(self, head, parens, assigned, names, add):
        rest = self.without_template(head)
        words = [t.text for t in rest if t.kind == "word"]
        first = words[0] if words else ""
        if first in ("using", "typedef"):
            if "enum" in words[:2] or not any(t.text == "=" for t in rest):
                return add("using", words[-1], head, True)
            return add("alias", words[1], head)
        if first == "static_assert" or not words:
            return None
        if first == "concept":
            return add("concept", words[1], head)
        if first in ("class", "struct", "union", "enum") and parens is None and not assigned:
            return None  # announced
        if first == "friend" and len(words) > 1 and words[1] in ("class", "struct"):
            return None
        if parens is None:
            if first == "template" or first == "friend":
                return None
            at = next((i for i, t in enumerate(head) if t.text in ("=", "{...}", "[") and
                       not self.in_template(head[:i]) and i > 0
                       and not (t.text == "[" and head[i - 1].kind != "word")), len(head))
            named = [t.text for t in head[:at] if t.kind == "word"]
            return add("variable", named[-1] if named else "", head)
        at = parens - 1
        if head[parens + 1].text == "*":  # a pointer to a function
            return add("variable", head[parens + 2].text, head)
        name = head[at].text
        operators = [i for i, t in enumerate(head[:parens + 3]) if t.text == "operator"]
        if operators:
            begin = operators[0]
            end = parens
            if head[begin + 1].text == "(":  # operator()
                end = begin + 3
            name = joined(head[begin:end])
        elif at > 0 and head[at - 1].text == "~":
            name = "~" + name
        elif name == ">":  # a specialised function or a deduction guide
            name = next(t.text for t in reversed(head[:at]) if t.kind == "word")
        tail = [t.text for t in head[-2:]]
        default = tail in (["=", "default"], ["=", "delete"])
        return add("function", name, head, default)


def read(text):
    """What has the lines of the file's comment, `head`, and its declarations, `declared`."""
    reader = Reader(text)
    reader.scope((), True)
    return reader


def is_public(declaration):
    inside = declaration.kind == "macro" or declaration.scope[:1] == ("shoal",)
    return inside and declaration.public and not any(name in HIDDEN for name in declaration.scope)


def title_names(head):
    """The names that a file's first sentence is about: `cell<T>: one word ...`."""
    said = " ".join(head).split(".")[0]
    return set(re.findall(r"\w+", said.split(":")[0])) if ":" in said else set()


def is_sentence(section):
    """Whether a section's comment says something of what is in it, and does not only name it."""
    return "." in section or ":" in section

"""Reading a report's page back: its words, and its figures with the places they were read from."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

HIDDEN = ("style", "script", "title", "desc")
BLOCKS = {"p", "h1", "h2", "h3", "li", "tr", "dt", "dd", "caption", "figcaption", "summary", "text", "section", "div"}
VOID = {"meta", "path", "use", "br", "link"}


class Figure(NamedTuple):
    """A number of the page."""

    key: str
    raw: str
    scale: float
    text: str


class Page(HTMLParser):
    """A page taken apart: `lines` of visible text, `figures`, and every `attributes` pair."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.figures: list[Figure] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.tags: list[str] = []
        self._hidden = 0
        self._open: list[dict[str, str]] = []
        self.feed(html)
        text = "".join(self.pieces)
        self.lines = [
            line for line in (re.sub(r"[ \n\t]+", " ", part).strip(" ") for part in text.split("\x00")) if line
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        if tag in HIDDEN:
            self._hidden += 1
        if tag in BLOCKS:
            self.pieces.append("\x00")
        if tag in ("td", "th"):
            self.pieces.append(" | ")
        if tag == "data":
            self._open.append({name: value or "" for name, value in attrs} | {"text": ""})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden -= 1
        if tag in BLOCKS:
            self.pieces.append("\x00")
        if tag == "data":
            done = self._open.pop()
            self.figures.append(Figure(done["data-key"], done["value"], float(done["data-scale"]), done["text"]))

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.pieces.append(data)
        for figure in self._open:
            figure["text"] += data

"""Form fields that hand over clean text, and say beside the field, in plain words, what is wrong.

Each cleans before any validator looks, so DataRequired means something visible. What was typed stays in the field.
"""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import EmailField as PlainEmailField
from wtforms import StringField, TextAreaField
from wtforms.widgets import ColorInput

from meetup.shared import text, when

COLOUR = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class CleanField(StringField):
    """A text field whose data is what `clean` makes of the typed text."""

    def clean(self, typed: str) -> str:
        """The text as we keep it.

        Raises:
            ValueError: with the sentence that stands beside the field.
        """
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        # Shown again when it cannot be used: nobody types a thing twice because of us.
        self.data = typed
        self.data = self.clean(typed)


class LineField(CleanField):
    """One line of text, at most `limit` characters."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), *, limit: int = 120, **more: Any) -> None:
        super().__init__(label, validators, **more)
        self.limit = limit
        self.flags.maxlength = limit

    def clean(self, typed: str) -> str:
        return text.line(typed, self.limit)


class BlockField(CleanField, TextAreaField):
    """Text of several lines, at most `limit` characters."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), *, limit: int = 4000, **more: Any) -> None:
        super().__init__(label, validators, **more)
        # No maxlength: a browser counts a line break as two and would stop a text that we accept.
        self.limit = limit

    def clean(self, typed: str) -> str:
        return text.block(typed, self.limit)


class EmailField(CleanField, PlainEmailField):
    """An e-mail address as we write to it. Nothing typed is the empty string: DataRequired asks for one."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **more: Any) -> None:
        super().__init__(label, validators, **more)
        self.flags.maxlength = text.LONGEST_ADDRESS

    def clean(self, typed: str) -> str:
        return text.address(typed) if typed.strip() else ""


class ColourField(CleanField):
    """A colour, kept as “#rrggbb” in small letters. Nothing typed is the empty string."""

    widget = ColorInput()

    def clean(self, typed: str) -> str:
        typed = typed.strip()
        if not typed:
            return ""
        if not COLOUR.fullmatch(typed):
            raise ValueError("A colour looks like #2b4a78: a # and six characters from 0 to 9 and a to f.")
        digits = typed.lstrip("#").lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


class ZoneField(CleanField):
    """A zone by its name, however its letters are written. Nothing typed is the empty string."""

    def clean(self, typed: str) -> str:
        if not typed.strip():
            return ""
        found = when.zone_named(typed[:100])
        if found is None:
            raise ValueError("We know no such zone. One is named like Europe/Amsterdam or America/New_York.")
        return found

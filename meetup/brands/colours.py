"""Colours that can be read: on paper, and under white."""

PAPER, WHITE = "#faf8f4", "#ffffff"
READABLE = 4.5


def is_readable(colour: str) -> bool:
    """Do words in this colour read well on paper, and white words on it?"""
    return contrast(colour, PAPER) >= READABLE and contrast(WHITE, colour) >= READABLE


def nearest_readable(colour: str) -> str:
    """The same hue, darker, and no darker than it must be. A colour that can be read is given back as it is."""
    dark, light = 0, 1000
    while dark < light:
        middle = (dark + light + 1) // 2
        if is_readable(_darker(colour, middle / 1000)):
            dark = middle
        else:
            light = middle - 1
    return _darker(colour, dark / 1000)


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 to 21, as WCAG reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _darker(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(part * share):02x}" for part in _parts(colour))


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue

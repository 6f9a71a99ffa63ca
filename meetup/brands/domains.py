"""Mail domains: whose they are, and which of them tell nothing about whoever has an address there."""

import re
from collections.abc import Iterable

from meetup.shared import text

# Anybody can have an address there, so it makes nobody a customer and nobody of the brand.
ANYBODYS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.fr hotmail.de
    hotmail.it live.com live.co.uk live.nl msn.com passport.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it
    yahoo.es yahoo.co.jp yahoo.co.in ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com proton.me
    protonmail.com pm.me tutanota.com tuta.io tuta.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de
    freenet.de mail.de posteo.de posteo.net mailbox.org fastmail.com fastmail.fm hey.com zoho.com zohomail.com
    mail.com email.com usa.com yandex.com yandex.ru ya.ru mail.ru bk.ru inbox.ru list.ru rambler.ru qq.com 163.com
    126.com sina.com foxmail.com naver.com daum.net hanmail.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr
    libero.it virgilio.it tiscali.it alice.it btinternet.com btopenworld.com virginmedia.com ntlworld.com sky.com
    talktalk.net blueyonder.co.uk ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl home.nl telenet.be skynet.be
    bluewin.ch sunrise.ch comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net rogers.com
    shaw.ca sympatico.ca bigpond.com optusnet.com.au uol.com.br bol.com.br terra.com.br wp.pl o2.pl onet.pl
    interia.pl seznam.cz centrum.cz abv.bg telia.com mailinator.com guerrillamail.com 10minutemail.com
    sharklasers.com yopmail.com trashmail.com temp-mail.org duck.com simplelogin.com passmail.net
    """.split()  # noqa: SIM905  # words read better as words
)
LONGEST = 253
# “co.uk”, “com.au”: below these everybody is. The usual ones; a list of all is long and changes weekly.
SHARED = re.compile(r"(ac|co|com|edu|gob|gov|gouv|gv|ltd|me|net|ne|or|org|plc|sch)\.[a-z]{2}")


def cleaned(typed: str) -> str:
    """A domain as it stands after the @, in small ASCII letters: “Bäckerei.example” is “xn--bckerei-5wa.example”.

    Raises:
        ValueError: when it cannot be one, or is anybody's, with a sentence for the person.
    """
    wanted = typed.strip().removeprefix("@")
    if "@" in wanted or not wanted:
        raise ValueError("Only the part after the @, for instance fernhill.example.")
    if len(wanted) > LONGEST:
        raise ValueError("No domain is that long.")
    try:
        found = of(text.address(f"somebody@{wanted}"))
    except ValueError:
        raise ValueError("That is no mail domain. One looks like fernhill.example.") from None
    if SHARED.fullmatch(found):
        raise ValueError(f"Half a country has addresses below {found}. Name the part before it, too.")
    if found in ANYBODYS:
        raise ValueError(f"Anybody can have an address at {found}, so it tells nothing about them.")
    return found


def of(email: str | None) -> str:
    """The domain of an address; empty where there is none."""
    return (email or "").rpartition("@")[2]


def is_within(domain: str, wider: Iterable[str]) -> bool:
    """Is this one of these domains, or below one of them? mail.fernhill.example is Fernhill's, too."""
    return any(domain == each or domain.endswith("." + each) for each in wider)

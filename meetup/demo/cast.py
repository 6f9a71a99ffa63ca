"""Who the demo's people are. All of them are made up; every address ends in .example, which is nobody's."""

from typing import NamedTuple

from meetup.brands.models import Role

# Printed at every start, for all to see: it opens nothing outside the demo.
PASSWORD = "come in and talk"

BRAND = {
    "slug": "fernhill",
    "name": "Fernhill",
    "tagline": "tables for independent retailers",
    "about": (
        "We make stock analytics for independent shops. Here we only set the table: one of us listens, "
        "answers what nobody else can, and leaves when the door shuts."
    ),
    "colour": "#0f6a4d",
    "zone": "Europe/London",
    "house_rules": (
        "Speak from your own shop. What you hear here you may use, but not with a name on it.\n"
        "Nobody sells anything at the table. If somebody asks to be left alone, leave them alone."
    ),
}
OWN_DOMAIN, CUSTOMER_DOMAIN = "fernhill.example", "ferrante.example"
INVITE_CODE = "BREAD-2026"
VERTICALS = ("Food and drink", "Books and toys", "Home and garden")
INTERESTS = ("buying", "forecasting", "margins", "returns", "staff", "waste")


class Player(NamedTuple):
    """One of the cast. `since` is the year in which they came, `through` how."""

    name: str
    headline: str
    role: Role = Role.CUSTOMER
    zone: str = "Europe/London"
    since: int = 2023
    through: str = "Fernhill’s list"
    email: str = ""

    @property
    def address(self) -> str:
        if self.email:
            return self.email
        first, _, last = self.name.lower().replace("á", "a").replace(" van ", " ").partition(" ")
        host = OWN_DOMAIN if self.role in (Role.EXPERT, Role.STAFF, Role.OWNER) else f"{last}.example"
        return f"{first}@{host.replace(' ', '-')}"


CAST = (
    Player("Greta Lindqvist", "founder", Role.OWNER),
    Player("Ben Otieno", "host", Role.STAFF),
    Player("Mara Quist", "customer care", Role.STAFF),
    Player("Nadia Farrow", "forecasting", Role.EXPERT),
    Player("Tom Reyes", "tills and card machines", Role.EXPERT),
    Player("Lena Brandt", "buying and returns", Role.EXPERT),
    Player("Ines Okafor", "two bakeries, Leeds", since=2021, email="ines@okafor-bakeries.example"),
    Player("Yusuf Demir", "grocer, Rotterdam", zone="Europe/Amsterdam", since=2020),
    Player("Marguerite Blanc", "wine and cheese, Lyon", zone="Europe/Paris", since=2022),
    Player("Caleb Moss", "café bakery, Bristol", since=2026, through="an invite code"),
    Player("Anneke Visser", "bagels, Haarlem", zone="Europe/Amsterdam", since=2019),
    Player("Siobhán Kerr", "farm shop, Derry", since=2024, through="an invite code"),
    Player("Luca Ferrante", "pasticceria, Trieste", zone="Europe/Rome", since=2023, through="ferrante.example"),
    Player("Jun Hasegawa", "milk bread, Antwerp", zone="Europe/Brussels", since=2022, email="jun@melkbrood.example"),
    Player("Rosa Almeida", "padaria, Porto", zone="Europe/Lisbon", since=2021),
    Player("Farah Nassar", "flowers, Birmingham", since=2025),
    Player("Niall Byrne", "greengrocer, Galway", zone="Europe/Dublin", since=2022),
    Player("Priya Nair", "spice shop, Leicester", since=2024),
    Player("Stefan Kurz", "delicatessen, Graz", zone="Europe/Vienna", since=2023),
    Player("Tomasz Wilk", "cheese, Kraków", zone="Europe/Warsaw", since=2021),
    Player("Hamish Baird", "bookshop, Oban", since=2020),
    Player("Ottilie Frank", "children’s books, Bremen", zone="Europe/Berlin", since=2022),
    Player("Dele Adeyemi", "toys and games, Cardiff", since=2024),
    Player("Maeve Lynch", "second-hand books, Cork", zone="Europe/Dublin", since=2023),
    Player("Kenji Mori", "stationery, Ghent", zone="Europe/Brussels", since=2025),
    Player("Alba Serrano", "comics, Valencia", zone="Europe/Madrid", since=2021),
    Player("Ruth Feldman", "puzzles, Manchester", since=2022),
    Player("Goran Petrov", "maps and travel, Split", zone="Europe/Zagreb", since=2024),
    Player("Ivy Chen", "plants, London", since=2025),
    Player("Bram de Wit", "garden tools, Utrecht", zone="Europe/Amsterdam", since=2020, email="bram@dewit.example"),
    Player("Noor Haddad", "ceramics, Marseille", zone="Europe/Paris", since=2023),
    Player("Eero Laine", "lamps, Turku", zone="Europe/Helsinki", since=2022),
    Player("Clara Voss", "fabrics, Leipzig", zone="Europe/Berlin", since=2024),
    Player("Owen Pryce", "hardware, Swansea", since=2019),
    Player("Zofia Lis", "candles, Gdańsk", zone="Europe/Warsaw", since=2025, email="zofia@lis.example"),
    Player("Matteo Riva", "kitchenware, Como", zone="Europe/Rome", since=2021),
    Player("Paul Achterberg", "market halls, Utrecht", Role.GUEST, "Europe/Amsterdam", 2026, "Yusuf Demir"),
    Player("Lydia Grant", "high street association, York", Role.GUEST, since=2026, through="Ines Okafor"),
    Player("Samir Aziz", "writes about shops", Role.GUEST, since=2026, through="Hamish Baird"),
)

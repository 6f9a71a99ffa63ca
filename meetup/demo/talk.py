"""What the demo's people say. Minutes count back from now; every line goes through the room's own rules."""

from typing import NamedTuple


class Said(NamedTuple):
    """One thing said. `to` names the line it replies to, by its key; `helps` the asker who says that it did."""

    key: str
    minutes_ago: float
    who: str
    text: str
    to: str = ""
    asks: bool = False
    only_brand: bool = False
    called_by: str = ""
    helps: bool = False
    feelings: tuple[tuple[str, str], ...] = ()


BREAD = (
    Said("hello", 41, "Nadia Farrow", "I am Nadia, I do forecasting at Fernhill. I listen; ask each other first."),
    Said("hi1", 40, "Ines Okafor", "Hello all. Two bakeries in Leeds, and too much sourdough in both."),
    Said("hi2", 39.5, "Jun Hasegawa", "Jun, milk bread in Antwerp. It keeps for a day and a half, if nobody looks."),
    Said("hi3", 38, "Caleb Moss", "First time here. Café bakery in Bristol. Be gentle."),
    Said(
        "note", 34.5, "Ben Otieno", "Welcome. The door shuts on us in an hour and a bit; until then I say nothing more."
    ),
    Said(
        "saturday",
        33,
        "Ines Okafor",
        "We bake 140 sourdough on a Saturday and I still bin a dozen. It was nineteen until I moved the last bake "
        "from eleven to half past twelve.",
        feelings=(("Luca Ferrante", "same"), ("Jun Hasegawa", "clever")),
    ),
    Said(
        "brioche",
        31,
        "Luca Ferrante",
        "Same here with brioche. The second bake is smaller and it smells like morning again, so people buy twice.",
        to="saturday",
        feelings=(("Ines Okafor", "trying"),),
    ),
    Said(
        "bags", 29, "Anneke Visser", "What is left at five goes into *surprise bags*. Nine a day, always gone by six."
    ),
    Said("meals", 27, "Anneke Visser", "Do you count staff meals as waste, or as a cost line?", asks=True),
    Said(
        "meals-a",
        26.2,
        "Caleb Moss",
        "Cost line. The day I stopped calling it waste, the team stopped baking for it.",
        to="meals",
        helps=True,
    ),
    Said("meals-b", 25.5, "Rosa Almeida", "Cost line, with a number they can see.", to="meals"),
    Said("meals-c", 25, "Siobhán Kerr", "Waste, I'm afraid. I'll steal yours, Caleb.", to="meals"),
    Said(
        "school",
        20,
        "Siobhán Kerr",
        "Does the forecast know about school holidays, or do I have to tell it every time?",
        asks=True,
    ),
    Said(
        "school-a",
        16,
        "Nadia Farrow",
        "It knows public holidays for Northern Ireland, not your schools’ own days. Put those in once a year under "
        "Calendar; it learns the pattern after two of them.",
        to="school",
    ),
    Said(
        "school-b",
        15,
        "Yusuf Demir",
        "And put in the half-term *Friday* too. It starts a day before the school thinks it does.",
        to="school",
        helps=True,
        feelings=(("Rosa Almeida", "thanks"),),
    ),
    Said(
        "halls",
        11,
        "Paul Achterberg",
        "In our halls the stalls that sell out by four have longer queues at two. Empty shelves advertise.",
        feelings=(("Ines Okafor", "clever"), ("Anneke Visser", "same")),
    ),
    Said(
        "price",
        8,
        "Rosa Almeida",
        "Will the small plan still include two tills next year?",
        asks=True,
        only_brand=True,
    ),
    Said(
        "price-a",
        7,
        "Nadia Farrow",
        "Yes, two tills stay in the small plan. The notice about it goes out in January.",
        to="price",
    ),
    Said(
        "till",
        5,
        "Jun Hasegawa",
        "Has anybody let the till print the half-price stickers by itself?",
        asks=True,
        called_by="Luca Ferrante",
    ),
    Said(
        "queue",
        3,
        "Luca Ferrante",
        "I did the stickers by hand for a year. My nephew now believes all bread is half price.",
    ),
    Said(
        "box",
        1.2,
        "Caleb Moss",
        "Has anyone sold a half-price box at closing without teaching people to wait for it?",
        asks=True,
    ),
)
CHEESE = (
    Said("c1", 32, "Stefan Kurz", "I cut nothing before eleven any more. Whole wheels keep; slices do not."),
    Said("c2", 30, "Tomasz Wilk", "I write the day on the board: “best tonight”. It sells out by six.", to="c1"),
    Said("c3", 22, "Priya Nair", "Does anybody buy back from restaurants at the end of the week?", asks=True),
    Said(
        "c4",
        21,
        "Farah Nassar",
        "I sell flowers, but my neighbour does: she takes Friday’s and sells it as soup.",
        to="c3",
    ),
    Said("c5", 9, "Niall Byrne", "Soup is the answer to most things."),
)
COUNTING = (
    Said("k1", 145, "Ines Okafor", "We count on the first Sunday of January, with the radio on and the phones off."),
    Said("k2", 140, "Rosa Almeida", "What do you do with things that come in hundreds?", asks=True),
    Said("k3", 139, "Anneke Visser", "Weigh them. One bag counted, the rest on the scale.", to="k2", helps=True),
    Said(
        "k4",
        120,
        "Luca Ferrante",
        "The toddler counts, too. One, two, two, two.",
        feelings=(("Rosa Almeida", "laugh"),),
    ),
    Said("k5", 90, "Caleb Moss", "A shelf a day beats a weekend a year. It took me four years to believe it."),
)
DOORS = (
    Said("d1", 4, "Tom Reyes", "Hello, I am Tom, I know about tills. I keep quiet from the moment you begin."),
    Said("d2", 3, "Marguerite Blanc", "Good evening. I have one Saturday girl and I would like to keep her."),
    Said("d3", 2, "Caleb Moss", "Evening. I have three and they would like me to go home."),
)
# What is said while somebody looks round, a line every half minute.
LATER = tuple(
    Said(f"later-{number}", 0, who, text)
    for number, (who, text) in enumerate(
        (
            ("Anneke Visser", "We tried a box. Day three, the queue began at a quarter to six and nobody came before."),
            ("Yusuf Demir", "I never say when. Some days there is a box, some days there is not."),
            ("Ines Okafor", "That is cruel, and I will do it from Monday."),
            ("Siobhán Kerr", "Who takes the children’s home? Ours rings at five and I have nothing on Tuesdays."),
            ("Rosa Almeida", "Croquettes. Yesterday’s bread is tomorrow’s croquettes, and they sell at lunch."),
            ("Luca Ferrante", "My grandmother would like a word with you about what belongs in croquettes."),
            ("Caleb Moss", "Does anyone write the number down every day, or only when it hurts?"),
            ("Jun Hasegawa", "Every day, on the oven door. The team does it. I stopped asking and it went down."),
            ("Marguerite Blanc", "I photograph the shelf at six. Nobody can argue with a photograph."),
            ("Paul Achterberg", "The halls publish theirs. It started a rather good quarrel."),
            ("Yusuf Demir", "How many of you order for rain?"),
            ("Ines Okafor", "Rain is minus twelve in one shop and plus three in the other. There is a bus stop."),
            ("Anneke Visser", "A bus stop! I pay somebody to tell me things like that."),
            ("Siobhán Kerr", "I order for the football. Home games only."),
            ("Rosa Almeida", "Do you give the late shift a say in the last bake?"),
            ("Caleb Moss", "They decide it. They are the ones who have to carry it out."),
            ("Luca Ferrante", "I shall write that on a tile."),
            ("Jun Hasegawa", "One more: half loaves. I sell more bread since I sell less of it at a time."),
            ("Marguerite Blanc", "Half a cheese was always a cheese."),
            ("Ines Okafor", "Right. Who is coming to the spring lists on the third?"),
        ),
        start=1,
    )
)

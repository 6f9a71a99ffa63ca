"""What reaches from open tables to the left: who answers for their streams, what is held of a person, and erasing."""

from flask import Flask

from meetup.live import sources
from meetup.rooms import drawing, owndata
from meetup.rooms.erasing import erase_transcripts
from meetup.rooms.stream import OpenTables
from meetup.shared import due, markdown
from meetup.shared.owndata import Part, register


def wire(app: Flask) -> None:
    sources.register("table", OpenTables())
    due.register("rooms.erase_transcripts", erase_transcripts)
    register(Part("rooms", owndata.held, owndata.erase))
    app.add_template_filter(markdown.render, "markdown")
    app.add_template_filter(markdown.excerpt)
    for words in (drawing.took, drawing.clock_left, drawing.ring_left):
        app.add_template_filter(words)

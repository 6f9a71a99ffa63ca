"""The stream engine: holds listeners' connections, knows bytes and topics and no feature's rules.

A feature that wants to be heard live does three things.

1. It answers for its topics (`rooms/stream.py`, registered in `rooms/wiring.py`)::

       class OpenTables:
           def read(self, topic: Topic, after: int, limit: int) -> Batch:
               table = db.session.get(Table, topic.key)
               if table is None:
                   return Batch.over("gone")
               top = table.last_seq
               events = [Event(row.seq, row.kind, row.html, row.audience) for row in events_after(table, after, limit)]
               # Last, in one query: {"": {ids of sign-ins}, "brand": {…}}
               may_hear = policy.who_may_hear(table, at=now())
               return Batch(
                   events, may_hear, top=top, generation=table.generation,
                   look_again_at=table.bof_session.next_instant(now()), gone="closed",
               )

       sources.register("table", OpenTables())

   `read` runs in a reader thread, inside the app context, outside any request, in a transaction that cannot write.
   Rights come last: where statements do not share a snapshot, somebody could otherwise hear what was written after
   they had lost theirs. A batch shorter than `limit` says "that is all there is".

   An event of audience "" is for whoever is in the topic at all, that is: in any set of `may_hear`. An event of
   another audience is for that audience's set. A listener in no set is told `gone`, with the batch's reason, and
   closed. At `look_again_at` the engine reads the topic again by itself: so a phase ends streams without a worker.

2. It opens the stream, once it has found and asked (`rooms/views.py`)::

       @bp.get("/tables/<int:table_id>/stream")
       def stream(table_id):
           table = db.first_or_404(policy.tables_visible_to(current_user).where(Table.id == table_id))
           require(policy.may_hear(current_user, table))

           return open_stream(Topic("table", table.id), sign_in.id, request.args.get("after"), request)

   The page was drawn with `?after=` + `cursor(table.generation, table.last_seq)`; a `Last-Event-ID` wins over it.
   Nothing given: from now on. A cursor that cannot be followed is answered with `event: reset`.

3. After the commit of whatever changed, it says so::

       after_commit(db.session(), lambda: wake(Topic("table", table_id)))

   or `wake_everything` when it cannot name the topics (a role lost, a sign-out). A wake-up carries no authority and
   no data.

What a listener gets (server-sent events)::

    id: <generation>:<seq>      on every event but `gone`
    event: <name>               the feature's own, or one of these three:
    event: beat                 data is the cursor up to which all is said; ends the replay, then comes every 20 s
    event: reset                fetch the window anew; the stream goes on from the id it carries
    event: gone                 data is the reason ("closed", "left", "too many", …); the stream ends, and the page
                                should not open it again unasked

A server that stops ends its streams without a word, and the pages come back.

`create_app` calls `engine.start(app, …)` last of all; `python -m meetup run` calls `server.serve(app, …)`. A test that
opened a stream ends it with `live_of(app).stop()`.

Files: `sources` what a feature provides, `wake` "look again", `stream` what a view returns, `handover` takes the socket
out of the server, `hub` the loop, `reading` one reading of a topic, `circle` who hears which part of it, `crowd` all
listeners, `listener` one, `lines` where its bytes go, `frames` the bytes, `messenger` wake-ups between processes,
`engine` joins them to an app, `worker` and `server` run gunicorn.
"""

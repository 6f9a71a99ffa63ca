// A room, live: what the server tells is placed, what is typed is sent. Without this file the same page works by forms.
import { actOnMessages } from "./acts.js"
import { compose } from "./compose.js"
import { walkByKeys } from "./keys.js"
import { markMine } from "./mine.js"
import { countNew } from "./news.js"
import { place } from "./place.js"
import { beHere } from "./presence.js"
import { refresh, refreshSoon } from "./refresh.js"
import { turnRings } from "./rings.js"
import { listen } from "./stream.js"

const room = document.querySelector("[data-room]")
const log = document.getElementById("log")
const news = countNew(log)

function hear(name, data) {
  if (name === "gone") return leave()
  if (name === "reset") return refresh(["log", "ribbon", "composer", "people", "tables", "asked", "acts"])
  if (name === "phase") return refresh(["ribbon", "composer", "people", "tables", "asked", "acts"])
  for (const part of place(data, log, room)) {
    markMine(part, room.dataset.me)
    if (name === "message") news.note(part)
  }
  if (name === "asked" || name === "question" || name === "message") refreshSoon(["asked"])
  room.dispatchEvent(new Event("heard"))
}

// The server says what is behind the door now: the closed room, or that it is shut.
function leave() {
  location.assign(room.dataset.room)
}

compose(room, log, part => markMine(part, room.dataset.me))
actOnMessages(room, log)
walkByKeys(log)
turnRings(log)
markMine(document.body, room.dataset.me)
beHere(room, news)
listen(room, hear)

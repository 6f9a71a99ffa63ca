// The closed room, live. Nothing of it is stored; without this file the same page works by forms.
import { serverNow } from "../clock.js"
import { compose, giveBack, isEmpty, tell } from "./composer.js"
import { came, echo, edit, react, remove, say } from "./lines.js"
import { over, wipe } from "./over.js"
import { move } from "./people.js"
import { newMark, send } from "./send.js"
import { listen } from "./stream.js"

const room = document.querySelector("[data-closed]")
const isStill = "still" in room.dataset // a page of earlier words: it does not move
const acts = { say, edit, remove, react, leave: move, arrive: entry => move(entry) && came(entry) }
const place = entry => acts[entry.kind]?.(entry)
const ends = Date.parse(room.dataset.ends)
let coming, stop = () => {}, isGone = false

function leave(hasEnded = serverNow() >= ends) {
  if (isGone) return
  isGone = true
  stop()
  over(room, hasEnded)
}

// The words stay with their line until the server has them: sent again under the same mark they are said once.
async function deliver(entry, line) {
  const mark = entry.mark ?? newMark()
  const isNew = entry.kind === "say" && !line
  if (isNew) line = echo({ ...entry, mark, author: room.dataset.me, name: "You" })
  const answer = await send(room, { kind: entry.kind, about: entry.about ?? "", body: entry.text ?? "", client_key: mark })
  if (answer.isGone) return leave()
  if (answer.entry) return place(answer.entry)
  if (answer.mayTryAgain && line) return offer(line, { ...entry, mark })
  line?.remove()
  tell(answer.reason ?? "Not sent. Try again.")
  if (entry.text && entry.kind !== "react") giveBack(entry)
}

function offer(line, entry) {
  if (!line.isConnected || !line.classList.contains("unsent")) return
  const note = line.querySelector("[data-unsent]")
  note.hidden = false
  note.querySelector("[data-again]").onclick = () => {
    note.hidden = true
    deliver(entry, line)
  }
}

async function comeIn() {
  const answer = await send(room, { kind: "arrive" })
  if (answer.isGone) return leave()
  if (!answer.entry) return
  coming = answer.entry.id
  place(answer.entry)
  document.querySelector("[data-come-in]")?.remove()
}

document.addEventListener("submit", event => {
  if (!event.target.matches("[data-entry]")) return
  event.preventDefault()
  const { kind, about } = event.target.elements
  deliver({ kind: kind.value, about: about.value, text: event.submitter?.value ?? "" })
})
addEventListener("pagehide", () => {
  if (coming && !isGone) send(room, { kind: "leave", about: coming }, true)
  wipe()
})
addEventListener("pageshow", ({ persisted }) => persisted && location.reload())

compose(deliver)
setTimeout(leave, Math.max(0, ends - serverNow()), true)
if (!isStill) {
  stop = listen(room, {
    entry: place,
    gone: reason => (reason === "too many" ? tell("Open in too many windows. This one has stopped.") : leave(reason ? reason === "ended" : undefined)),
    missed: () => (isEmpty() ? location.reload() : tell("Some of it was missed. Send what you wrote, then reload.")),
    connected: isSo => tell(isSo ? "" : "The connection is gone. Trying again."),
  })
  comeIn()
}

// Holds the table's stream, and says below the composer when it breaks.
import { follow } from "../stream.js"

const NAMES = ["message", "edit", "removal", "reaction", "asked", "question", "helped", "phase", "people"]
const BROKEN = "The connection is gone. Trying again …"
const OFFLINE = "You are offline. What you write waits here."

export function listen(room, hear) {
  const connected = isSo => tell(isSo ? "" : navigator.onLine ? BROKEN : OFFLINE)
  // If the room itself refuses us, the page turns.
  follow(room.dataset.room, room.dataset.after, NAMES, { hear, connected, refused: () => location.reload() })
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload())
}

function tell(words) {
  const state = document.querySelector("[data-connection]")
  if (!state || state.textContent === words) return
  state.textContent = words
  state.hidden = !words
}

// Holds the table's stream: from where the page was drawn, again after a break, and not while nobody looks.
const NAMES = ["message", "edit", "removal", "reaction", "asked", "question", "helped", "phase", "people", "beat", "reset", "gone"]
const PAUSES = [1, 2, 4, 8, 16] // seconds, each more or less, so that a crowd does not come back as one
const SILENT = 50_000 // a heart beats every 20 seconds
const HIDDEN = 60_000

export function listen(room, hear) {
  let source, retry, silence, hidden, tries = 0, cursor = room.dataset.after

  function open() {
    clearTimeout(retry)
    source?.close()
    source = new EventSource(`${room.dataset.room}/stream?after=${encodeURIComponent(cursor)}`)
    source.onopen = alive
    source.onerror = again
    for (const name of NAMES) source.addEventListener(name, event => take(name, event))
    alive()
  }

  function take(name, { data, lastEventId }) {
    tries = 0
    cursor = lastEventId || cursor
    alive()
    if (name === "gone") close()
    if (name !== "beat") hear(name, data)
    tell("")
  }

  function alive() {
    clearTimeout(silence)
    silence = setTimeout(again, SILENT)
  }

  function again() {
    close()
    tell(navigator.onLine ? "The connection is gone. Trying again …" : "You are offline. What you write waits here.")
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000 * (0.5 + Math.random())
    retry = setTimeout(tries++ ? askThenOpen : open, pause)
  }

  // A browser does not say why a stream was refused. If the room itself refuses us, the page turns.
  async function askThenOpen() {
    const answer = await fetch(room.dataset.room, { method: "HEAD", redirect: "manual" }).catch(() => null)
    if (answer && (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status))) return location.reload()
    open()
  }

  function close() {
    source?.close()
    clearTimeout(silence)
    clearTimeout(retry)
  }

  // Six connections are all that a browser has for one host: a page that nobody sees gives its own up.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hidden)
    if (document.hidden) hidden = setTimeout(close, HIDDEN)
    else if (source.readyState === EventSource.CLOSED) open()
  })
  addEventListener("online", open)
  addEventListener("pagehide", close)
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload())
  open()
}

function tell(words) {
  const state = document.querySelector("[data-connection]")
  if (!state || state.textContent === words) return
  state.textContent = words
  state.hidden = !words
}

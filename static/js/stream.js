// Follows a room's stream: from where the page was drawn, again after a break, and not while nobody looks. Keeps nothing.
const PAUSES = [1, 2, 4, 8, 16] // seconds, each more or less, so that a crowd does not come back as one
const SILENT = 50_000 // a heart beats every 20 seconds
const HIDDEN = 60_000

// `hear` is given each event's name and data, `connected` whether it goes on, `refused` nothing: the room is not ours.
// Asks after every break whether the room is still ours if `doubts`, and else only when coming back has failed.
export function follow(address, after, names, { hear, connected, refused, doubts = false }) {
  let source, retry, silence, hidden, tries = 0, isOver = false

  function open() {
    rest()
    if (isOver) return
    source = new EventSource(`${address}/stream?after=${encodeURIComponent(after)}`)
    source.onopen = alive
    source.onerror = again
    for (const name of [...names, "beat", "reset", "gone"]) source.addEventListener(name, event => take(name, event))
    alive()
  }

  function take(name, { data, lastEventId }) {
    tries = 0
    after = lastEventId || after
    alive()
    connected(true)
    if (name === "gone") stop()
    if (name !== "beat") hear(name, data)
  }

  function alive() {
    clearTimeout(silence)
    silence = setTimeout(again, SILENT)
  }

  async function again() {
    rest()
    connected(false)
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000 * (0.5 + Math.random())
    const isToAsk = doubts || tries > 0
    tries += 1
    if (isToAsk && (await isRefused())) {
      if (!isOver) refused()
      return stop()
    }
    // Meanwhile the page may have been shown again, or left.
    if (!source && !isOver) retry = setTimeout(open, pause)
  }

  // A browser does not say why a stream was refused: the room's own page does.
  async function isRefused() {
    const answer = await fetch(address, { method: "HEAD", redirect: "manual", cache: "no-store" }).catch(() => null)
    return answer?.type === "opaqueredirect" || [401, 403, 404].includes(answer?.status)
  }

  function rest() {
    source?.close()
    source = null
    clearTimeout(silence)
    clearTimeout(retry)
  }

  function stop() {
    isOver = true
    clearTimeout(hidden)
    rest()
  }

  // Six connections are all that a browser has for one host: a page that nobody sees gives its own up.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hidden)
    if (isOver) return
    if (document.hidden) hidden = setTimeout(rest, HIDDEN)
    else if (!source) open()
  })
  addEventListener("online", open)
  addEventListener("pagehide", rest)
  open()
  return stop
}

// Listens to the table and comes back by itself: after 1, 2, 4, 8, 16 seconds, a little off, so that not all come at once.
const LONGEST = 16_000
const HIDDEN_FOR = 60_000
const SILENT_FOR = 50_000 // a heart beats every 20 seconds

export function listen(room, hear) {
  const address = room.dataset.closed
  let after = room.dataset.after
  let source, timer, silence, tries = 0, isOver = false

  function open() {
    source = new EventSource(`${address}/stream?after=${encodeURIComponent(after)}`)
    const on = (name, act) => source.addEventListener(name, event => {
      if (event.lastEventId) after = event.lastEventId
      watch()
      act(event.data)
    })
    on("entry", data => hear.entry(JSON.parse(data)))
    on("reset", () => hear.missed())
    on("gone", reason => stop() ?? hear.gone(reason))
    on("beat", () => {
      tries = 0
      hear.connected(true)
    })
    source.onerror = lost
    watch()
  }

  function watch() {
    clearTimeout(silence)
    silence = setTimeout(lost, SILENT_FOR)
  }

  function lost() {
    pause()
    hear.connected(false)
    ask()
  }

  // An EventSource does not tell a room that is gone from a wire that was cut.
  async function ask() {
    const answer = await fetch(address, { method: "HEAD", redirect: "manual", cache: "no-store" }).catch(() => null)
    if (isOver) return
    if ([401, 404].includes(answer?.status) || answer?.type === "opaqueredirect") return stop() ?? hear.gone("")
    const wait = Math.min(1000 * 2 ** tries++, LONGEST) * (0.75 + Math.random() / 2)
    timer = setTimeout(open, wait)
  }

  function pause() {
    clearTimeout(timer)
    clearTimeout(silence)
    source?.close()
    source = null
  }

  function stop() {
    isOver = true
    pause()
  }

  // A browser has few connections to one host: a page that nobody looks at gives its own up, and catches up later.
  document.addEventListener("visibilitychange", () => {
    if (isOver) return
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(pause, HIDDEN_FOR)
    else if (!source) open()
  })
  open()
  return stop
}

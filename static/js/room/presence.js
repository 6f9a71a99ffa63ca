// Says that somebody is here, now and every while, how far they have read, and that they left.
const EVERY = 40_000

export function beHere(room, news) {
  const form = document.getElementById("come-in")
  const address = `${room.dataset.room}/presence`

  function fields(more) {
    const data = new FormData(form)
    data.set("read", news.read)
    for (const [name, value] of Object.entries(more)) data.set(name, value)
    return data
  }

  async function say() {
    if (document.hidden) return
    const options = { method: "POST", body: fields({}), headers: { Accept: "application/json" } }
    const answer = await fetch(address, options).catch(() => null)
    if (answer?.ok) form.classList.add("done")
  }

  // A beacon arrives also when the page is on its way out.
  addEventListener("pagehide", () => navigator.sendBeacon(address, fields({ leaving: "y" })))
  document.addEventListener("visibilitychange", say)
  setInterval(say, EVERY)
  say()
}

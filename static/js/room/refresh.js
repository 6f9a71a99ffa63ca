// Fetches the page anew and puts parts of it in place: after a gap in the stream, and when the evening moves on.
let waiting

export async function refresh(ids) {
  const room = document.querySelector("[data-room]")
  const answer = await fetch(room.dataset.room).catch(() => null)
  if (!answer) return refreshSoon(ids)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const drawn = page.querySelector("[data-room]")
  // Not a room any more, for this person: let the page say what it is instead.
  if (!answer.ok || !drawn) return location.reload()
  room.dataset.as = drawn.dataset.as
  if (ids.includes("log")) room.dataset.oldest = drawn.dataset.oldest
  for (const id of ids) swap(id, page)
  room.dispatchEvent(new Event("redrawn"))
  room.dispatchEvent(new Event("heard"))
}

// Each page a little later than the others, so that a table does not ask as one.
export function refreshSoon(ids) {
  waiting ??= setTimeout(() => {
    waiting = undefined
    refresh(ids)
  }, 2000 + Math.random() * 4000)
}

function swap(id, page) {
  const [before, after] = [document.getElementById(id), page.getElementById(id)]
  if (!before || !after) return
  if (id === "log") before.replaceChildren(...after.childNodes, ...before.querySelectorAll(".unsent"))
  else if (id === "composer" && isBeingUsed(before, after)) return
  else before.replaceWith(after)
}

// Nobody's words or cursor are taken away: a composer that only looks the same again stays.
function isBeingUsed(before, after) {
  const [mine, theirs] = [before.querySelector("form"), after.querySelector("form")]
  if (!mine || !theirs || !before.contains(document.activeElement)) return false
  return ["asks", "only_brand", "body"].every(name => Boolean(mine.elements[name]) === Boolean(theirs.elements[name])
    && mine.elements[name]?.disabled === theirs.elements[name]?.disabled)
}

// Places what the server drew: a part that stands there is replaced by its id, a new line goes where its number belongs.
export function place(html, log, room) {
  const drawn = document.createElement("template")
  drawn.innerHTML = html
  return [...drawn.content.children].filter(part => put(part, log, room))
}

function put(part, log, room) {
  const before = document.getElementById(part.id)
  takeOver(part, before)
  log.querySelector("[data-empty]")?.remove()
  if (before && isWhereItBelongs(before, part)) return replace(before, part)
  before?.remove()
  if (!part.dataset.seq) return false
  return insert(part, log, Number(room.dataset.oldest))
}

// What a card holds stands nowhere else: answers to a message that was marked as a question later move into it.
function takeOver(part, before) {
  for (const { id } of part.querySelectorAll("[id]")) {
    const elsewhere = document.getElementById(id)
    if (elsewhere && !before?.contains(elsewhere)) elsewhere.remove()
  }
}

function isWhereItBelongs(before, part) {
  const into = part.dataset.into
  return !into || before.parentElement.id === `${into}-replies` || !document.getElementById(`${into}-replies`)
}

function replace(before, part) {
  const hadFocus = before.contains(document.activeElement)
  before.replaceWith(part)
  if (hadFocus) (part.tabIndex === -1 ? part : part.closest("[tabindex]"))?.focus({ preventScroll: true })
  return true
}

function insert(part, log, oldest) {
  const seq = Number(part.dataset.seq)
  const root = part.dataset.into
  const card = root && document.getElementById(`${root}-replies`)
  // It belongs to what was said before this page begins.
  if (!card && (root ? Number(root.slice(2)) : seq) < oldest) return false
  log.querySelector(`.unsent[data-key="${CSS.escape(part.dataset.key)}"]`)?.remove()
  const row = card || log
  const later = [...row.children].find(one => one.matches(".unsent") || Number(one.dataset.seq) > seq)
  row.insertBefore(part, later ?? null)
  return true
}

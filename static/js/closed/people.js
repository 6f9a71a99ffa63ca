// Who is here. Each open page is one coming, until a leaving ends it; the roster itself is the server's.
const list = text => (text ?? "").split(" ").filter(Boolean)
const rows = () => [...document.querySelectorAll("[data-person]")]

export const rowOf = person => rows().find(row => row.dataset.person === person)

// Says whether this is the first time that they came: later ones are not worth a line.
export function move({ kind, author, id, about }) {
  const row = rowOf(author)
  if (!row) return false
  const pages = new Set(list(row.dataset.pages))
  if (kind === "arrive") pages.add(id)
  else if (about) pages.delete(about)
  else pages.clear()
  row.dataset.pages = [...pages].join(" ")
  row.classList.toggle("away", pages.size === 0)
  row.querySelector("[data-away]").hidden = pages.size > 0
  const here = rows().filter(other => other.dataset.pages).length
  for (const count of document.querySelectorAll("[data-here-count]")) count.textContent = here
  const isFirst = kind === "arrive" && !("came" in row.dataset)
  if (kind === "arrive") row.dataset.came = ""
  return isFirst
}

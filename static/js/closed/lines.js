// The lines of the conversation. What anybody wrote goes in as text, into a copy of what the server drew.
import { copyOf, dateIt, draw, find, log, put, requote, wordsOf } from "./draw.js"

export function came({ id, seq, name }) {
  if (find(id)) return
  const line = copyOf("came")
  line.querySelector("bdi").textContent = name
  put(line, id, seq)
}

// Something said: by others, or our own words coming back, which take the place of their echo.
export function say(entry) {
  if (find(entry.id)) return
  const echo = [...log.querySelectorAll(".unsent")].find(line => line.dataset.mark === entry.mark)
  const line = echo ?? draw(entry)
  line.querySelector(".by bdi").textContent = entry.name
  line.classList.remove("unsent")
  line.querySelector("[data-unsent]").hidden = true
  for (const field of line.querySelectorAll("[name=about]")) field.value = entry.id
  dateIt(line, entry.at)
  put(line, entry.id, entry.seq)
  if (entry.text === null) remove({ about: entry.id })
}

// Our own words, shown before the server has them.
export function echo(entry) {
  const line = draw(entry)
  line.classList.add("unsent")
  line.dataset.mark = entry.mark
  dateIt(line, new Date().toISOString())
  log.append(line)
  return line
}

export function edit({ about, text }) {
  const line = find(about)
  if (!line || text === null || line.classList.contains("removed")) return
  wordsOf(line).textContent = text
  line.querySelector("[data-edited]").hidden = false
  requote(about, text)
}

export function remove({ about }) {
  const line = find(about)
  requote(about, "taken back")
  if (!line) return
  line.classList.add("removed")
  wordsOf(line).textContent = "Taken back."
  for (const part of line.querySelectorAll("[data-acts], [data-edited]")) part.hidden = true
}

export function react({ about, author, text }) {
  const button = [...(find(about)?.querySelectorAll("[data-reaction]") ?? [])].find(({ dataset }) => dataset.reaction === text?.replace(/^-/, ""))
  if (!button) return
  const givers = new Set(button.dataset.givers.split(" ").filter(Boolean))
  if (text.startsWith("-")) givers.delete(author)
  else givers.add(author)
  const isMine = givers.has(document.querySelector("[data-me]").dataset.me)
  button.dataset.givers = [...givers].join(" ")
  button.querySelector("[data-count]").textContent = givers.size ? ` ${givers.size}` : ""
  button.setAttribute("aria-pressed", isMine)
  button.value = (isMine ? "-" : "") + button.dataset.reaction
}

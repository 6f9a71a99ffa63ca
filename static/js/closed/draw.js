// Draws a line as a copy of the server's own, finds lines, and puts them where their number belongs.
import { rowOf } from "./people.js"

const EXCERPT = 160
const zone = document.querySelector("[data-closed]").dataset.zone || undefined
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone })

export const log = document.getElementById("log")
export const copyOf = id => document.getElementById(id).content.firstElementChild.cloneNode(true)
export const find = id => id && log.querySelector(`[data-id="${CSS.escape(id)}"]`)
export const wordsOf = line => line.querySelector("[data-words]")
export const excerpt = (text, most = EXCERPT) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

export function draw({ author, name, text, about }) {
  const line = copyOf("line")
  const face = rowOf(author)?.querySelector(".avatar")
  if (face) line.querySelector(".avatar").replaceWith(face.cloneNode(true))
  line.querySelector(".by bdi").textContent = name
  wordsOf(line).textContent = text ?? ""
  line.dataset.author = author
  const isMine = author === document.querySelector("[data-me]").dataset.me
  if (!isMine) for (const part of line.querySelectorAll("[data-mine]")) part.remove()
  const answered = find(about)
  if (answered) quote(line.querySelector(".quoted"), answered, about)
  return line
}

function quote(place, answered, about) {
  place.hidden = false
  place.dataset.quotes = about
  place.querySelector("bdi").textContent = answered.querySelector(".by bdi").textContent.split(" ")[0]
  place.querySelector("span").textContent = excerpt(wordsOf(answered).textContent)
}

export function requote(id, text) {
  for (const place of log.querySelectorAll("[data-quotes]"))
    if (place.dataset.quotes === id) place.querySelector("span").textContent = excerpt(text)
}

export function dateIt(line, at) {
  const time = line.querySelector("time")
  time.dateTime = at
  time.textContent = clock.format(new Date(at))
}

export function put(line, id, seq) {
  line.dataset.id = id
  line.dataset.seq = seq
  log.querySelector("[data-empty]")?.remove()
  const later = other => other !== line && (other.classList.contains("unsent") || Number(other.dataset.seq) > seq)
  const next = [...log.querySelectorAll("[data-seq], .unsent")].find(later)
  // Where it stands already it stays: what is moved is read out again.
  if (line.isConnected && (line.nextElementSibling ?? undefined) === next) return
  if (next) next.before(line)
  else log.append(line)
}

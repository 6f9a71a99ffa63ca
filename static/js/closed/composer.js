// Where one writes: Enter sends, a line can be answered or changed. What is not sent yet lives here and nowhere else.
import { excerpt, find, wordsOf } from "./draw.js"

const form = document.querySelector("[data-say]")
const box = form.elements.body
const note = form.querySelector("[data-note]")
const about = form.querySelector("[data-about]")
const usual = note.textContent

export const isEmpty = () => !box.value.trim()
export const tell = words => {
  if (note.textContent !== (words || usual)) note.textContent = words || usual
}

// Words that were refused come back, unless something else has been begun.
export function giveBack({ kind, about: id, text }) {
  if (!isEmpty()) return
  begin(kind, find(id), text)
}

function begin(kind, line, text) {
  form.elements.kind.value = line ? kind : "say"
  form.elements.about.value = line?.dataset.id ?? ""
  about.hidden = !line
  if (line) {
    const to = kind === "edit" ? "Changing" : `To ${line.querySelector(".by bdi").textContent.split(" ")[0]}`
    form.querySelector("[data-about-words]").textContent = `${to}: ${excerpt(wordsOf(line).textContent, 80)}`
    form.querySelector("[data-cancel]").textContent = kind === "edit" ? "Leave it" : "Not to this"
  }
  if (text !== undefined) box.value = text
  box.focus()
}

export function compose(deliver) {
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (isEmpty()) return
    const entry = { kind: form.elements.kind.value, about: form.elements.about.value, text: box.value }
    tell("")
    for (const wrong of form.querySelectorAll(".wrong")) wrong.remove()
    box.removeAttribute("aria-invalid")
    begin("say", null, "")
    deliver(entry)
  })
  box.addEventListener("keydown", event => {
    // While a word is being composed, Enter chooses it.
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229
    if (sends) event.preventDefault()
    if (sends) form.requestSubmit()
    if (event.key === "Escape") begin("say", null, form.elements.kind.value === "edit" ? "" : undefined)
  })
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-reply], [data-edit], [data-cancel]")
    if (!link) return
    event.preventDefault()
    const line = link.closest(".message")
    if (link.matches("[data-cancel]")) begin("say", null, form.elements.kind.value === "edit" ? "" : undefined)
    else if (link.matches("[data-edit]")) begin("edit", line, wordsOf(line).textContent)
    else begin("say", line)
  })
}

// The composer: Enter sends, what was typed survives a reload, and what was not sent says so and keeps its key.
import { newKey, send } from "./send.js"
import { answering } from "./reply.js"

export function compose(room, log, mark) {
  const form = () => document.querySelector("form[data-say]")
  const draft = () => `draft:${room.dataset.me}:${form()?.dataset.draft}`
  const reply = answering(room, log, form)

  function keep() {
    const { body } = form().elements
    if (body.value) localStorage.setItem(draft(), body.value)
    else localStorage.removeItem(draft())
    offer(body)
  }

  // A sentence that ends in a question mark may be one.
  function offer({ value }) {
    const { asks } = form().elements
    const why = form().querySelector("[data-why]")
    if (asks) why.textContent = !asks.checked && /[?？؟]\s*$/.test(value) ? "Is it a question to the table?" : ""
  }

  function restore() {
    const body = form()?.elements.body
    if (body && !body.disabled && !body.value) body.value = localStorage.getItem(draft()) ?? ""
  }

  function say() {
    const fields = form()
    const { body } = fields.elements
    if (!body.value.trim() || body.disabled) return
    const data = new FormData(fields)
    data.set("client_key", newKey())
    body.value = ""
    if (fields.elements.asks) fields.elements.asks.checked = false
    if (fields.elements.only_brand) fields.elements.only_brand.checked = false
    keep()
    reply.cancel()
    send(room, log, data, mark, refused)
  }

  // The server said no: the words come back, with the reason beside them.
  function refused(data, reason) {
    const { body } = form()?.elements ?? {}
    if (body && !body.value) body.value = data.get("body")
    if (body) keep()
    const why = form()?.querySelector("[data-why]")
    if (why) why.textContent = reason
  }

  document.addEventListener("submit", event => {
    if (event.target !== form()) return
    event.preventDefault()
    say()
  })
  document.addEventListener("input", ({ target }) => target.form && target.form === form() && keep())
  document.addEventListener("keydown", event => {
    if (event.target.name !== "body" || event.target.form !== form()) return
    // 229: some browsers say of the Enter that ends a composition that it is none.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    say()
  })
  room.addEventListener("redrawn", restore)
  restore()
}

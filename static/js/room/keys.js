// Walks through the conversation by keys: j and k, r to reply, q for a question, Escape back to writing.
const typing = "input, textarea, select, [contenteditable]"

export function walkByKeys(log) {
  const room = log.closest("[data-room]")
  const lines = () => [...log.querySelectorAll("[data-seq]")]
  const here = () => document.activeElement.closest?.("[data-seq]")

  function step(by) {
    const all = lines()
    const at = all.indexOf(here())
    const next = all[at === -1 ? all.length - 1 : Math.min(Math.max(at + by, 0), all.length - 1)]
    next?.focus()
  }

  function toggleQuestion() {
    const asks = document.querySelector("form[data-say] [name=asks]")
    if (!asks) return
    asks.checked = !asks.checked
    asks.form.elements.body.focus()
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    r: () => room.dispatchEvent(new CustomEvent("reply", { detail: here() ?? lines().at(-1) })),
    q: toggleQuestion,
    Escape: () => document.getElementById("say")?.focus(),
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open], :popover-open")) return
    if (event.key === "Escape") room.dispatchEvent(new Event("cancel-reply"))
    else if (event.target.matches(typing)) return
    if (!keys[event.key] || (event.key === "Escape" && event.target.matches(typing))) return
    event.preventDefault()
    keys[event.key]()
  })
}

// Asks before a form is sent. Without a script the server asks, on a page of its own: it waits for `confirmed`.
export function askFirst(form) {
  if (form.dataset.asks) return
  form.dataset.asks = "yes"
  form.addEventListener("submit", event => {
    if (form.elements.confirmed) return
    event.preventDefault()
    ask(form.dataset, () => {
      form.append(build("input", { type: "hidden", name: "confirmed", value: "yes" }))
      form.requestSubmit(event.submitter)
    })
  })
}

function ask({ confirm, confirmDetail, confirmYes, confirmNo }, goOn) {
  const heading = build("h2", { id: "asked", textContent: confirm })
  const detail = build("p", { className: "quiet", textContent: confirmDetail ?? "", hidden: !confirmDetail })
  const no = build("button", { className: "button", type: "submit", value: "no", textContent: confirmNo || "No, go back" })
  const yes = build("button", { className: "button main", type: "submit", value: "yes", textContent: confirmYes || "Yes" })
  const buttons = build("form", { method: "dialog", className: "row" }, no, yes)
  const dialog = build("dialog", { className: "dialog stack" }, heading, detail, buttons)
  dialog.setAttribute("aria-labelledby", "asked")
  dialog.addEventListener("close", () => {
    dialog.remove()
    if (dialog.returnValue === "yes") goOn()
  })
  document.body.append(dialog)
  dialog.showModal()
}

function build(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

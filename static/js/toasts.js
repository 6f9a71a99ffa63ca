// Lets toasts be put away, and has them spoken: what stands in a status region when the page loads is not.
export function sayToasts(region) {
  for (const toast of region.querySelectorAll(".toast")) {
    const away = toast.querySelector("[data-dismiss]")
    away.hidden = false
    away.addEventListener("click", () => toast.remove())
  }
  const said = [...region.childNodes]
  if (!region.firstElementChild) return
  region.replaceChildren()
  setTimeout(() => region.replaceChildren(...said), 100)
}

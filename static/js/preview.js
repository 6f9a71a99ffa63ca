// Shows how what is typed will be read, whenever a field is left. The server draws all of it; this file only places.
export function previewForm(form) {
  let asked = 0
  form.addEventListener("change", async () => {
    const turn = ++asked
    const drawn = await look(form)
    // An answer that was overtaken says nothing of what stands there now.
    if (drawn && turn === asked) place(form, drawn)
  })
}

async function look(form) {
  const typed = new FormData(form)
  typed.set("do", "look")
  try {
    const response = await fetch(location.href, { method: "POST", body: typed, headers: { Accept: "text/html" } })
    return response.ok && new DOMParser().parseFromString(await response.text(), "text/html")
  } catch {
    // No network: the page works without this.
    return null
  }
}

function place(form, drawn) {
  const preview = document.querySelector(form.dataset.preview)
  const fresh = drawn.querySelector(form.dataset.preview)
  if (fresh && !preview.contains(document.activeElement)) preview.replaceChildren(...fresh.childNodes)
  for (const region of form.querySelectorAll("[data-says]")) {
    const said = drawn.querySelector(`[data-says="${region.dataset.says}"]`)
    said?.querySelectorAll(".wrong").forEach(each => form.querySelector(`#${each.id.replace(/-wrong$/, "")}`)?.value || each.remove())
    if (said) region.replaceChildren(...said.childNodes)
  }
  for (const input of form.querySelectorAll("input.input, textarea.input")) {
    const twin = drawn.getElementById(input.id)
    // What is still empty is not wrong yet.
    if (twin && input.value) explain(input, twin)
  }
}

function explain(input, twin) {
  const [here, there] = [input, twin].map(each => each.closest(".field"))
  here.querySelectorAll(".wrong, .hint").forEach(each => each.remove())
  here.append(...there.querySelectorAll(".wrong, .hint"))
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (twin.hasAttribute(name)) input.setAttribute(name, twin.getAttribute(name))
    else input.removeAttribute(name)
  }
}

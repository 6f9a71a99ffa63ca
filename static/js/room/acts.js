// What one may do with a message stands under the one that one points at. The server drew it, and judges it when it is done.
import { post, reasonOf } from "./send.js"

export function actOnMessages(room, log) {
  let tools

  function showUnder(line) {
    if (!line || line.matches(".unsent, .removed") || tools?.parentElement === line) return
    tools?.remove()
    tools = document.getElementById("acts").content.firstElementChild.cloneNode(true)
    // Not something said: it must not be read out as an addition to the conversation.
    tools.ariaLive = "off"
    for (const button of tools.children) button.hidden = !isFor(button.dataset.for, line)
    line.append(tools)
  }

  function isFor(whom, line) {
    const card = line.parentElement.closest(".question")
    if (whom === "mine") return line.dataset.author === room.dataset.me
    if (whom === "flow") return line.matches(".message:not(.brand)") && !card
    if (whom === "answer-to-me") return card?.dataset.author === room.dataset.me && line.dataset.author !== room.dataset.me
    return true
  }

  async function act({ dataset }, line) {
    const address = `${room.dataset.room}/messages/${line.dataset.seq}`
    if (dataset.act === "reply") return room.dispatchEvent(new CustomEvent("reply", { detail: line }))
    if (dataset.act === "edit" || dataset.act === "removal") return location.assign(`${address}#${dataset.act}`)
    if (dataset.act === "react") {
      const given = line.querySelector(`.felt.mine[data-feeling="${dataset.feeling}"]`)
      return tell(await post(`${address}/reactions`, fields({ feeling: dataset.feeling, on: given ? "no" : "yes" })))
    }
    return tell(await post(`${address}/${dataset.act}`, fields()))
  }

  log.addEventListener("pointerover", ({ target }) => showUnder(target.closest("[data-seq]")))
  log.addEventListener("focusin", ({ target }) => showUnder(target.closest("[data-seq]")))
  log.addEventListener("click", async event => {
    const button = event.target.closest("[data-act]")
    if (button) act(button, button.closest("[data-seq]"))
    const call = event.target.closest("[data-call]")
    if (!call) return
    event.preventDefault()
    tell(await post(call.dataset.call, fields()))
  })
}

function fields(more = {}) {
  const data = new FormData()
  data.set("csrf_token", document.querySelector("[name=csrf_token]").value)
  for (const [name, value] of Object.entries(more)) data.set(name, value)
  return data
}

async function tell(answer) {
  if (answer?.ok) return
  const words = answer ? await reasonOf(answer) : "That did not arrive. Try again."
  const state = document.querySelector("[data-connection]")
  state.hidden = false
  state.textContent = words
}

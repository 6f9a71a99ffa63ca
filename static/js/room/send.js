// Sends one message: shows it at once, puts the server's own drawing in its place, and says when it did not arrive.
import { place } from "./place.js"

const WAIT = 15_000

// Browsers give randomUUID only to pages that came over TLS or from this machine.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

export async function send(room, log, data, mark, refused) {
  const echo = show(room, log, data)
  const answer = await post(`${room.dataset.room}/messages`, data)
  if (answer?.ok) {
    const { html } = await answer.json()
    for (const part of place(html, log, room)) mark(part)
    echo.remove()
  } else if (answer && answer.status < 500 && answer.status !== 429) {
    echo.remove()
    refused(data, await reasonOf(answer))
  } else {
    // It may have arrived all the same. Sent again under the same key it is said once.
    offerAgain(echo, () => send(room, log, data, mark, refused), answer?.status === 429)
  }
}

export function post(address, data) {
  const options = { method: "POST", body: data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(WAIT) }
  return fetch(address, options).catch(() => null)
}

export async function reasonOf(answer) {
  const body = await answer.json().catch(() => ({}))
  return body.reason ?? Object.values(body.errors ?? {}).flat().join(" ") ?? "That was not taken."
}

function show(room, log, data) {
  log.querySelector(`.unsent[data-key="${data.get("client_key")}"]`)?.remove()
  const face = document.querySelector(`[data-person="${room.dataset.me}"] .avatar`)?.cloneNode(true)
  const words = Object.assign(document.createElement("p"), { textContent: data.get("body") })
  const says = Object.assign(document.createElement("div"), { className: "says", dir: "auto" })
  const note = Object.assign(document.createElement("p"), { className: "by meta", textContent: "You, on its way …" })
  const echo = Object.assign(document.createElement("article"), { className: "message unsent" })
  echo.dataset.key = data.get("client_key")
  says.append(words)
  echo.append(...(face ? [face] : []), note, says)
  const replies = document.getElementById(`m-${data.get("reply_to")}-replies`)
  ;(replies ?? log).append(echo)
  echo.scrollIntoView({ block: "nearest" })
  return echo
}

function offerAgain(echo, again, isTooFast) {
  echo.classList.add("failed")
  const note = Object.assign(document.createElement("p"), { className: "unsent-note meta" })
  const button = Object.assign(document.createElement("button"), { className: "link", type: "button", textContent: "Try again" })
  button.addEventListener("click", again, { once: true })
  addEventListener("online", () => echo.isConnected && button.click(), { once: true })
  note.append(isTooFast ? "Not sent: a little slower, please." : "Not sent.", button)
  echo.append(note)
}

// Sends one entry, and says what came of it: the stored entry, a reason why not, that it may be tried again, or that the room is gone.
const PATIENCE = 15_000

// Twice the same mark is one entry. Not randomUUID: a browser lends that only to pages that came over TLS.
export function newMark() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

export async function send({ dataset: { closed, token } }, entry, keepalive = false) {
  const words = { client_key: newMark(), ...entry }
  const options = { method: "POST", headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" }
  try {
    const response = await fetch(`${closed}/entries`, {
      ...options,
      body: new URLSearchParams({ csrf_token: token, ...words }),
      keepalive,
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.ok) return { entry: await response.json() }
    // To be asked to sign in says the same as a 404: this room is not ours any more.
    if ([401, 404].includes(response.status) || response.type === "opaqueredirect") return { isGone: true }
    if (response.status >= 500 || response.status === 429) return { mayTryAgain: true }
    const { reason, errors } = await response.json()
    return { reason: reason ?? Object.values(errors).flat().join(" ") }
  } catch {
    return { mayTryAgain: true }
  }
}

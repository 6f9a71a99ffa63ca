// Listens to the closed table. Whoever was put out while the wire was cut is told so at once, not when it holds again.
import { follow } from "../stream.js"

export function listen({ dataset: { closed, after } }, { entry, missed, gone, connected }) {
  const acts = { entry: data => entry(JSON.parse(data)), reset: missed, gone }
  const hear = (name, data) => acts[name](data)
  return follow(closed, after, ["entry"], { hear, connected, refused: () => gone(""), doubts: true })
}

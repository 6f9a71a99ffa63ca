// Says how long it is until an instant, in words, and speaks only when little is left.
import { serverNow } from "./clock.js"

const MINUTE = 60, HOUR = 3600, DAY = 86400
const SPOKEN = [10 * MINUTE, 5 * MINUTE, MINUTE]
const running = new Map()

export function countDown(element) {
  running.set(element, null)
  tick()
}

// The same words as `left` in meetup/shared/when.py.
export function timeLeft(seconds) {
  if (seconds <= 0) return "no time"
  if (seconds < MINUTE) return `${seconds} s`
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`
  if (seconds < DAY) {
    const minutes = Math.floor((seconds % HOUR) / MINUTE)
    return `${Math.floor(seconds / HOUR)} h${minutes ? ` ${minutes} min` : ""}`
  }
  const days = Math.floor(seconds / DAY)
  return days === 1 ? "1 day" : `${days} days`
}

const clockFace = seconds => `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`

function tick() {
  for (const [element, before] of running) {
    if (!element.isConnected) {
      running.delete(element)
      continue
    }
    const seconds = Math.max(0, Math.floor((Date.parse(element.dataset.countdownTo) - serverNow()) / 1000))
    const words = element.dataset.countdownAs === "clock" ? clockFace(seconds) : timeLeft(seconds)
    if (element.textContent !== words) element.textContent = words
    // Only on passing a mark: whoever comes in late is not told of what they missed.
    if (before !== null && SPOKEN.some(mark => before > mark && seconds <= mark)) announce(element, seconds)
    running.set(element, seconds)
  }
}

function announce(element, seconds) {
  const said = element.dataset.announce
  const voice = document.querySelector("[data-announcer]")
  const minutes = Math.max(1, Math.round(seconds / MINUTE))
  if (said && voice) voice.textContent = said.replace("{left}", minutes === 1 ? "one minute" : `${minutes} minutes`)
}

setInterval(tick, 1000)
document.addEventListener("visibilitychange", tick)

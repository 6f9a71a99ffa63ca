// Lets the ring of a question close while its clock runs, and ends a follow-up in time. The words beside them say the same.
import { serverNow } from "../clock.js"

export function turnRings(log) {
  setInterval(() => {
    for (const clock of log.querySelectorAll("[data-ring-of]")) {
      const [from, to] = [Date.parse(clock.dataset.ringOf), Date.parse(clock.dataset.countdownTo)]
      const left = Math.max(0, Math.min(1, (to - serverNow()) / (to - from)))
      clock.closest(".state").querySelector(".left")?.setAttribute("stroke-dasharray", `${Math.round(left * 100)} 100`)
    }
    for (const asked of log.querySelectorAll("[data-follow-until]"))
      asked.parentElement.classList.toggle("follows", Date.parse(asked.dataset.followUntil) > serverNow())
  }, 1000)
}

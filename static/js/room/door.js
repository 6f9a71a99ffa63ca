// Waits at the door, and goes in when it opens: each a little later than the others, so that a crowd does not come as one.
import { serverNow } from "../clock.js"

const { opensAt } = document.querySelector("[data-opens-at]").dataset
const mine = Date.parse(opensAt) + Math.random() * 2000

setInterval(() => {
  if (serverNow() >= mine) location.reload()
}, 500)

// Shows instants in the zone that the reader chose, or else in the browser's. The same words as meetup/shared/when.py.
// What is heard live is drawn once for everybody, so a chosen zone counts here as well as on the server.
const zone = document.documentElement.dataset.zone || Intl.DateTimeFormat().resolvedOptions().timeZone
const part = (date, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(date)

const clock = date => part(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

const weekdayAndDate = date => `${part(date, { weekday: "long" })} ${part(date, { day: "numeric", month: "long" })}`

function day(date) {
  const year = part(date, { year: "numeric" })
  const words = weekdayAndDate(date)
  return year === part(new Date(), { year: "numeric" }) ? words : `${words} ${year}`
}

function span(starts, ends) {
  if (part(starts, { dateStyle: "short" }) === part(ends, { dateStyle: "short" })) return `${clock(starts)} to ${clock(ends)}`
  const isNear = ends - starts < 6 * 86400000
  return `${clock(starts)} to ${isNear ? part(ends, { weekday: "long" }) : weekdayAndDate(ends)} ${clock(ends)}`
}

const leaf = date => `${part(date, { weekday: "short" })}, ${part(date, { month: "short" }).slice(0, 3)}`

const shapes = {
  clock,
  day,
  span,
  leaf,
  date: date => part(date, { day: "numeric" }),
  moment: date => `${day(date)}, ${clock(date)}`,
}

export function localTime(element) {
  if (!zone) return
  const until = element.dataset.until && new Date(element.dataset.until)
  const words = shapes[element.dataset.local]?.(new Date(element.dateTime), until)
  if (words && words !== element.textContent.trim()) element.textContent = words
}

export function localZone(element) {
  if (!zone) return
  const short = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" })
    .formatToParts(new Date(element.dataset.localZone))
    .find(({ type }) => type === "timeZoneName")
    .value.replace(/^GMT(?=[+-])/, "UTC")
  const city = zone.split("/").at(-1).replaceAll("_", " ")
  element.textContent = `your time, ${short === city ? city : `${city} (${short})`}`
}

// The host's own time is worth a line only to whose clocks show another.
export function hostTime(element) {
  if (zone && zone !== element.dataset.hostZone) element.hidden = false
}

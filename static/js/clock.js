// The server's clock, as this page knows it: phases turn by it, whatever the device's own clock says.
const [visit] = performance.getEntriesByType("navigation")
const written = Date.parse(document.documentElement.dataset.now)
// A page out of the browser's cache says when it was written, not what time it is.
const isFresh = Number.isFinite(written) && visit?.transferSize !== 0
const offset = isFresh ? written - (performance.timeOrigin + (visit?.responseStart ?? 0)) : 0

export const serverNow = () => Date.now() + offset

// Wires each behaviour to the elements that ask for it by a data- attribute, also those that come later.
import { askFirst } from "./confirm.js"
import { countDown } from "./countdown.js"
import { closeWhenWide } from "./drawers.js"
import { putFocus } from "./focus.js"
import { previewForm } from "./preview.js"
import { hostTime, localTime, localZone } from "./times.js"
import { toggleTheme } from "./theme.js"
import { sayToasts } from "./toasts.js"

const behaviours = {
  "[data-confirm]": askFirst,
  "[data-countdown-to]": countDown,
  "[data-drawer]": closeWhenWide,
  "[data-focus]": putFocus,
  "[data-host-zone]": hostTime,
  "form[data-preview]": previewForm,
  "time[data-local]:not([data-chosen])": localTime,
  "[data-local-zone]:not([data-chosen])": localZone,
  "[data-theme-toggle]": toggleTheme,
  "[data-toasts]": sayToasts,
}

function wire(element) {
  for (const [selector, behaviour] of Object.entries(behaviours)) {
    if (element.matches(selector)) behaviour(element)
    element.querySelectorAll(selector).forEach(behaviour)
  }
}

wire(document.documentElement)
new MutationObserver(changes => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) wire(node)
}).observe(document.body, { childList: true, subtree: true })

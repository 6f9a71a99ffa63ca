// Closes a drawer when the window grows so wide that it becomes a column. A popover left open would hide its backdrop there.
const wide = matchMedia("(min-width: 64rem)")

export function closeWhenWide(drawer) {
  wide.addEventListener("change", () => {
    if (wide.matches && drawer.matches(":popover-open")) drawer.hidePopover()
  })
  // A link inside leads on within the page: the drawer would cover what it leads to.
  drawer.addEventListener("click", ({ target }) => {
    if (target.closest("a[href^='#']") && drawer.matches(":popover-open")) drawer.hidePopover()
  })
}

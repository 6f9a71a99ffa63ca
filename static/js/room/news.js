// Counts what came while nobody looked: in the title, and in a button that leads down to it.
const NEAR = 80 // pixels from the newest: close enough that the reader is following along

export function countNew(log) {
  const scroller = log.parentElement
  const title = document.title
  const button = Object.assign(document.createElement("button"), { className: "button little newer", type: "button", hidden: true })
  let unseen = 0, top = Number(log.closest("[data-room]").dataset.top)

  const isFollowing = () => scroller.scrollTop > -NEAR
  const isLooking = () => !document.hidden && isFollowing()

  function show() {
    document.title = document.hidden && unseen ? `(${unseen} new) ${title}` : title
    button.hidden = !unseen || isFollowing()
    button.textContent = `${unseen} new below`
  }

  function look() {
    if (isLooking()) unseen = 0
    show()
  }

  button.addEventListener("click", () => {
    scroller.scrollTop = 0
    document.getElementById("say")?.focus()
  })
  scroller.prepend(button)
  scroller.addEventListener("scroll", look, { passive: true })
  document.addEventListener("visibilitychange", look)
  return {
    note({ dataset }) {
      top = Math.max(top, Number(dataset.seq))
      if (!isLooking()) unseen += 1
      show()
    },
    // How far this person has read: nothing of what came while they looked elsewhere.
    get read() {
      return unseen ? 0 : top
    },
  }
}

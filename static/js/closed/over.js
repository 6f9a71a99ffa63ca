// The end of it: nothing that was said stays in the page.
export function over(room, hasEnded) {
  const said = document.getElementById("over").content.firstElementChild
  const { door } = room.dataset
  wipe()
  // Whoever is out, while the others go on, finds the door and why.
  if (!hasEnded) return location.replace(door)
  document.title = "This evening is over"
  document.body.classList.add("is-over")
  document.body.append(said)
  said.focus()
}

export function wipe() {
  document.body.replaceChildren()
}

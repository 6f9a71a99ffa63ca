// Answering: the composer says to what, and the expert's opens for a question that was released, and for nothing else.
const open = ".asked[data-turn='expert']"

export function answering(room, log, form) {
  const isShut = form()?.dataset.opens === "expert"

  function to(line) {
    const fields = form()
    if (!fields || !line?.dataset.seq) return
    const card = line.closest(".question")
    if (fields.dataset.opens === "expert" && !mayAnswer(card)) return
    fields.elements.reply_to.value = line.dataset.seq
    const words = line.querySelector(".says p:not(.quoted), .asks p")?.textContent ?? ""
    const name = line.querySelector(".by bdi, .meta bdi")?.textContent ?? ""
    show(fields, `${line.matches(".question") ? "Answering" : "Replying to"} ${name}: ${words.slice(0, 80)}`)
    enable(fields, true)
    fields.elements.body.focus()
  }

  function cancel() {
    const fields = form()
    if (!fields) return
    fields.elements.reply_to.value = ""
    show(fields, "")
    if (fields.dataset.opens === "expert") enable(fields, false)
  }

  // Released, or answered by the expert so lately that a follow-up is still theirs. The server decides when it is sent.
  function mayAnswer(card) {
    return Boolean(card?.querySelector(open) || card?.classList.contains("follows"))
  }

  function tellTheExpert() {
    const fields = form()
    if (fields?.dataset.opens !== "expert") return
    const waiting = log.querySelectorAll(open).length
    const why = fields.querySelector("[data-why]")
    why.dataset.words ??= why.textContent
    why.textContent = waiting ? `${waiting} ${waiting === 1 ? "question" : "questions"} may need you.` : "You are here to listen."
  }

  document.addEventListener("click", event => {
    const link = event.target.closest("[data-reply]")
    if (link) to(link.closest(".question"))
    if (link && form()) event.preventDefault()
    if (event.target.closest("[data-cancel]")) cancel()
  })
  room.addEventListener("reply", ({ detail }) => to(detail))
  room.addEventListener("cancel-reply", cancel)
  room.addEventListener("heard", tellTheExpert)
  if (isShut) tellTheExpert()
  return { to, cancel }
}

function show(fields, words) {
  const shown = fields.querySelector("[data-replying]")
  shown.hidden = !words
  shown.firstElementChild.textContent = words
}

function enable(fields, isOpen) {
  fields.elements.body.disabled = !isOpen
  fields.querySelector("[data-send]").disabled = !isOpen
}

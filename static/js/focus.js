// Brings a reader to what needs their attention first: the errors of a form that came back.
export function putFocus(element) {
  element.focus()
}

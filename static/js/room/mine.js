// The conversation is drawn the same for all. Here it becomes one's own: which name is mine, which words I gave.
export function markMine(root, me) {
  for (const one of [root, ...root.querySelectorAll("[data-person], [data-by]")]) {
    if (one.dataset?.person) one.classList.toggle("you", one.dataset.person === me)
    if (one.dataset?.by) one.classList.toggle("mine", one.dataset.by.split(" ").includes(me))
  }
}

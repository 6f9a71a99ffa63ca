// Light, dark, or as the device says. Kept in a cookie, so that the server draws the next page in it at once.
const root = document.documentElement
const YEAR = 31536000

export function toggleTheme(button) {
  button.hidden = false
  button.onclick = () => {
    root.dataset.theme = isDark() ? "light" : "dark"
    const secure = location.protocol === "https:" ? "; secure" : ""
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=${YEAR}; samesite=lax${secure}`
  }
}

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark"
  return matchMedia("(prefers-color-scheme: dark)").matches
}

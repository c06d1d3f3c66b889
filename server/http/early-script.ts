/**
 * A classic script that every page loads before it is drawn: a chosen theme shows from the first frame on. It knows what
 * `client/ui/theme.ts` keeps (`localStorage.theme`), what `html.ts` writes of the installation's own theme, and the
 * grounds of `tokens.css`. Small, a file of its own, because nothing inline may run here.
 */
export const EARLY_SCRIPT = `(function () {
  var root = document.documentElement
  var theme = root.dataset.theme
  try {
    var kept = localStorage.getItem('theme')
    if (!('themeFixed' in root.dataset) && /^(system|light|dark)$/.test(kept)) theme = kept
  } catch (error) {
    // A browser that keeps nothing takes what the installation has.
  }
  if (theme !== 'light' && theme !== 'dark') {
    delete root.dataset.theme
    return
  }
  root.dataset.theme = theme
  document.querySelectorAll('meta[name="theme-color"]').forEach(function (meta) {
    meta.dataset.own = meta.content
    meta.content = theme === 'light' ? '#f4f5f7' : '#0f1114'
  })
})()
`

/**
 * A classic script that every page loads before it is drawn: a chosen theme shows from the first frame on. It knows what
 * `client/ui/theme.ts` keeps (`localStorage.theme`) and the grounds of `tokens.css`. Small, a file of its own, because
 * nothing inline may run here.
 */
export const EARLY_SCRIPT = `(function () {
  try {
    var theme = localStorage.getItem('theme')
    if (theme !== 'light' && theme !== 'dark') return
    document.documentElement.dataset.theme = theme
    document.querySelectorAll('meta[name="theme-color"]').forEach(function (meta) {
      meta.dataset.own = meta.content
      meta.content = theme === 'light' ? '#f4f5f7' : '#0f1114'
    })
  } catch (error) {
    // A browser that keeps nothing follows the system.
  }
})()
`

/**
 * A classic script that every page loads before it is drawn: a chosen theme shows from the first frame on. It knows what
 * `client/ui/theme.ts` keeps (`localStorage.theme`), what `html.ts` writes of the installation's own theme, and the
 * grounds of `tokens.css`. Small, a file of its own, because nothing inline may run here. Before that it takes a token to
 * sign in with (SPEC-access L61) out of the address, where the server does not see it, and sends it as a form.
 */
export const EARLY_SCRIPT = `(function () {
  var token = /[#&]jwt=([\\w.-]+)/.exec(location.hash)
  if (token === null) return
  var page = location.pathname + location.search
  history.replaceState(null, '', page)
  var home = new URL('.', document.currentScript.src).pathname
  var form = document.createElement('form')
  form.method = 'post'
  form.action = home + 'login/token'
  var values = { token: token[1], next: new URLSearchParams(location.search).get('next') || page.slice(home.length) }
  Object.keys(values).forEach(function (name) {
    var field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = values[name]
    form.appendChild(field)
  })
  // Without a referrer browsers send forms from nowhere, which is what ours are told apart by.
  var referrer = document.createElement('meta')
  referrer.name = 'referrer'
  referrer.content = 'same-origin'
  document.head.appendChild(referrer)
  document.documentElement.appendChild(form)
  form.submit()
})()
;(function () {
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

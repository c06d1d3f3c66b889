/**
 * The script of the page that comes in a frame before ours where it is not known whether ours may stand there (SPEC-embedding
 * EM4). The browser itself decides: `framed` has the policy of our pages and stands in a frame of its own for a moment. Plain
 * JavaScript, a file of its own, because nothing inline may run here. What it works on stands in `frame-page.ts`.
 */
export const FRAME_SCRIPT = `(function () {
  'use strict'
  var main = document.querySelector('[data-on]')
  var line = document.querySelector('[data-variable]')

  // What stands behind the # no server sees.
  main.querySelector('a').hash = location.hash

  function goOn() {
    location.replace(main.dataset.on + location.hash)
  }

  // Where browsers tell which pages are around this one, all that are missing are named.
  var known = main.dataset.known.split(' ').filter(Boolean)
  var missing = Array.from(location.ancestorOrigins || []).filter(function (origin, at, all) {
    return /^https?:/.test(origin) && origin !== location.origin && all.indexOf(origin) === at && known.indexOf(origin) < 0
  })
  if (missing.length > 0) {
    var sites = known.concat(missing)
    line.textContent = line.dataset.variable + '=' + (sites.length === 1 ? sites[0] : '"' + sites.join(' ') + '"')
  }

  function show() {
    main.hidden = false
  }

  main.hidden = true
  setTimeout(show, 5000)
  var probe = document.createElement('iframe')
  probe.hidden = true
  probe.addEventListener('load', function () {
    try {
      if (probe.contentDocument.querySelector('[data-framed]')) return goOn()
    } catch (error) {
      // What the browser shows in place of a refused page is nobody's to look into.
    }
    show()
  })
  probe.src = main.dataset.probe
  document.body.appendChild(probe)
})()
`

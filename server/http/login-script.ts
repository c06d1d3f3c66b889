/**
 * The script of the pages where one signs in (SPEC-access L50 to L54): in a frame it tries without asking, opens the
 * pop-up, and takes what that hands over; in the pop-up it hands over. Plain JavaScript, a file of its own, because
 * nothing inline may run here. What it works on stands in `login-frame.ts`.
 */
export const LOGIN_SCRIPT = `(function () {
  'use strict'
  var own = location.origin
  var TAKEN = 'inkpad-login-taken'

  function handOver() {
    var code = location.hash.slice(1)
    history.replaceState(null, '', location.pathname)
    var opener = window.opener
    if (code === '' || !opener || opener === window) return
    var left = 60
    addEventListener('message', function (event) {
      if (event.origin === own && event.source === opener && event.data === TAKEN) window.close()
    })
    // The page in the frame may be on its way just now.
    function tell() {
      if (left-- > 0) setTimeout(tell, 500)
      opener.postMessage({ inkpadLogin: code }, own)
    }
    tell()
  }

  function framed(frame) {
    var ways = frame.querySelector('[data-ways]')
    var trying = frame.querySelector('[data-trying]')
    var form = frame.querySelector('[data-hand]')
    var popup = null
    var opened = false
    var away = false
    var taken = false

    function show() {
      trying.hidden = true
      ways.hidden = false
    }

    function trySilently(address) {
      ways.hidden = true
      trying.hidden = false
      setTimeout(function () {
        window.stop()
        show()
      }, 8000)
      location.replace(address)
    }

    addEventListener('message', function (event) {
      if (event.origin !== own || !event.source || !event.data) return
      var code = event.data.inkpadLogin
      if (typeof code !== 'string' || !/^[\\w.-]{1,1000}$/.test(code)) return
      event.source.postMessage(TAKEN, own)
      if (taken) return
      taken = true
      form.querySelector('[name=code]').value = code
      form.submit()
    })
    frame.querySelectorAll('[data-popup]').forEach(function (link) {
      link.addEventListener('click', function (event) {
        opened = true
        away = false
        if (popup && !popup.closed) {
          popup.focus()
          event.preventDefault()
          return
        }
        popup = window.open(link.href, '', 'popup,width=520,height=680')
        // Where none opens the link does, in a tab that knows nothing of this page.
        if (popup) event.preventDefault()
      })
    })
    addEventListener('blur', function () {
      away = true
    })
    addEventListener('focus', function () {
      if (opened && away && !taken) trySilently(frame.dataset.again)
    })
    addEventListener('pageshow', function (event) {
      if (event.persisted) show()
    })
    // After the page's own load, which who embeds it may wait for before they show the frame.
    function begin() {
      if (frame.dataset.silent) trySilently(frame.dataset.silent)
    }
    if (document.readyState === 'complete') begin()
    else addEventListener('load', begin)
  }

  if (document.querySelector('[data-handed]')) return handOver()
  var frame = document.querySelector('[data-frame]')
  if (frame) return framed(frame)
  // Without https browsers do not say that a page stands in a frame.
  if (self !== top && document.querySelector('[data-choice]') && !/[?&]popup=/.test(location.search))
    location.replace(location.pathname + (location.search ? location.search + '&' : '?') + 'framed=1')
})()
`

/**
 * The script of the page that asks for a pad's password (SPEC-access L105). Where the browser keeps no cookie of ours it
 * proves itself with the ticket that the pad's page keeps (`client/net/identity.ts`), and tries that first. A file of its
 * own, because nothing inline may run here.
 */
export const PASSWORD_SCRIPT = `(function () {
  'use strict'
  var form = document.querySelector('form[data-password]')
  if (!form) return
  var root = new URL(form.dataset.up || './', location.href)
  var key = 'inkpad.person.' + root.pathname
  var probe = 'inkpad-probe'

  function keepsCookies() {
    var secure = location.protocol === 'https:' ? '; SameSite=None; Secure; Partitioned' : '; SameSite=Lax'
    document.cookie = probe + '=1; Path=/' + secure
    var kept = document.cookie.indexOf(probe + '=1') >= 0
    document.cookie = probe + '=; Max-Age=0; Path=/' + secure
    return kept
  }

  function remembered() {
    try {
      var value = JSON.parse(localStorage.getItem(key) || '{}')
      return value && typeof value === 'object' ? value : {}
    } catch (error) {
      return {}
    }
  }

  function ticket() {
    var person = remembered()
    if (typeof person.ticket === 'string') return Promise.resolve(person.ticket)
    return fetch(new URL('ticket', root), { method: 'POST' })
      .then(function (answer) {
        return answer.ok ? answer.json() : {}
      })
      .then(function (body) {
        if (typeof body.ticket !== 'string') return ''
        person.ticket = body.ticket
        localStorage.setItem(key, JSON.stringify(person))
        return body.ticket
      })
      .catch(function () {
        return ''
      })
  }

  if (form.dataset.known || keepsCookies()) return
  var field = form.querySelector('[name=ticket]')
  if (remembered().ticket && !form.dataset.tried) {
    field.value = remembered().ticket
    form.querySelector('[name=tried]').value = '1'
    form.submit()
    return
  }
  form.addEventListener('submit', function (event) {
    if (field.value !== '') return
    event.preventDefault()
    ticket().then(function (value) {
      field.value = value || '-'
      form.submit()
    })
  })
})()
`

/** What follows from what the check-up measured: a finding a subject, each with what it means and what to do. Pure. */
import type { Checkup } from '../../shared/admin.ts'
import type { Values } from '../i18n.ts'
import type { AdminKey } from './words.ts'

/** What the browser saw of itself, of the way to the server, and of the server. */
export interface Facts {
  page: { protocol: string; host: string; pathname: string; secureContext: boolean; cookies: boolean }
  ways: {
    /** A WebSocket of pads. */
    webSocket: boolean
    /** A WebSocket of socket.io. */
    liveSocket: boolean
    polling: boolean
  }
  /** Headers of our start page as they arrive. */
  headers: { policy: string; frameOptions: string }
  /** Ms the browser's clock is ahead of the server's. */
  ahead: number
  server: Checkup
}

/** `good`; `note`: nothing wrong, worth knowing; `care`: works, could be better; `bad`. */
export type State = 'good' | 'note' | 'care' | 'bad'

export interface Finding {
  title: AdminKey
  state: State
  said: AdminKey
  values?: Values
  /** What to do. */
  fix?: AdminKey
  /** Sentences of the server's own, in English. */
  more?: readonly string[]
  /** The proxy's block helps. */
  proxy?: true
}

const CLOCK_CARE = 5000
const CLOCK_BAD = 60_000
const SLOW_STORE = 50

/** All findings, in the order in which they are shown. */
export function judge(facts: Facts): readonly Finding[] {
  return [
    webSocket(facts),
    polling(facts),
    address(facts),
    https(facts),
    proxy(facts),
    cookies(facts),
    frames(facts),
    clock(facts),
    database(facts),
    converters(facts),
  ]
}

function webSocket({ ways }: Facts): Finding {
  const title = 'check.webSocket'
  if (ways.webSocket && ways.liveSocket) return { title, state: 'good', said: 'check.webSocketGood' }
  if (ways.webSocket || ways.liveSocket)
    return { title, state: 'note', said: 'check.webSocketHalf', fix: 'check.webSocketFix', proxy: true }
  return { title, state: 'care', said: 'check.webSocketNone', fix: 'check.webSocketFix', proxy: true }
}

function polling({ ways }: Facts): Finding {
  const title = 'check.polling'
  return ways.polling
    ? { title, state: 'good', said: 'check.pollingGood' }
    : { title, state: 'bad', said: 'check.pollingNone', fix: 'check.pollingFix', proxy: true }
}

function address({ page, server }: Facts): Finding {
  const title = 'check.address'
  const here = `${page.host}${page.pathname}`
  if (server.publicURL !== null) {
    const set = new URL(server.publicURL)
    const wanted = `${set.host}${set.pathname.replace(/\/?$/, '/')}`
    return wanted === here
      ? { title, state: 'good', said: 'check.addressGood', values: { address: here } }
      : {
          title,
          state: 'care',
          said: 'check.addressOther',
          values: { here, set: server.publicURL },
          fix: 'check.addressFix',
        }
  }
  if (server.host !== page.host)
    return {
      title,
      state: 'care',
      said: 'check.hostOther',
      values: { here: page.host, host: server.host },
      fix: 'check.hostFix',
    }
  return { title, state: 'good', said: 'check.addressGood', values: { address: here } }
}

function https({ page, server }: Facts): Finding {
  const title = 'check.https'
  if (page.protocol === 'https:')
    return server.secure
      ? { title, state: 'good', said: 'check.httpsGood' }
      : { title, state: 'care', said: 'check.httpsUnknown', fix: 'check.httpsUnknownFix' }
  return page.secureContext
    ? { title, state: 'note', said: 'check.httpsLocal' }
    : { title, state: 'care', said: 'check.httpsNone', fix: 'check.httpsNoneFix' }
}

function proxy({ server }: Facts): Finding {
  const title = 'check.proxy'
  const names = Object.keys(server.forwarded).sort().join(', ')
  if (names === '')
    return server.trustProxy
      ? { title, state: 'note', said: 'check.proxyTrusted' }
      : { title, state: 'note', said: 'check.proxyNone' }
  return server.trustProxy
    ? { title, state: 'good', said: 'check.proxyGood', values: { names } }
    : { title, state: 'care', said: 'check.proxyNotTrusted', values: { names }, fix: 'check.proxyFix' }
}

function cookies({ page }: Facts): Finding {
  const title = 'check.cookies'
  return page.cookies
    ? { title, state: 'good', said: 'check.cookiesGood' }
    : { title, state: 'bad', said: 'check.cookiesNone', fix: 'check.cookiesFix' }
}

function frames({ server, headers, page }: Facts): Finding {
  const title = 'check.frames'
  const others = server.frameAncestors.filter((one) => one !== "'self'" && one !== "'none'")
  const values = { sites: others.join(', ') }
  if (!headers.policy.includes('frame-ancestors'))
    return { title, state: 'bad', said: 'check.framesGone', fix: 'check.framesGoneFix' }
  // Where there is our policy, browsers overlook the older header; what is neither browser nor new does not.
  if (others.length > 0 && headers.frameOptions !== '')
    return {
      title,
      state: 'note',
      said: 'check.framesOldHeader',
      values: { header: headers.frameOptions },
      fix: 'check.framesOldHeaderFix',
    }
  if (server.frameAncestors.includes("'none'")) return { title, state: 'note', said: 'check.framesNobody' }
  if (others.length === 0) return { title, state: 'note', said: 'check.framesOwn', fix: 'check.framesOwnFix' }
  const every = others.includes('*')
  if (page.protocol === 'https:' && server.cookieSameSite === 'None')
    return { title, state: 'good', said: every ? 'check.framesEvery' : 'check.framesGood', values }
  const said = every ? 'check.framesEveryNoCookies' : 'check.framesNoCookies'
  const secure = page.protocol === 'https:'
  return {
    title,
    state: 'note',
    said,
    values,
    ...(secure ? { fix: 'check.framesNoCookiesFix' as const } : {}),
  }
}

function clock({ ahead }: Facts): Finding {
  const title = 'check.clock'
  const away = Math.abs(ahead)
  const values = { n: Math.round(away / 1000) }
  if (away < CLOCK_CARE) return { title, state: 'good', said: 'check.clockGood' }
  return {
    title,
    state: away < CLOCK_BAD ? 'note' : 'care',
    said: 'check.clockOff',
    values,
    fix: 'check.clockFix',
  }
}

function database({ server: { store } }: Facts): Finding {
  const title = 'check.database'
  if (store.ping === null || store.state !== 'ok')
    return {
      title,
      state: 'bad',
      said: 'check.databaseNone',
      fix: 'check.databaseFix',
      more: store.durability,
    }
  const values = { ms: Math.max(0.1, Math.round(store.ping * 10) / 10) }
  if (store.durability.length > 0)
    return { title, state: 'care', said: 'check.databaseNotDurable', values, more: store.durability }
  if (store.ping > SLOW_STORE)
    return { title, state: 'care', said: 'check.databaseSlow', values, fix: 'check.databaseSlowFix' }
  return { title, state: 'good', said: 'check.databaseGood', values }
}

function converters({ server }: Facts): Finding {
  const title = 'check.converters'
  const names = server.converters.join(', ')
  return names === ''
    ? { title, state: 'note', said: 'check.convertersNone', fix: 'check.convertersFix' }
    : { title, state: 'good', said: 'check.convertersGood', values: { names } }
}

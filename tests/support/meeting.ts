/**
 * A page of another site that embeds pads and boards, as a video meeting does: the frame is made hidden and small, is
 * shown once somebody wants it, and has the parameters meetings give. For tests, and to look at:
 *
 *     node tests/support/meeting.ts http://127.0.0.1:9001/
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'

export interface Meeting {
  readonly port: number
  /** The page of a room; `host` is one that leads to this machine, with a port where it is not the meeting's own. */
  url(room: string, wish?: MeetingWish, host?: string): string
  stop(): Promise<void>
}

export interface MeetingWish {
  /** Whose name the meeting hands on. */
  name?: string
  /** As chat programs do: no dialogs, no downloads, no navigation of the whole window; or what a sandbox is to allow. */
  sandbox?: boolean | string
  /** The frame shows this below our address instead of a pad. */
  path?: string
  /** False: the frame's request does not say who embeds it. */
  referrer?: boolean
  /** Hosts of pages around the meeting, which each have the next in a frame, the outermost first. */
  around?: readonly string[]
  /** Opens the pad without a click. */
  now?: boolean
}

/** `pads` is our address, with a slash at its end. */
export async function startMeeting(pads: string, port = 0): Promise<Meeting> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://meeting')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const inside = asked.searchParams.get('around')
    response.end(inside === null ? pageOf(pads, asked) : around(inside))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const own = (server.address() as AddressInfo).port
  return {
    port: own,
    url(
      room,
      { name, sandbox = false, path, referrer = true, around: hosts = [], now = false } = {},
      host = 'localhost',
    ) {
      const query = new URLSearchParams({
        ...(name === undefined ? {} : { name }),
        ...(sandbox === false ? {} : { sandbox: sandbox === true ? SANDBOX : sandbox }),
        ...(path === undefined ? {} : { path }),
        ...(referrer ? {} : { referrer: 'no' }),
        ...(now ? { now: '1' } : {}),
      })
      const whole = `http://${host.includes(':') ? host : `${host}:${own}`}/${encodeURIComponent(room)}${query.size === 0 ? '' : `?${query.toString()}`}`
      return hosts.reduceRight(
        (inside, one) => `http://${one}:${own}/?${new URLSearchParams({ around: inside }).toString()}`,
        whole,
      )
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What Element gives its frames. */
const SANDBOX =
  'allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts allow-presentation'

function pageOf(pads: string, asked: URL): string {
  const room = decodeURIComponent(asked.pathname.slice(1)) || 'standup'
  const name = asked.searchParams.get('name')
  // As Jitsi writes them: a space is a plus.
  const query = new URLSearchParams({
    showControls: 'true',
    showChat: 'false',
    showLineNumbers: 'true',
    useMonospaceFont: 'false',
    ...(name === null ? {} : { userName: name }),
  }).toString()
  const pad = `${pads}p/${encodeURIComponent(room)}`
  const path = asked.searchParams.get('path')
  const places = {
    pad: path === null ? `${pad}?${query}` : new URL(path, pads).href,
    board: `${pad}/board${name === null ? '' : `?${new URLSearchParams({ userName: name }).toString()}`}`,
  }
  const sandbox = asked.searchParams.get('sandbox')
  const silent = asked.searchParams.get('referrer') === 'no'
  const now = asked.searchParams.get('now') === '1'
  const data = JSON.stringify({ places, sandbox, silent, now }).replaceAll('<', String.raw`\u003c`)
  return `<!doctype html>
<meta charset="utf-8"><title>A meeting</title>
<style>
  body { margin: 0; font: 16px/1.5 sans-serif; background: #1c2025; color: #fff; }
  header { display: flex; gap: 8px; padding: 8px; align-items: center; }
  main { height: calc(100vh - 60px); }
  iframe { border: 0; background: #fff; }
</style>
<header><strong>A meeting</strong>
<button id="show-pad">Open shared document</button>
<button id="show-board">Open whiteboard</button>
<button id="hide">Hide</button></header>
<main></main>
<script>
  const { places, sandbox, silent, now } = ${data}
  const main = document.querySelector('main')
  // What the frame says to the meeting.
  window.heard = []
  addEventListener('message', (event) => window.heard.push([event.origin, event.data]))
  function open(what) {
    main.querySelector('iframe')?.remove()
    const frame = document.createElement('iframe')
    frame.id = 'etherpadIFrame'
    frame.scrolling = 'no'
    frame.width = 640
    frame.height = 480
    frame.style.visibility = 'hidden'
    if (sandbox !== null) frame.setAttribute('sandbox', sandbox)
    if (silent) frame.referrerPolicy = 'no-referrer'
    frame.onload = () => {
      frame.style.width = main.clientWidth + 'px'
      frame.style.height = main.clientHeight + 'px'
      frame.style.visibility = 'visible'
    }
    frame.src = places[what]
    main.append(frame)
  }
  document.getElementById('show-pad').onclick = () => open('pad')
  document.getElementById('show-board').onclick = () => open('board')
  document.getElementById('hide').onclick = () => { main.querySelector('iframe').style.visibility = 'hidden' }
  if (now) open('pad')
</script>
`
}

function around(inside: string): string {
  const address = inside.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<!doctype html>
<meta charset="utf-8"><title>A page around it</title>
<style> body { margin: 0; background: #345; } iframe { border: 0; width: 100vw; height: 90vh; } </style>
<iframe src="${address}"></iframe>
`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const meeting = await startMeeting(process.argv[2] ?? 'http://127.0.0.1:9001/', 8440)
  process.stdout.write(`A meeting is at ${meeting.url('standup', { name: 'Ada Lovelace' })}\n`)
}

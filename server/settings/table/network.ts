/** Settings of addresses, ports, proxies and frames. */
import { asNumber, custom, idle, number, optionalText, text, words } from '../field.ts'

/** A port's number, or the path of a Unix socket. */
const port = custom<number | string>({
  fallback: 9001,
  env: 'PORT',
  about: 'Port to listen on; a path such as /run/inkpad.sock makes it a Unix socket',
  allowed: 'a whole number from 0 to 65535, or a path beginning with /',
  read: (value) => {
    const given = asNumber(value)
    if (given !== null) return given >= 0 && given <= 65_535 ? { value: given } : { refused: {} }
    return typeof value === 'string' && value.startsWith('/') ? { value } : { refused: {} }
  },
})

/** Express' `trust proxy`, as in Etherpad. */
const trustProxy = custom<boolean | number | string>({
  fallback: false,
  env: 'TRUST_PROXY',
  about:
    'Believe X-Forwarded-* headers: true, the number of proxies in front, or their addresses; only when every request comes through a proxy that sets them',
  allowed: 'true, false, a number of proxies, or addresses and networks with commas between them',
  read: (value) => {
    if (typeof value === 'boolean') return { value }
    if (value === 'true' || value === 'false') return { value: value === 'true' }
    const hops = asNumber(value)
    if (hops !== null) return hops >= 0 && hops <= 100 ? { value: hops } : { refused: {} }
    const known = /^(loopback|linklocal|uniquelocal|[\d.]+(\/\d{1,2})?|[\da-f:.]*:[\da-f:.]*(\/\d{1,3})?)$/i
    if (typeof value !== 'string' || !value.split(',').every((part) => known.test(part.trim())))
      return { refused: {} }
    return { value }
  },
})

/** Addresses without their trailing slash, so that a path can be added. */
const publicURL = optionalText(
  'PUBLIC_URL',
  'Address people use, such as https://example.org/pad; links that leave the page name it',
  {
    allowed: 'an http or https address without query and fragment',
    check: (given) => {
      const url = URL.canParse(given) ? new URL(given) : null
      const plain =
        url !== null && /^https?:$/.test(url.protocol) && url.search + url.hash + url.username === ''
      return plain ? url.href.replace(/\/+$/, '') : null
    },
  },
)

const basePath = optionalText(
  'BASE_PATH',
  'Path before ours that a proxy leaves in requests, such as /pad; not needed when the proxy removes it',
  {
    allowed: 'a path such as /pad, or null',
    check: (given) => {
      const path = given.replace(/\/+$/, '')
      return /^(\/[\w.~-]+)+$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path) ? path : null
    },
  },
)

const ANCESTOR = /^(\*|'self'|'none'|self|none|https?:|https?:\/\/(\*\.)?[\w.-]+(:(\d{1,5}|\*))?\/?)$/i

export const NETWORK = {
  ip: text('0.0.0.0', 'IP', 'Address to listen on'),
  port,
  ssl: {
    key: optionalText('SSL_KEY', 'File with the private key (PEM), to speak https without a proxy'),
    cert: optionalText('SSL_CERT', 'File with the certificate and those above it (PEM)'),
    ca: words([], 'SSL_CA', 'Files with further certificates (PEM)', 'names of files', (word) => word !== ''),
  },
  publicURL,
  basePath,
  trustProxy,
  embedding: {
    frameAncestors: words(
      ["'self'"],
      'FRAME_ANCESTORS',
      "Sites that may show pads in a frame, besides our own address, which may always; * for all, 'none' for nobody",
      "*, 'self', 'none' or origins such as https://meet.example.org",
      (word) => ANCESTOR.test(word),
    ),
  },
  socketIo: {
    allowedOrigins: words(
      [],
      'SOCKETIO_ALLOWED_ORIGINS',
      'Further origins whose pages may connect to pads',
      'origins such as https://example.org',
      (word) => URL.canParse(word) && new URL(word).origin === word.replace(/\/$/, '').toLowerCase(),
    ),
    maxHttpBufferSize: number(
      1_000_000,
      1,
      100_000_000,
      'SOCKETIO_MAX_HTTP_BUFFER_SIZE',
      'Bytes of one request or message of socket.io; at least 1000000, which our pages need',
    ),
  },
  socketTransportProtocols: idle(
    ['websocket', 'polling'],
    null,
    'Ways socket.io may take',
    'pages use a WebSocket and take to polling by themselves where none passes',
    { quiet: (value) => Array.isArray(value) && value.includes('websocket') && value.includes('polling') },
  ),
}

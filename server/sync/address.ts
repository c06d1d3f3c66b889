/** Whose network address a connection comes from, and whether it says anything about a person (SPEC-sync S29). */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')
PRIVATE.addAddress('::1', 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addSubnet('fe80::', 10, 'ipv6')

/**
 * The address a request comes from, as far as it can be known; empty when it cannot. With `trustProxy` the proxy's own
 * entry in X-Forwarded-For, the last one, names the person; without it the header is ignored.
 */
export function addressIn(request: IncomingMessage, trustProxy: boolean): string {
  return forwarded(request, trustProxy) ?? ownAddress(request)
}

/**
 * The address to count by, or null when it stands for nobody in particular: a proxy in front or a house behind one
 * router. IPv6 counts by /64, which is what one house gets.
 */
export function countedAddress(request: IncomingMessage, trustProxy: boolean): string | null {
  const named = forwarded(request, trustProxy)
  if (named !== null) return shorten(named)
  const address = ownAddress(request)
  const kind = isIP(address)
  if (kind === 0 || PRIVATE.check(address, kind === 6 ? 'ipv6' : 'ipv4')) return null
  return shorten(address)
}

function forwarded(request: IncomingMessage, trustProxy: boolean): string | null {
  if (!trustProxy) return null
  const header = request.headers['x-forwarded-for']
  const named = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').pop()?.trim() ?? ''
  return isIP(named) ? named : null
}

function ownAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/i, '')
}

function shorten(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const full =
    tail === undefined
      ? left
      : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return full.slice(0, 4).join(':')
}

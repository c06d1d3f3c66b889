/** Network addresses in the log, as the setting `ipLogging` wants them. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Settings } from './settings/schema.ts'
import { addressIn } from './sync/address.ts'

/** The part of a log entry that says where a request comes from; nothing when addresses are not logged. */
export type AddressLog = (request: IncomingMessage) => { address?: string }

/** Makes the {@link AddressLog} of a server. */
export function createAddressLog({
  ipLogging,
  trustProxy,
}: Pick<Settings, 'ipLogging' | 'trustProxy'>): AddressLog {
  if (ipLogging === 'anonymous') return () => ({})
  const trusts = trustProxy !== false && trustProxy !== 0
  return (request) => {
    const address = addressIn(request, trusts)
    return { address: ipLogging === 'full' ? address : truncated(address) }
  }
}

/** An address without what tells houses apart: 24 bits of an IPv4 address, 48 of an IPv6 one. */
export function truncated(address: string): string {
  const kind = isIP(address)
  if (kind === 4) return address.replace(/\d+$/, '0')
  if (kind !== 6) return ''
  const [head = ''] = address.split('::', 1)
  const groups = head === '' ? [] : head.split(':')
  return `${[...groups, '0', '0', '0'].slice(0, 3).join(':')}::`
}

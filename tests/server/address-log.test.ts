import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { createAddressLog, truncated } from '../../server/address-log.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage

describe('Settings: ipLogging', () => {
  test.each([
    ['anonymous', {}],
    ['truncated', { address: '198.51.100.0' }],
    ['full', { address: '198.51.100.7' }],
  ] as const)('%s', (ipLogging, entry) => {
    expect(createAddressLog({ ipLogging, trustProxy: false })(from('::ffff:198.51.100.7'))).toEqual(entry)
  })

  test('a proxy names the person only where it is trusted', () => {
    const request = from('10.0.0.1', '203.0.113.9, 198.51.100.7')
    expect(createAddressLog({ ipLogging: 'full', trustProxy: false })(request).address).toBe('10.0.0.1')
    expect(createAddressLog({ ipLogging: 'full', trustProxy: true })(request).address).toBe('198.51.100.7')
    const lie = from('10.0.0.1', '\u001b[2J')
    expect(createAddressLog({ ipLogging: 'full', trustProxy: 1 })(lie).address).toBe('10.0.0.1')
  })

  test.each([
    ['198.51.100.7', '198.51.100.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:db8::6', '2001:db8:0::'],
    ['::1', '0:0:0::'],
    ['', ''],
  ])('%s is shortened to %s', (address, short) => {
    expect(truncated(address)).toBe(short)
  })
})

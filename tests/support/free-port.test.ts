import { expect, test } from '@jest/globals'
import { freePort } from './free-port.ts'

test('ports for servers are given once, and are none that a system usually gives to connections', async () => {
  const ports = await Promise.all(Array.from({ length: 100 }, freePort))
  expect(new Set(ports).size).toBe(100)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

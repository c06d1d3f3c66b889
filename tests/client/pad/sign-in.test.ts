/** Where a page leads to sign in, and what it offers (SPEC-access L34). */
import { expect, test } from '@jest/globals'
import { readBoot } from '../../../client/pad/boot.ts'
import { placeOf, signInActions, signInAddress } from '../../../client/pad/sign-in.tsx'

test.each([
  ['https://pads.example/p/notes', 'https://pads.example/', 'p/notes'],
  ['https://pads.example/pad/p/notes?lang=de&x=1', 'https://pads.example/pad/', 'p/notes?lang=de&x=1'],
  ['https://pads.example/pad/p/notes/board', 'https://pads.example/pad/', 'p/notes/board'],
  ['https://pads.example/p/p/p/notes#L3', 'https://pads.example/p/p/', 'p/notes'],
  ['https://pads.example/', 'https://pads.example/', ''],
])('L34: %s is below %s', (address, root, page) => {
  expect(placeOf(address)).toEqual({ root, page })
  expect(signInAddress(address)).toBe(`${root}login?next=${encodeURIComponent(page)}`)
})

test('L34: a page offers the way in, the way out, or nothing', () => {
  expect(signInActions(undefined)).toEqual([])
  expect(signInActions({ as: null, can: false })).toEqual([])
  expect(signInActions({ as: null, can: true }).map(({ label }) => label)).toEqual(['login.enter'])
  // Somebody who is signed in can always leave.
  expect(signInActions({ as: { name: 'Ada' }, can: false }).map(({ label }) => label)).toEqual([
    'login.mine',
    'login.out',
  ])
})

test('L34: what the server says of it is read with the page', () => {
  const read = (login: unknown) => readBoot(JSON.stringify({ pad: 'x', login }))?.login
  expect(read(undefined)).toBeUndefined()
  expect(read({ as: { name: 'Ada' }, can: true })).toEqual({ as: { name: 'Ada' }, can: true })
  expect(read({ as: { name: 7 }, can: 1 })).toEqual({ as: { name: '' }, can: false })
  expect(read({ as: null, can: true })).toEqual({ as: null, can: true })
})

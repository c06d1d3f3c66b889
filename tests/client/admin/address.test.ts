/** @jest-environment jsdom */
import { exportAddress, padAddress } from '../../../client/admin/pad-address.ts'
import { expect, test } from '@jest/globals'
import { followAddress, go, place, readPlace, refine, writePlace } from '../../../client/admin/route.ts'
import { readSort, SORTS, writeSort } from '../../../client/admin/sort.ts'

test('A50: the address names the room and what is looked for there', () => {
  expect(readPlace('#pads?search=a%20b&page=2')).toEqual({
    room: 'pads',
    query: { search: 'a b', page: '2' },
  })
  expect(readPlace('')).toEqual({ room: 'overview', query: {} })
  expect(readPlace('#nowhere?x=1').room).toBe('overview')
  expect(readPlace('#constructor').room).toBe('overview')
  expect(writePlace('pads', { search: 'ä&b', page: '' })).toBe('#pads?search=%C3%A4%26b')
  expect(readPlace(writePlace('log', { search: 'x=1&y' })).query).toEqual({ search: 'x=1&y' })
})

test('A50: another room is another step of the way back, other search words are not', async () => {
  const stop = followAddress()
  go('pads')
  await new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }))
  expect(place.value.room).toBe('pads')
  const steps = history.length
  refine({ search: 'x' })
  refine({ page: '3' })
  expect(place.value).toEqual({ room: 'pads', query: { search: 'x', page: '3' } })
  refine({ page: '' })
  expect(location.hash).toBe('#pads?search=x')
  expect(history.length).toBe(steps)
  stop()
})

test('A50: how a list is sorted stands in the address: names from A, all else from the most', () => {
  expect(readSort(SORTS.pads, '')).toEqual({ order: 'edited', descending: true })
  expect(readSort(SORTS.pads, 'name')).toEqual({ order: 'name', descending: false })
  expect(readSort(SORTS.pads, 'bytes-up')).toEqual({ order: 'bytes', descending: false })
  expect(readSort(SORTS.pads, 'password-up')).toEqual({ order: 'edited', descending: true })
  expect(readSort(SORTS.people, '')).toEqual({ order: 'seen', descending: true })
  for (const order of SORTS.pads)
    for (const descending of [true, false])
      expect(readSort(SORTS.pads, writeSort({ order, descending }))).toEqual({ order, descending })
})

test('a pad and its files have addresses beside the administration, whatever the name', () => {
  expect(padAddress('50% ä/b')).toBe('../p/50%25%20%C3%A4%2Fb')
  expect(exportAddress('plan', 'md')).toBe('../p/plan/export/md')
})

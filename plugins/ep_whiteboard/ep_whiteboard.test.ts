import { describe, expect, test } from '@jest/globals'
import { partValue, readPart } from './parts.ts'
import { declaration } from './shared.ts'
import { boardAddress, boardNames, wboBase } from './wbo.ts'

const PAGE = 'https://pads.example/pad/p/notes'

describe('where another WBO is', () => {
  test.each([
    ['', '', null],
    ['undefined', 'undefined', null],
    ['https://wbo.example', '', 'https://wbo.example/'],
    ['https://wbo.example/x?y#z', '', 'https://wbo.example/x/'],
    ['../../whitepad/', '', 'https://pads.example/whitepad/'],
    ['/whitepad', '', 'https://pads.example/whitepad/'],
    ['', 'meet.darkstar.lan/whitepad', 'https://meet.darkstar.lan/whitepad/'],
    ['', 'https://old.example', 'https://old.example/'],
    ['https://new.example', 'old.example', 'https://new.example/'],
    ['javascript:alert(1)', '', null],
    ['data:text/html,x', '', null],
  ])('wboUrl "%s" and host "%s" lead to %s', (wboUrl, host, base) => {
    expect(wboBase({ wboUrl, host }, PAGE)).toBe(base)
  })

  test('a pad has its board under the newer rule for names and, where that differs, the older', () => {
    expect(boardNames('notes-1')).toEqual(['notes-1'])
    expect(boardNames('a.b c')).toEqual(['a~46~b~32~c', 'a.b c'])
    expect(boardAddress('https://wbo.example/x/', 'a.b c')).toBe('https://wbo.example/x/boards/a.b%20c')
    expect(boardAddress('https://wbo.example/', '../x')).toBe('https://wbo.example/boards/..%2Fx')
  })
})

describe('pictures in the text', () => {
  test.each([
    [{ kind: 'all' }],
    [{ kind: 'shape', id: 'abcDEF0123' }],
    [{ kind: 'view', x: -10, y: 0, width: 300, height: 200.5 }],
  ] as const)('%j is read as it was written', (part) => {
    expect(readPart(JSON.parse(JSON.stringify(partValue(part))))).toEqual(part)
  })

  test.each([
    null,
    7,
    'x',
    { shape: '<b>' },
    { shape: 7 },
    { view: [0, 0, 0, 1] },
    { view: [0, 0, Infinity, 1] },
    { view: 'all' },
  ])('%j, which nobody wrote, is the whole board', (value) => {
    expect(readPart(value)).toEqual({ kind: 'all' })
  })
})

test('the settings have the names of Etherpad’s plugins; none of them opens a board by itself', () => {
  expect(Object.keys(declaration.settings ?? {})).toEqual(
    expect.arrayContaining(['wboUrl', 'host', 'onByDefault', 'icon', 'position', 'autoFullscreen']),
  )
  expect(declaration.settings?.onByDefault).toMatchObject({ default: false, scope: 'user' })
})

test('files draw the part of the board that a picture in the text shows', () => {
  const rule = declaration.exports?.['board']?.board
  expect(rule?.({ shape: 'abcDEF0123' })).toEqual({ kind: 'shape', id: 'abcDEF0123' })
  expect(rule?.(true)).toEqual({ kind: 'all' })
})

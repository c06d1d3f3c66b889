import { expect, test } from '@jest/globals'
import { fileAddress } from '../../client/board/files/save.ts'
import { exportAddress } from '../../client/pad/export-file.ts'
import { saverOf } from '../../client/sandbox.ts'

test.each([
  ['https://x.example/p/notes?userName=Ada#L1', '/save?file=p%2Fnotes%2Fexport%2Fpdf%3Ftoc%3D1'],
  ['https://x.example/pad/p/notes', '/pad/save?file=p%2Fnotes%2Fexport%2Fpdf%3Ftoc%3D1'],
  ['https://x.example/p/p', '/save?file=p%2Fp%2Fexport%2Fpdf%3Ftoc%3D1'],
  ['https://x.example/p/p/x', '/p/save?file=p%2Fx%2Fexport%2Fpdf%3Ftoc%3D1'],
  ['https://x.example/p/gr%C3%BC%C3%9Fe', '/save?file=p%2Fgr%25C3%25BC%25C3%259Fe%2Fexport%2Fpdf%3Ftoc%3D1'],
])('EM9: a file of the pad at %s is saved by %s', (page, saver) => {
  const here = new URL(page)
  expect(saverOf(exportAddress(here.pathname, 'pdf', { toc: true }), here)).toBe(saver)
})

test.each([
  ['https://x.example/p/notes/board?hideMenu=true', '/save?file=p%2Fnotes%2Fboard%2Fexport%2Fsvg'],
  ['https://x.example/pad/p/p/board', '/pad/save?file=p%2Fp%2Fboard%2Fexport%2Fsvg'],
])('EM9: a file of the board at %s is saved by %s', (page, saver) => {
  const wishes = {
    kind: 'svg',
    part: null,
    scale: '1',
    transparent: false,
    dark: false,
    whole: false,
  } as const
  expect(saverOf(fileAddress(page, wishes), new URL(page))).toBe(saver)
})

import { afterAll, describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { fontFiles } from '../../../server/formats/pdf/fonts.ts'
import { createPress } from '../../../server/formats/pdf/press.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { FileOptions } from '../../../server/formats/types.ts'
import { startProcess } from '../../../server/store/start-worker.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { anyContent } from '../../support/content.ts'
import { PEOPLE, pluginFormats, rich } from './rich.ts'
import { everything } from './sample.ts'
import { bytesOf, sourceOf } from './sources.ts'

const press = createPress()
afterAll(() => press.close())

const data = (content: Content, options: Partial<FileOptions> = {}, rtl = false): Uint8Array<ArrayBuffer> =>
  bytesOf(
    'pdf',
    sourceOf(content, {
      formats: pluginFormats,
      options: { ...NO_OPTIONS, ...options },
      people: PEOPLE,
      rtl,
    }),
  )
const pages = async (content: Content, options: Partial<FileOptions> = {}, rtl = false): Promise<Buffer> =>
  Buffer.from(await press.press(data(content, options, rtl)))
const ALL = { toc: true, authors: true, lineNumbers: true, cover: true } as const

describe('pages', () => {
  test('F46: tagged, with an outline, a title and PDF/UA, and the same bytes each time', async () => {
    const all = [...everything, ...rich.filter(({ attributes }) => attributes?.['strike'] !== true)]
    const made = await pages(all, ALL)
    const text = made.toString('latin1')
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    for (const part of ['/StructTreeRoot', '/Outlines', '/Lang', '<pdfuaid:part>1<', 'D:20231114221320'])
      expect(text).toContain(part)
    expect(text).toMatch(/\/Count [3-9]/)
    expect((await pages(structuredClone(all), ALL)).compare(made)).toBe(0)
    const other = createPress()
    expect(Buffer.from(await other.press(data(all, ALL))).compare(made)).toBe(0)
    await other.close()
  }, 60_000)

  test('F46: what PDF/UA does not know, such as words both underlined and struck, is tagged all the same', async () => {
    expect((await pages(rich)).toString('latin1')).toContain('/StructTreeRoot')
    const made = await pages([
      { insert: 'first' },
      { insert: '\n', attributes: { header: 1 } },
      { insert: 'third' },
      { insert: '\n', attributes: { header: 3 } },
    ])
    expect(made.toString('latin1')).toContain('/StructTreeRoot')
  }, 60_000)

  test('F46: whatever the text, it becomes pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyContent(20),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        async (random, text, rtl) => {
          const made = await pages([...random, { insert: `${text}\n` }], ALL, rtl)
          expect(made.subarray(0, 5).toString()).toBe('%PDF-')
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)

  test('F46: an empty pad is an empty page', async () => {
    expect((await pages([{ insert: '\n' }])).toString('latin1')).toContain('/Count 1')
    expect((await pages([], { toc: true, cover: true })).subarray(0, 4).toString()).toBe('%PDF')
  }, 60_000)
})

test('F46: what people write is data: nothing of it is in the template or read as markup', () => {
  const evil = '#read("/etc/passwd") *b* = h $x$ `c` <a> @r "q" \\ // /* #import "x"'
  const [head = '', json = ''] = Buffer.from(data([{ insert: `${evil}\n` }]))
    .toString()
    .split('\n')
  expect(JSON.parse(head)).toEqual({ time: 1_700_000_000_000, cjk: false, emoji: false, files: [] })
  expect((JSON.parse(json) as { blocks: { r: unknown[][] }[] }).blocks[0]?.r[0]?.[0]).toBe(evil)
})

test('F46: fonts that a text has no letters for are not loaded; all that are named are there', () => {
  const head = (text: string): unknown =>
    JSON.parse(
      Buffer.from(data([{ insert: `${text}\n` }]))
        .toString()
        .split('\n')[0] ?? '',
    )
  expect(head('日本')).toMatchObject({ cjk: true, emoji: false })
  expect(head('☔')).toMatchObject({ cjk: false, emoji: true })
  const files = fontFiles()
  for (const file of [...files.base, ...files.cjk, ...files.emoji]) expect(existsSync(file)).toBe(true)
})

describe('the process', () => {
  test('F47: a text that takes too long ends it, and the next one has another', async () => {
    const hasty = createPress({ patience: 1 })
    await expect(hasty.press(data(everything))).rejects.toMatchObject({ code: 'tooLarge', status: 413 })
    await hasty.close()
    expect((await pages(everything)).length).toBeGreaterThan(1000)
  }, 60_000)

  test('F47: a folder that something took away while nothing was made is made again', async () => {
    const folders: string[] = []
    const press = createPress({ texts: 1 }, (folder) => {
      folders.push(folder)
      const { href } = new URL('../../../server/formats/pdf/press.ts', import.meta.url)
      return startProcess(href, 'press-child', folder)
    })
    try {
      for (let time = 0; time < 2; time++) {
        const pdf = Buffer.from(await press.press(data([{ insert: 'words\n' }])))
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
        rmSync(folders.at(-1) ?? '', { recursive: true })
      }
      expect(new Set(folders).size).toBe(2)
    } finally {
      await press.close()
    }
  }, 60_000)

  test('F47: what takes too much memory ends it', async () => {
    const small = createPress({ memory: 1, watch: 1 })
    await expect(
      small.press(data(Array.from({ length: 3000 }, (_, at) => ({ insert: `line ${at} with words\n` })))),
    ).rejects.toMatchObject({ code: 'tooLarge' })
    await small.close()
  }, 60_000)

  test('F47: where its program does not run, the answer offers other documents', async () => {
    const none = createPress({}, () =>
      spawn(process.execPath, ['-e', 'process.exit(1)'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    )
    await expect(none.press(data(everything))).rejects.toMatchObject({ code: 'noFormat', status: 501 })
    await none.close()
  }, 60_000)

  test('F47: after so many texts it is begun anew', async () => {
    const short = createPress({ texts: 1 })
    const one = Buffer.from(await short.press(data(everything)))
    expect(one.compare(await short.press(data(everything)))).toBe(0)
    await short.close()
  }, 60_000)
})

/** What files cost: our writers and readers beside the converters that are installed (reference: export-import 3 and 7). */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import * as Y from 'yjs'
import { createExporter } from '../../server/formats/exporter.ts'
import { writerOf } from '../../server/formats/formats.ts'
import { zipSync } from 'fflate'
import { createPress } from '../../server/formats/pdf/press.ts'
import type { Press } from '../../server/formats/pdf/press.ts'
import { readFile } from '../../server/formats/read/read.ts'
import type { PadReader } from '../../server/formats/source.ts'
import { NO_OPTIONS } from '../../server/formats/types.ts'
import type { PadSource } from '../../server/formats/types.ts'
import { NO_PAD_SETTINGS } from '../../shared/settings.ts'
import type { Insert } from '../../shared/text/delta.ts'
import { coreFormats } from '../../shared/text/formats.ts'
import { sections } from './document.ts'

const TYPES = ['txt', 'html', 'md', 'json', 'etherpad', 'docx', 'odt', 'epub', 'pdf'] as const
const READ = ['html', 'md', 'docx', 'odt', 'epub', 'json', 'etherpad'] as const
const ROUNDS = 11

function sourceOf(content: readonly Insert[]): PadSource {
  return {
    shown: 'bench',
    title: 'bench',
    lang: 'en',
    rtl: false,
    revision: 1,
    time: 1_700_000_000_000,
    created: 1_700_000_000_000,
    options: NO_OPTIONS,
    people: [],
    formats: coreFormats,
    content,
    chat: [],
    past: [],
    settings: NO_PAD_SETTINGS,
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0)

/** Sections of the documents, and about how many pages these are. */
const DOCUMENTS = [
  [10, 8],
  [50, 40],
] as const

/** Prints tables through `say`. */
export async function measureFormats(say: (line?: string) => void): Promise<void> {
  const press = createPress()
  for (const [count, pages] of DOCUMENTS) {
    say(`### Files of ${count} sections (about ${pages} pages)`)
    say()
    await converters(say, await written(say, press, count))
  }
  await press.close()
  refusals(say)
  await beside(say)
}

/** What other programs get of the same text. */
interface Inputs {
  html: Uint8Array
  docx: Uint8Array
}

/** Ours; gives what others get. */
async function written(say: (line?: string) => void, press: Press, count: number): Promise<Inputs> {
  const inputs: Inputs = { html: new Uint8Array(), docx: new Uint8Array() }
  say('| file | first ms | median ms | kB | read again ms |')
  say('|---|---|---|---|---|')
  for (const type of TYPES) {
    const times: number[] = []
    let file: Uint8Array<ArrayBuffer> = new Uint8Array()
    for (let round = 0; round < ROUNDS; round += 1) {
      // Other words each time: nothing of the round before helps.
      const source = sourceOf(sections(count, round + 1))
      const began = performance.now()
      const made = writerOf(type)?.write(source) ?? ''
      file = typeof made === 'string' ? new TextEncoder().encode(made) : made
      if (type === 'pdf') file = new Uint8Array(await press.press(file))
      times.push(performance.now() - began)
    }
    if (type === 'html' || type === 'docx') inputs[type] = file
    const read = READ.some((one) => one === type) ? ms(reading(file, type)) : '-'
    say(
      `| ${type} | ${ms(times[0] ?? 0)} | ${ms(median(times.slice(1)))} | ${(file.length / 1000).toFixed(0)} | ${read} |`,
    )
  }
  say()
  return inputs
}

/** Bytes of the bomb of the reference: 300 kB that unpack to 300 MB. */
const BOMB = 300_000_000

/** How soon a bomb is known for one. */
function refusals(say: (line?: string) => void): void {
  const bomb = Buffer.from(
    zipSync({ '[Content_Types].xml': new Uint8Array(1), 'word/document.xml': new Uint8Array(BOMB) }),
  )
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now()
    try {
      readFile(bomb, 'x.docx', false)
    } catch {
      return performance.now() - began
    }
    throw new Error('a bomb was read')
  })
  say(
    `A docx of ${(bomb.length / 1000).toFixed(0)} kB that unpacks to ${BOMB / 1e6} MB is refused after ${median(times).toFixed(2)} ms.`,
  )
  say()
}

function reading(file: Uint8Array, type: string): number {
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now()
    readFile(Buffer.from(file), `x.${type}`, false)
    times.push(performance.now() - began)
  }
  return median(times)
}

/** Whoever is here, on our own HTML; AbiWord, which opens none of it, on our docx. */
async function converters(say: (line?: string) => void, { html, docx }: Inputs): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inkpad-bench-'))
  const input = join(folder, 'in.html')
  writeFileSync(input, html)
  const word = join(folder, 'in.docx')
  const rows: string[] = []
  const run = (name: string, target: string, command: string, args: readonly string[]): void => {
    const times: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now()
      const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'ignore', timeout: 60_000 })
      if (error || status !== 0) return
      times.push(performance.now() - began)
    }
    rows.push(`| ${name} | ${target} | ${ms(times[0] ?? 0)} | ${ms(median(times))} |`)
  }
  const profile = `-env:UserInstallation=file://${folder}/profile`
  for (const target of ['docx:MS Word 2007 XML', 'odt', 'pdf:writer_web_pdf_Export'])
    run('LibreOffice', target.replace(/:.*/, ''), 'soffice', [
      profile,
      '--headless',
      '--convert-to',
      target,
      input,
    ])
  for (const target of ['docx', 'odt', 'epub'])
    run('pandoc', target, 'pandoc', [input, '-o', `out.${target}`])
  // LibreOffice has written over it.
  writeFileSync(word, docx)
  for (const target of ['odt', 'rtf', 'pdf'])
    run('AbiWord, of docx', target, 'abiword', ['--to', target, word])
  rmSync(folder, { recursive: true, force: true })
  if (rows.length === 0) return
  say('Converters of the same text, as HTML but where it is said, with their start:')
  say()
  say('| program | file | first ms | median ms |')
  say('|---|---|---|---|')
  for (const row of rows) say(row)
  say()
}

/** How long everybody else waits while a pad of 10 MB becomes a file. */
async function beside(say: (line?: string) => void): Promise<void> {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  const piece = sections(50)
  doc.transact(() => {
    while (text.length < 5_000_000) text.applyDelta([{ retain: text.length }, ...piece], { sanitize: false })
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  const reader: PadReader = {
    head: async () => ({ revision: 1, id: '1 g' }),
    at: async () => ({ updates: [update], clients: new Map(), created: 0, time: 0 }),
    past: async () => ({ base: [], time: 0, steps: [] }),
    chat: async () => [],
    people: async () => [],
    settings: async () => NO_PAD_SETTINGS,
  }
  const exporter = createExporter({ reader, formats: () => coreFormats })
  say(`### A pad of ${(update.length / 1e6).toFixed(1)} MB becomes a file beside editing`)
  say()
  say('| file | ms | longest wait of the rest, ms |')
  say('|---|---|---|')
  for (const type of ['txt', 'html', 'docx', 'odt'] as const) {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const began = performance.now()
    await exporter.make({
      pad: 'x',
      shown: 'x',
      revision: null,
      lang: '',
      rtl: false,
      type,
      options: NO_OPTIONS,
    })
    const took = performance.now() - began
    delay.disable()
    say(`| ${type} | ${ms(took)} | ${ms(delay.max / 1e6)} |`)
  }
  await exporter.close()
  say()
}

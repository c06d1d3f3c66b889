/** Files of pads: reads, has them written on a thread, keeps what was made of a revision (SPEC-formats F11, F12, F14). */
import type { Formats } from '../../shared/text/formats.ts'
import { startWorker } from '../store/start-worker.ts'
import { writerOf } from './formats.ts'
import type { FromThread, ToThread } from './job.ts'
import { rulesToldBy, tableNames, toldBy } from './portable.ts'
import type { ToldRule } from './portable.ts'
import { createQueue } from './queue.ts'
import type { QueueLimits } from './queue.ts'
import type { PadReader } from './source.ts'
import { createThreads } from './threads.ts'
import type { Talk, Threads } from './threads.ts'
import { createPress } from './pdf/press.ts'
import type { Press } from './pdf/press.ts'
import type { FileOptions, PadFacts, TextFacts, Writer } from './types.ts'

/** What is to be made. */
export interface Wanted {
  pad: string
  /** The name to show. */
  shown: string
  /** Null for the newest. */
  revision: number | null
  lang: string
  rtl: boolean
  /** A type there is a writer for. */
  type: string
  options: FileOptions
}

export interface Exporter {
  /** The file. @throws AppError `notFound`, `busy`; StoreDown */
  make(wanted: Wanted): Promise<Uint8Array>
  close(): Promise<void>
}

/** Bytes of files that are kept, all together. */
const KEPT = 16_000_000
const QUEUE: QueueLimits = { atOnce: 2, waiting: 20, patience: 15_000 }
const THREADS = { patience: 60_000, idle: 60_000 }
/** Pictures of one file, and their bytes. */
const MOST_PICTURES = 500
const MOST_PICTURE_BYTES = 48 * 1024 * 1024
/** Of a thread's own memory; a text of 10 MB takes a tenth of it. */
const MEMORY_MB = 1024

/** Threads for files. */
export function fileThreads(): Threads {
  return createThreads(
    () => startWorker(import.meta.url, 'file-worker', null, { maxOldGenerationSizeMb: MEMORY_MB }),
    THREADS,
  )
}

export function createExporter({
  reader,
  formats,
  kept: most = KEPT,
  queue: limits = QUEUE,
  threads = fileThreads(),
  press = createPress(),
  picture = async () => null,
}: {
  reader: PadReader
  /** The bytes of a pad's picture. */
  picture?: (pad: string, key: string) => Promise<{ mime: string; bytes: Uint8Array } | null>
  /** The table in use. */
  formats: () => Formats
  kept?: number
  queue?: QueueLimits
  threads?: Threads
  press?: Press
}): Exporter {
  const queue = createQueue(limits)
  const kept = new Map<string, { formats: Formats; file: Uint8Array }>()
  const underWay = new Map<string, Promise<{ file: Uint8Array; whole: boolean }>>()
  let length = 0

  function keep(key: string, file: Uint8Array, table: Formats): void {
    forget(key)
    kept.set(key, { file, formats: table })
    length += file.length
    for (const oldest of kept.keys()) {
      if (length <= most) break
      forget(oldest)
    }
  }

  function forget(key: string): void {
    length -= kept.get(key)?.file.length ?? 0
    kept.delete(key)
  }

  async function write(
    talk: Talk,
    wanted: Wanted,
    revision: number,
    newest: boolean,
    table: Formats,
  ): Promise<{ file: Uint8Array; whole: boolean }> {
    const { pad, shown, lang, rtl, type, options } = wanted
    const say = async (message: ToThread): Promise<FromThread> => answered(await talk.ask(message))
    const { created, time, ...text } = await reader.at(pad, revision)
    const writer = writerOf(type)
    const all = writer?.needs === 'pad'
    const past = all && writer.past ? await reader.past(pad, revision) : null
    const read = await say({ kind: 'read', text, past, names: tableNames(table) })
    if (read.kind !== 'read') throw new TypeError('the thread speaks of something else')
    const chat = all ? await reader.chat(pad, newest ? null : time) : []
    const ids = all || options.authors ? [...read.authors, ...chat.map(({ author }) => author)] : []
    const facts: TextFacts = {
      shown,
      title: shown,
      lang,
      rtl,
      revision,
      time,
      options,
      people: await reader.people(ids),
    }
    const more: PadFacts | null = all
      ? { ...facts, created, chat, settings: await reader.settings(pad) }
      : null
    const told = toldBy(table, read.asked)
    const rules = rulesToldBy(table, read.rules)
    const pictures = all ? [] : await picturesOf(pad, rules)
    const found = new Map(pictures.flatMap(([key, one]) => (one ? [[key, one] as const] : [])))
    const written = await say({
      kind: 'write',
      type,
      facts: { ...(more ?? facts), pictures: found },
      told,
      rules,
    })
    if (written.kind !== 'written') throw new TypeError('the thread speaks of something else')
    return { file: written.file, whole: found.size === pictures.length }
  }

  /** What a text shows of the pad's pictures; null for one that is not there. */
  async function picturesOf(
    pad: string,
    rules: readonly ToldRule[],
  ): Promise<(readonly [string, { mime: string; bytes: Uint8Array } | null])[]> {
    const keys = new Set(rules.flatMap((rule) => rule.picture?.key ?? []))
    const out: (readonly [string, { mime: string; bytes: Uint8Array } | null])[] = []
    let room = MOST_PICTURE_BYTES
    for (const key of [...keys].slice(0, MOST_PICTURES)) {
      const one = await picture(pad, key)
      room -= one?.bytes.length ?? 0
      if (room > 0) out.push([key, one])
    }
    return out
  }

  /** Pages are made elsewhere, and the thread is free meanwhile. */
  const made = async (
    { file, whole }: { file: Uint8Array; whole: boolean },
    writer: Writer,
  ): Promise<{ file: Uint8Array; whole: boolean }> => ({
    file: 'press' in writer ? await press.press(file) : file,
    whole,
  })

  return {
    async make(wanted) {
      const { pad, shown, lang, rtl, type, options } = wanted
      const writer = writerOf(type)
      if (writer === null) throw new RangeError(`no writer of ${type}`)
      const head = await reader.head(pad)
      const revision = wanted.revision ?? head.revision
      const newest = revision === head.revision
      const table = formats()
      const key = JSON.stringify([head.id, revision, writer.ending, shown, lang, rtl, options])
      const known = kept.get(key)
      if (known?.formats === table) {
        keep(key, known.file, table)
        return known.file
      }
      const begun = underWay.get(key)
      if (begun) return (await begun).file
      const work = queue.run(async () =>
        made(await threads.run((talk) => write(talk, wanted, revision, newest, table)), writer),
      )
      underWay.set(key, work)
      try {
        const { file, whole } = await work
        // Chat, names and settings change without a revision.
        // A picture that is missing may come without one, too.
        if (whole && writer.needs === 'text' && !options.authors && file.length <= most)
          keep(key, file, table)
        return file
      } finally {
        underWay.delete(key)
      }
    },
    async close() {
      await Promise.all([threads.close(), press.close()])
    },
  }
}

function answered(answer: FromThread): FromThread {
  if (answer.kind === 'failed') throw new Error(`a file could not be made: ${answer.message}`)
  return answer
}

/** Files of pads: reads, writes, keeps what was made of a revision (SPEC-formats F11, F12). */
import type { Formats } from '../../shared/text/formats.ts'
import { createQueue } from './queue.ts'
import type { QueueLimits } from './queue.ts'
import type { PadReader } from './source.ts'
import type { Writer } from './types.ts'

/** What is to be made. */
export interface Wanted {
  /** The pad's real name. */
  pad: string
  /** The name to show. */
  shown: string
  /** Null for the newest. */
  revision: number | null
  lang: string
  rtl: boolean
  writer: Writer
}

export interface Exporter {
  /** The file's text. @throws AppError `notFound`, `busy`; StoreDown */
  make(wanted: Wanted): Promise<string>
}

/** UTF-16 units of files that are kept, all together. */
const KEPT = 8_000_000
const QUEUE: QueueLimits = { atOnce: 2, waiting: 20, patience: 15_000 }

export function createExporter({
  reader,
  formats,
  kept: most = KEPT,
  queue: limits = QUEUE,
}: {
  reader: PadReader
  /** The table in use. */
  formats: () => Formats
  kept?: number
  queue?: QueueLimits
}): Exporter {
  const queue = createQueue(limits)
  const kept = new Map<string, { formats: Formats; file: string }>()
  const underWay = new Map<string, Promise<string>>()
  let length = 0

  function keep(key: string, file: string, table: Formats): void {
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

  async function write(wanted: Wanted, revision: number, newest: boolean, table: Formats): Promise<string> {
    const { pad, shown, lang, rtl, writer } = wanted
    const at = await reader.at(pad, revision)
    const text = { shown, title: shown, lang, rtl, revision, formats: table, ...at }
    if (writer.needs === 'text') return writer.write(text)
    const [company, settings] = await Promise.all([reader.company(pad, at, newest), reader.settings(pad)])
    return writer.write({ ...text, ...company, settings })
  }

  return {
    async make(wanted) {
      const { pad, shown, lang, rtl, writer } = wanted
      const head = await reader.head(pad)
      const revision = wanted.revision ?? head.revision
      const newest = revision === head.revision
      const table = formats()
      const key = JSON.stringify([head.id, revision, writer.ending, shown, lang, rtl])
      const known = kept.get(key)
      if (known?.formats === table) {
        keep(key, known.file, table)
        return known.file
      }
      const begun = underWay.get(key)
      if (begun) return begun
      const work = queue.run(() => write(wanted, revision, newest, table))
      underWay.set(key, work)
      try {
        const file = await work
        // Chat, names and settings change without a revision.
        if (writer.needs === 'text' && file.length <= most) keep(key, file, table)
        return file
      } finally {
        underWay.delete(key)
      }
    },
  }
}

/**
 * Mends leaked formats (SPEC-text R14). Yjs stores a format as a pair of markers; after concurrent changes an end marker
 * may be missing, and the format runs on to the next marker. As no writer of ours formats a newline inline, a newline that
 * carries an inline format shows the leak; as none formats text with a line format, such text shows one too.
 */
import * as Y from 'yjs'
import { coreFormats, isInlineKey, isLineKey } from './formats.ts'
import type { Formats } from './formats.ts'

export interface TidyOptions {
  formats?: Formats
  /**
   * For text from writers that do format newlines (a stock Quill client): only the newlines lose the format, the text
   * after them keeps it.
   */
  keepText?: boolean
  /** Origin of the transaction that mends. */
  origin?: unknown
}

interface Leak {
  key: string
  /** UTF-16 units from the beginning of the text. */
  from: number
  to: number
}

/** Whether {@link tidy} would write. Walks the items once, no delta is made. */
export function needsTidy(text: Y.Text, options: TidyOptions = {}): boolean {
  return findLeaks(text, options, true).length > 0
}

/**
 * Removes leaked formats in one transaction with one write of nulls. Returns whether it wrote; a second call writes
 * nothing. One writer per text only: the server after a flush, or a client before its own next change of that place.
 */
export function tidy(text: Y.Text, options: TidyOptions = {}): boolean {
  const leaks = findLeaks(text, options, false)
  if (leaks.length === 0) return false
  const delta = nullsFor(leaks)
  const write = (): void => text.applyDelta(delta)
  if (text.doc) text.doc.transact(write, options.origin)
  else write()
  return true
}

function findLeaks(text: Y.Text, options: TidyOptions, firstOnly: boolean): Leak[] {
  const formats = options.formats ?? coreFormats
  const inline = new Set<string>()
  const line = new Set<string>()
  const onThisLine = new Set<string>()
  const running = new Map<string, number>()
  const leaks: Leak[] = []
  let index = 0

  const stop = (key: string): void => {
    const from = running.get(key)
    if (from === undefined) return
    running.delete(key)
    if (index > from) leaks.push({ key, from, to: index })
  }
  const marker = (key: string, value: unknown): void => {
    stop(key)
    const kind = isInlineKey(key, formats) ? inline : isLineKey(key, formats) ? line : undefined
    if (value === null) kind?.delete(key)
    else kind?.add(key)
    onThisLine.add(key)
  }
  const characters = (length: number): void => {
    for (const key of line) {
      if (running.has(key)) continue
      if (onThisLine.has(key)) leaks.push({ key, from: index, to: index + length })
      else running.set(key, index)
    }
    index += length
  }
  const newline = (): void => {
    for (const key of inline) {
      if (options.keepText) leaks.push({ key, from: index, to: index + 1 })
      else if (!running.has(key)) running.set(key, index)
    }
    onThisLine.clear()
    index += 1
  }

  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentFormat) marker(content.key, content.value)
    else if (!item.countable) continue
    else if (!(content instanceof Y.ContentString)) characters(item.length)
    else if (inline.size === 0 && line.size === 0) {
      if (onThisLine.size > 0 && content.str.includes('\n')) onThisLine.clear()
      index += content.str.length
    } else {
      let from = 0
      for (let at = content.str.indexOf('\n'); at >= 0; at = content.str.indexOf('\n', from)) {
        if (at > from) characters(at - from)
        newline()
        from = at + 1
      }
      if (content.str.length > from) characters(content.str.length - from)
    }
    if (firstOnly && (leaks.length > 0 || running.size > 0)) {
      for (const key of running.keys()) leaks.push({ key, from: 0, to: index })
      return leaks
    }
  }
  for (const key of running.keys()) stop(key)
  return leaks
}

/** One change that writes null over every leak. */
function nullsFor(leaks: readonly Leak[]): { retain: number; attributes?: Record<string, null> }[] {
  const events = leaks
    .flatMap(({ key, from, to }) => [
      { at: from, key, by: 1 },
      { at: to, key, by: -1 },
    ])
    .sort((a, b) => a.at - b.at)
  const depth = new Map<string, number>()
  const delta: { retain: number; attributes?: Record<string, null> }[] = []
  let at = 0
  for (const event of events) {
    if (event.at > at) {
      const keys = [...depth.keys()]
      const retain = event.at - at
      if (keys.length === 0) delta.push({ retain })
      else delta.push({ retain, attributes: Object.fromEntries(keys.map((key) => [key, null])) })
      at = event.at
    }
    const now = (depth.get(event.key) ?? 0) + event.by
    if (now > 0) depth.set(event.key, now)
    else depth.delete(event.key)
  }
  return delta
}

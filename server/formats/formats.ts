/** The formats there are (SPEC-formats F9). */
import { docx } from './docx/docx.ts'
import { epub } from './epub/epub.ts'
import { etherpad } from './etherpad.ts'
import { html } from './html-page.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import { odt } from './odt/odt.ts'
import { pdf } from './pdf/pdf.ts'
import { txt } from './txt.ts'
import type { Writer } from './types.ts'

/** By the name in an address. `markdown` is what Etherpad's plugin calls it. */
const WRITERS: ReadonlyMap<string, Writer> = new Map([
  ['txt', txt],
  ['html', html],
  ['md', markdown],
  ['markdown', markdown],
  ['docx', docx],
  ['odt', odt],
  ['pdf', pdf],
  ['epub', epub],
  ['json', json],
  ['etherpad', etherpad],
])

/** The writer of a type; null when there is none. */
export function writerOf(type: string): Writer | null {
  return WRITERS.get(type) ?? null
}

/** Settings files as text: JSON with comments and trailing commas, and where something stands in it. */
import { readFileSync } from 'node:fs'
import { parse, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'
import { AppError } from '../errors.ts'
import { isTree } from './substitute.ts'

/** Bytes of a settings file. */
export const LONGEST_FILE = 2 * 1024 * 1024

/** A place in a text, both from 1. */
export interface Place {
  line: number
  column: number
}

/** Something wrong with the text itself. */
export class BadText extends AppError {
  readonly place: Place
  readonly fault: string
  constructor(file: string, place: Place, fault: string) {
    super('badSettings', `${file}, line ${place.line}, column ${place.column}: ${fault}`)
    this.place = place
    this.fault = fault
  }
}

/** The text of a file without byte order mark; null when there is none. @throws AppError `badSettings` */
export function readSettingsText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const code = isTree(error) && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') return null
    throw new AppError('badSettings', `${file} cannot be read (${code})`)
  }
}

/** What a text says. Empty says nothing. @throws BadText */
export function parseSettings(file: string, text: string): Record<string, unknown> {
  const errors: ParseError[] = []
  const content: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const first = errors[0]
  if (first !== undefined) throw new BadText(file, placeAt(text, first.offset), wordsFor(first))
  if (content === undefined) return {}
  if (!isTree(content)) throw new BadText(file, placeAt(text, 0), 'it must hold a JSON object: { ... }')
  return content
}

/** `ColonExpected` → `colon expected`. */
function wordsFor(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/(?!^)[A-Z]/g, ' $&')
    .toLowerCase()
}

/** The place of an offset. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The tree of a text that parses; undefined for an empty one. */
export function treeOf(text: string): Node | undefined {
  return parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true })
}

/** The node at a path; of a key that stands there twice the last one, which counts. */
export function nodeAt(root: Node | undefined, path: readonly string[]): Node | undefined {
  let node = root
  for (const key of path) {
    const property = node?.children?.findLast((one) => one.children?.[0]?.value === key)
    node = property?.children?.[1]
  }
  return node
}

/** Where a key stands, or the nearest thing around it that is in the text. */
export function placeOf(text: string, path: readonly string[]): Place {
  const root = treeOf(text)
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(root, path.slice(0, length))
    if (node !== undefined) return placeAt(text, node.parent?.offset ?? node.offset)
  }
  return { line: 1, column: 1 }
}

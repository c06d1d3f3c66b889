/** What is wrong with a shape's text (SPEC-board B20): words with formats of `shared/text`, nothing else. */
import { isInlineKey, isLineKey, isValidFormat } from '../../text/formats.ts'
import type { FormatValue } from '../../text/delta.ts'
import { safeLink } from '../../text/links.ts'
import { MAX_TEXT } from '../limits.ts'
import { isPlainObject } from '../model/keys.ts'
import type { ShapeFault } from './shape.ts'

const MOST_RUNS = 5000
const MOST_FORMATS = 64
const LONGEST_FORMAT = 2048
const FORMAT_NAME = /^[A-Za-z][\w-]{0,255}$/

/** What is wrong with a list of inserts; null for nothing. Unknown formats stay, as long as they are short scalars. */
export function checkText(content: unknown): ShapeFault | null {
  if (!Array.isArray(content) || content.length > MOST_RUNS) return 'text'
  let length = 0
  for (const run of content as readonly unknown[]) {
    if (!isPlainObject(run) || typeof run['insert'] !== 'string') return 'text'
    length += run['insert'].length
    if (length > MAX_TEXT) return 'text'
    const fault = checkFormats(run['attributes'])
    if (fault) return fault
  }
  return null
}

function checkFormats(attributes: unknown): ShapeFault | null {
  if (attributes === undefined) return null
  if (!isPlainObject(attributes)) return 'text'
  const entries = Object.entries(attributes)
  if (entries.length > MOST_FORMATS) return 'text'
  for (const [name, value] of entries) {
    if (!FORMAT_NAME.test(name) || !isScalar(value)) return 'text'
    if (value === null) continue
    if (name === 'link' && safeLink(value) === null) return 'link'
    if ((isInlineKey(name) || isLineKey(name)) && !isValidFormat(name, value)) return 'text'
  }
  return null
}

function isScalar(value: unknown): value is FormatValue {
  if (typeof value === 'string') return value.length <= LONGEST_FORMAT
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}

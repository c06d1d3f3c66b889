/** The facts of what happened in a few words. */
import { AUDIT_KINDS } from '../../shared/audit.ts'
import type { AuditKind } from '../../shared/audit.ts'

/** Is it a kind we have a word for? */
export function isKind(word: string): word is AuditKind {
  return (AUDIT_KINDS as readonly string[]).includes(word)
}

/** `{"format":"docx","token":false}` → `docx`; a fact that is true is its name, one that is false is left out. */
export function factWords(facts: string): string {
  let value: unknown = null
  try {
    value = JSON.parse(facts)
  } catch {
    // What cannot be read is shown as nothing.
  }
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .filter(([, one]) => one !== false && one !== '')
    .map(([key, one]) => (one === true ? key : String(one)))
    .join(' · ')
}

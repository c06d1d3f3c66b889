/** A template is a text in Markdown. */

export interface Template {
  id: string
  title: string
  hint: string
  text: string
}

/** The longest text, in UTF-16 units, and the most of the administrator's. */
export const LONGEST = 65_536
export const MOST = 50

/** What the server's answer holds; what is not right in form is left out. */
export function readTemplates(value: unknown): Template[] {
  if (!Array.isArray(value)) return []
  return (value as unknown[]).slice(0, MOST).flatMap((one) => {
    const { id, title, hint, text } = (one ?? {}) as Record<string, unknown>
    return typeof id === 'string' &&
      typeof title === 'string' &&
      typeof hint === 'string' &&
      typeof text === 'string'
      ? [{ id, title, hint, text: text.slice(0, LONGEST) }]
      : []
  })
}

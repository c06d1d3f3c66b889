/** JSON with one spelling per value: object keys sorted at every depth, so that equal values are equal strings. */

/** The one spelling of a JSON value. Anything JSON cannot say becomes null. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    const from = inner as Record<string, unknown>
    const sorted: Record<string, unknown> = Object.create(null)
    for (const key of Object.keys(from).sort()) sorted[key] = from[key]
    return sorted
  })
}

/** The object a JSON text holds; an empty one when it holds anything else. Never throws. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

/** What a request to the HTTP API says: query and body read as one, nothing said twice (SPEC-groups G22). */
import type { Request } from 'express'
import { AppError } from '../../errors.ts'

/** Values by name. */
export type Parameters = ReadonlyMap<string, unknown>

/**
 * The parameters of a request whose body was read. A name that says two different things is refused: which of them was
 * checked and which was used must never differ.
 * @throws AppError `badRequest`
 */
export function parametersOf(request: Request): Parameters {
  const all = new Map<string, unknown>()
  const body: unknown = request.body
  for (const source of [request.query as unknown, body]) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) continue
    for (const [name, value] of Object.entries(source)) {
      if (value === undefined) continue
      if (Array.isArray(value) || (all.has(name) && String(all.get(name)) !== String(value)))
        throw new AppError('badRequest', `${name} is given twice`)
      all.set(name, value)
    }
  }
  return all
}

/** A text; '' when it is missing. Numbers and booleans of JSON are taken as written. */
export function textOf(parameters: Parameters, name: string): string {
  const value = parameters.get(name)
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A text, or undefined when it is missing. @throws AppError `badRequest` for anything else */
export function optionalTextOf(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name)
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new AppError('badRequest', `${name} is not a string`)
  return value
}

/** A number; NaN for what is none. */
export function numberOf(parameters: Parameters, name: string): number {
  const text = textOf(parameters, name).trim()
  return text === '' ? Number.NaN : Number(text)
}

/** True for `true` and "true" alone, as with Etherpad. */
export function flagOf(parameters: Parameters, name: string): boolean {
  return textOf(parameters, name) === 'true'
}

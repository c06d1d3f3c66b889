/** What requests of the administrator's page say, checked. Each throws AppError `badRequest` that names what is wrong. */
import { AppError } from '../errors.ts'

type Input = Readonly<Record<string, unknown>>

/** A text; `otherwise` where nothing is said. */
export function textIn(input: Input, key: string, most: number, otherwise?: string): string {
  const value = input[key]
  if (value === undefined && otherwise !== undefined) return otherwise
  if (typeof value !== 'string' || value.length > most)
    throw new AppError('badRequest', `${key} must be a text of at most ${most} characters.`)
  return value
}

/** A whole number, as such or in a query's text. */
export function wholeIn(input: Input, key: string, least: number, most: number, otherwise: number): number {
  const value = input[key]
  if (value === undefined || value === '') return otherwise
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most)
    throw new AppError('badRequest', `${key} must be a whole number from ${least} to ${most}.`)
  return number
}

/** One of several words. */
export function choiceIn<T extends string>(input: Input, key: string, words: readonly T[], otherwise: T): T {
  const value = input[key]
  if (value === undefined || value === '') return otherwise
  const word = words.find((one) => one === value)
  if (word === undefined) throw new AppError('badRequest', `${key} must be one of ${words.join(', ')}.`)
  return word
}

/** True or false, as such or in a query's text. */
export function flagIn(input: Input, key: string, otherwise: boolean): boolean {
  const value = input[key]
  if (value === undefined || value === '') return otherwise
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw new AppError('badRequest', `${key} must be true or false.`)
}

/** The members of a JSON body. */
export function bodyOf(body: unknown): Input {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Input
  throw new AppError('badRequest', 'The request must hold a JSON object.')
}

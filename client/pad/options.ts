/** What an embedding page may ask of a pad's page, in Etherpad's query parameters. Pure. */
import type { ReadonlySignal } from '@preact/signals'
import { HUES, isPersonColour } from '../../shared/colour.ts'
import { LIMITS } from '../../shared/protocol.ts'
import type { PadOptions, PadSettings } from '../../shared/settings.ts'

/** The options of a server that sets none. */
export const DEFAULT_OPTIONS: PadOptions = {
  noColors: false,
  showControls: true,
  showChat: true,
  showLineNumbers: true,
  useMonospaceFont: false,
  userName: null,
  userColor: null,
  rtl: false,
  alwaysShowChat: false,
  chatAndUsers: false,
  lang: null,
  fadeInactiveAuthorColors: true,
  enforceReadableAuthorColors: true,
  showMenuRight: true,
}

/** Reads one parameter; undefined leaves the option as it is. */
type Reader<T> = (value: string) => T | undefined

/** Etherpad gives some parameters one effective value only; any other leaves the option alone. */
const onlyTrue: Reader<boolean> = (value) => (value === 'true' ? true : undefined)
const onlyFalse: Reader<boolean> = (value) => (value === 'false' ? false : undefined)
const either: Reader<boolean> = (value) => onlyTrue(value) ?? onlyFalse(value)

const READERS: { [K in keyof PadOptions]: Reader<PadOptions[K]> } = {
  noColors: onlyTrue,
  showControls: either,
  showChat: either,
  showLineNumbers: either,
  useMonospaceFont: either,
  userName: (value) =>
    value.trim() === '' || value === 'false' ? undefined : value.trim().slice(0, LIMITS.name),
  userColor: personColour,
  rtl: (value) => value === 'true',
  alwaysShowChat: onlyTrue,
  chatAndUsers: onlyTrue,
  lang: (value) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) ? value : undefined),
  fadeInactiveAuthorColors: either,
  enforceReadableAuthorColors: either,
  showMenuRight: either,
}

/** The options of a page: the server's, overlaid with what its query asks for. `asked` names what the query set. */
export function readOptions(
  query: URLSearchParams,
  server: PadOptions,
): { options: PadOptions; asked: ReadonlySet<keyof PadOptions> } {
  const options = { ...server }
  const asked = new Set<keyof PadOptions>()
  const overlay = <K extends keyof PadOptions>(key: K): void => {
    const raw = query.get(key)
    const value = raw === null ? undefined : READERS[key](raw)
    if (value === undefined) return
    options[key] = value
    asked.add(key)
  }
  for (const key of optionKeys) overlay(key)
  return { options, asked }
}

/**
 * The options in force, as an object that reads them anew each time: what the pad's owner enforces, else what the query
 * asks for, else what the owner decided, else the server's.
 */
export function optionsInForce(
  options: PadOptions,
  asked: ReadonlySet<keyof PadOptions>,
  pad: ReadonlySignal<PadSettings>,
): PadOptions {
  const live = { ...options }
  for (const key of optionKeys)
    Object.defineProperty(live, key, {
      enumerable: true,
      get: () => {
        const decided = pad.value.options[key]
        const counts = decided !== undefined && (pad.value.enforce || !asked.has(key))
        return counts ? decided : options[key]
      },
    })
  return live
}

const optionKeys = Object.keys(READERS) as (keyof PadOptions)[]

/**
 * A colour in any of Etherpad's notations as a person's colour: `#rgb`, `#rrggbb`, with or without `#`; one of the
 * twelve hues by its hex becomes that hue, so that it adapts to dark.
 */
function personColour(value: string): string | undefined {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim())?.[1]?.toLowerCase()
  if (hex === undefined) return undefined
  const full = `#${hex.length === 3 ? hex.replaceAll(/./g, '$&$&') : hex}`
  const hue = HUES.findIndex((colour) => colour === full)
  const colour = hue < 0 ? full : String(hue + 1)
  return isPersonColour(colour) ? colour : undefined
}

/** The line, from 1, that a fragment such as `#L12` points to. */
export function lineFromHash(hash: string): number | null {
  const line = Number(/^#L(\d{1,7})$/.exec(hash)?.[1])
  return line > 0 ? line : null
}

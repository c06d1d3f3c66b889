/** Which values of a plugin's settings count for this person in this pad, and what they chose on this device. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { defaultsOf, isPublic, mayDecide, readField } from '../../shared/plugin/fields.ts'
import type { Field, Fields, FieldValue, Values } from '../../shared/plugin/fields.ts'
import type { PadSettings } from '../../shared/settings.ts'

/** Values by plugin and setting. */
export type Choices = Readonly<Record<string, Readonly<Record<string, FieldValue>>>>

/** The layers a value comes from, lowest first. */
export interface Layers {
  server: Readonly<Record<string, FieldValue>>
  pad: Readonly<Record<string, FieldValue>>
  own: Readonly<Record<string, FieldValue>>
  /** What the pad decides counts more than what a person chose. */
  enforce: boolean
}

/** The values in force: a person's choice unless the pad enforces its own, else the pad's, else the server's. */
export function valuesInForce<F extends Fields>(fields: F, layers: Layers): Values<F> {
  const values: Record<string, FieldValue> = { ...defaultsOf(fields) }
  for (const [key, field] of Object.entries(fields)) {
    if (!isPublic(field)) continue
    const pad = mayDecide('pad', field) ? read(field, layers.pad, key) : undefined
    const own = mayDecide('user', field) ? read(field, layers.own, key) : undefined
    const first = layers.enforce && pad !== undefined ? pad : (own ?? pad)
    const value = first ?? read(field, layers.server, key)
    if (value !== undefined) values[key] = value
  }
  return values as Values<F>
}

/** The layers of one plugin. */
export function layersOf(
  name: string,
  server: Layers['server'],
  settings: PadSettings,
  choices: Choices,
): Layers {
  return {
    server,
    pad: ownEntry(settings.plugins, name) ?? {},
    own: ownEntry(choices, name) ?? {},
    enforce: settings.enforce,
  }
}

/** Whether the pad's owner took a setting out of people's hands. */
export function isEnforced(name: string, key: string, settings: PadSettings): boolean {
  return settings.enforce && ownEntry(ownEntry(settings.plugins, name) ?? {}, key) !== undefined
}

/** A value of a layer; undefined where there is none that is right. */
function read(field: Field, layer: Layers['own'], key: string): FieldValue | undefined {
  const value = ownEntry(layer, key)
  if (value === undefined) return undefined
  try {
    return readField(field, value)
  } catch {
    return undefined
  }
}

function ownEntry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

const KEY = 'inkpad.plugins'

/** What this person chose, kept on this device. */
export interface OwnChoices {
  readonly all: ReadonlySignal<Choices>
  set(plugin: string, key: string, value: FieldValue): void
}

/** @param storage null where the browser keeps nothing: choices then hold for this page */
export function ownChoices(storage: Pick<Storage, 'getItem' | 'setItem'> | null): OwnChoices {
  const all = signal(kept(storage))
  return {
    all,
    set(plugin, key, value) {
      // Another tab may have chosen something since.
      const before = storage ? { ...all.peek(), ...kept(storage) } : all.peek()
      const values = new Map(Object.entries(ownEntry(before, plugin) ?? {})).set(key, value)
      all.value = Object.fromEntries([...Object.entries(before), [plugin, Object.fromEntries(values)]])
      try {
        storage?.setItem(KEY, JSON.stringify(all.value))
      } catch {
        // Not kept, still in force.
      }
    },
  }
}

function kept(storage: Pick<Storage, 'getItem'> | null): Choices {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}')
    if (!isRecord(value)) return {}
    return Object.fromEntries(
      Object.entries(value).flatMap(([plugin, choices]) =>
        isRecord(choices) ? [[plugin, Object.fromEntries(Object.entries(choices).filter(isChoice))]] : [],
      ),
    ) as Choices
  } catch {
    return {}
  }
}

function isChoice([, value]: [string, unknown]): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

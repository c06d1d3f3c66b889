/** Parts of the page that are fetched when they are first shown (SPEC-board B317; the settings of a pad). */
import { signal } from '@preact/signals'
import { h } from 'preact'
import type { ComponentType, JSX } from 'preact'

/**
 * A component in place of one that `load` brings: nothing is there until it came. What cannot be fetched, for want of a
 * network, is asked for again when it is next shown.
 */
export function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element | null {
  const found = signal<{ View: ComponentType<Props> } | null>(null)
  let underWay = false
  const fetch = async (): Promise<void> => {
    underWay = true
    try {
      found.value = { View: await load() }
    } catch {
      // Shown again it may come.
    } finally {
      underWay = false
    }
  }
  return (props) => {
    const there = found.value
    if (there) return h(there.View, props)
    if (!underWay) void fetch()
    return null
  }
}

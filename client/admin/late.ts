import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** Ms after the last key until what was typed is looked for. */
const REST = 200

/** A value that follows at once, but while somebody types only when they rest. */
export function useLate(value: string, typed: string): string {
  const shown = useSignal(value)
  const before = useRef(typed)
  useEffect(() => {
    const typing = before.current !== typed
    before.current = typed
    if (!typing) {
      shown.value = value
      return
    }
    const timer = setTimeout(() => (shown.value = value), REST)
    return () => clearTimeout(timer)
  }, [value])
  return shown.value
}

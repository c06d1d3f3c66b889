/** How this person likes the chat: whether there is one, whether it stays open, whether people stand beside it (P16). */
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'

export interface ChatChoices {
  show?: boolean
  keep?: boolean
  people?: boolean
}

const KEY = 'inkpad.chat.choices'

/** The choices this browser keeps. */
export function chatChoices(): Signal<ChatChoices> {
  return signal(readChoices(stored()))
}

/** Changes one, for the next visit too. */
export function chooseChat(choices: Signal<ChatChoices>, change: ChatChoices): void {
  choices.value = { ...choices.peek(), ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(choices.peek()))
  } catch {
    // Not kept, still shown.
  }
}

/** Checks choices of unknown origin. */
export function readChoices(text: string | null): ChatChoices {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    const given = Object.entries(value).filter(
      ([key, choice]) => ['show', 'keep', 'people'].includes(key) && typeof choice === 'boolean',
    )
    return Object.fromEntries(given) as ChatChoices
  } catch {
    return {}
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

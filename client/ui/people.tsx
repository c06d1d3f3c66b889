import type { JSX } from 'preact'

/** Somebody to draw: a name, maybe empty, and `1` to `12` or `#rrggbb`. */
export interface Face {
  id: string
  name: string
  colour: string
}

/** Attributes that give an element a person's colours, see `[data-person]` in the style sheet. */
export function personColour(colour: string): { 'data-person': string; style?: Record<string, string> } {
  return colour.startsWith('#')
    ? { 'data-person': 'own', style: { '--hue': colour } }
    : { 'data-person': colour }
}

/** Up to two letters that stand for a name; empty for a nameless guest. */
export function initials(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = letterOf(words[0])
  const last = words.length > 1 ? letterOf(words.at(-1)) : ''
  return (first + last).toLocaleUpperCase()
}

function letterOf(word: string | undefined): string {
  return word?.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? ''
}

interface AvatarProps {
  face: Face
  /** What a nameless person is called. */
  nameless: string
  size?: 'small' | 'normal' | 'large'
  away?: boolean
}

/** A person's disc. The name is in the tooltip; the initials are drawn by the style sheet, being a picture, not words. */
export function Avatar({ face, nameless, size = 'normal', away = false }: AvatarProps): JSX.Element {
  const letters = initials(face.name)
  return (
    <span
      class={`avatar ${size}${away ? ' away' : ''}`}
      title={face.name || nameless}
      data-letters={letters || undefined}
      {...personColour(face.colour)}
    >
      {letters === '' && (
        <svg class="icon small" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M6.75 6.5a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0-6.5 0zM3.75 17c.35-3.3 2.85-5.25 6.25-5.25S15.9 13.7 16.25 17" />
        </svg>
      )}
    </span>
  )
}

interface AvatarsProps {
  faces: readonly Face[]
  most: number
  nameless: string
  class?: string
}

/** The first few people and a count of the rest. */
export function Avatars({ faces, most, nameless, class: kind = '' }: AvatarsProps): JSX.Element {
  const shown = faces.length > most ? faces.slice(0, most) : faces
  const rest = faces.length - shown.length
  return (
    <span class={`avatars ${kind}`} aria-hidden="true">
      {shown.map((face) => (
        <Avatar key={face.id} face={face} nameless={nameless} />
      ))}
      {rest > 0 && <span class="avatar rest" dir="ltr" data-letters={`+${rest}`} />}
    </span>
  )
}

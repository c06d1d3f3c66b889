import type { JSX } from 'preact'

const WIDTHS = [56, 96, 90, 62, 38, 92, 84, 48]

/** Grey lines where the lines of a text will be. */
export function SkeletonLines({ label }: { label: string }): JSX.Element {
  return (
    <div class="lines" role="status" aria-label={label} aria-busy="true">
      {WIDTHS.map((width, index) => (
        <span
          key={width}
          class={`skeleton${index === 0 || index === 4 ? ' head' : ''}`}
          style={{ inlineSize: `${width}%` }}
        />
      ))}
    </div>
  )
}

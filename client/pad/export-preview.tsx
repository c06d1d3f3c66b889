import type { JSX } from 'preact'
import type { DocumentOptions, Kind } from './export-file.ts'

/** Units of a sheet of each paper; ten are about a centimetre and a half. */
const SHEETS = { a4: { width: 84, height: 119 }, letter: { width: 86, height: 112 } } as const
const GAP = 10
/** Widths of lines of text, as parts of the line's room. */
const LINES = [1, 0.94, 0.97, 0.6, 1, 0.9, 0.98, 0.95, 0.4] as const
const ENTRIES = [0.7, 0.55, 0.62, 0.5, 0.66] as const

/** How the first sheets of a file will be: what was chosen, drawn. */
export function ExportPreview({ kind, options }: { kind: Kind; options: DocumentOptions }): JSX.Element {
  const { width, height } = SHEETS[options.letter ? 'letter' : 'a4']
  // A web page goes on below; others begin a new sheet.
  const apart = kind !== 'html'
  const cover = options.cover ? <Cover /> : null
  const contents = options.toc ? <Contents top={apart ? 14 : 12} /> : null
  const text = (top: number): JSX.Element => <Words top={top} width={width} options={options} />
  const sheets = apart
    ? [cover, contents, text(14)].filter((one) => one !== null)
    : [
        <>
          {options.cover && <rect class="preview-dark" x={24} y={8} width={36} height={4} rx={1} />}
          {options.toc && (
            <g transform={`translate(0 ${options.cover ? 10 : 0})`}>
              <Contents top={8} />
            </g>
          )}
          {text(8 + (options.cover ? 10 : 0) + (options.toc ? 38 : 0))}
        </>,
      ]
  return (
    <svg
      class="export-preview"
      viewBox={`0 0 ${3 * width + 2 * GAP + 2} ${height + 2}`}
      aria-hidden="true"
      focusable="false"
    >
      {sheets.map((sheet, at) => (
        <g key={at} transform={`translate(${1 + at * (width + GAP)} 1)`}>
          <rect class="preview-sheet" width={width} height={height} rx={2} />
          {sheet}
        </g>
      ))}
    </svg>
  )
}

function Cover(): JSX.Element {
  return (
    <>
      <rect class="preview-dark" x={14} y={42} width={50} height={6} rx={1} />
      <rect class="preview-line" x={14} y={53} width={28} height={2.5} rx={1} />
    </>
  )
}

function Contents({ top }: { top: number }): JSX.Element {
  return (
    <>
      <rect class="preview-dark" x={14} y={top} width={24} height={4} rx={1} />
      {ENTRIES.map((part, at) => {
        const x = at % 2 === 1 ? 19 : 14
        const y = top + 9 + at * 5
        return (
          <g key={at}>
            <rect class="preview-link" x={x} y={y} width={40 * part} height={2} rx={1} />
            <rect class="preview-line" x={66} y={y} width={4} height={2} rx={1} />
          </g>
        )
      })}
    </>
  )
}

function Words({
  top,
  width,
  options: { authors, lineNumbers },
}: {
  top: number
  width: number
  options: DocumentOptions
}): JSX.Element {
  const room = width - 28
  return (
    <>
      <rect class="preview-dark" x={14} y={top} width={34} height={4} rx={1} />
      {LINES.map((part, at) => {
        const y = top + 10 + at * 6
        return (
          <g key={at}>
            {authors && (
              <rect
                class={at < 4 ? 'preview-one' : 'preview-other'}
                x={13}
                y={y - 1.75}
                width={room * part + 2}
                height={5.5}
              />
            )}
            {lineNumbers && <rect class="preview-line" x={6} y={y} width={3} height={2} rx={1} />}
            <rect class="preview-line" x={14} y={y} width={room * part} height={2} rx={1} />
          </g>
        )
      })}
    </>
  )
}

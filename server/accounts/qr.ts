/** A QR code as a picture that stands in the page itself, so that the secret in it goes nowhere else. */
import { encode } from 'uqr'

/** Light squares around it, as readers want them. */
const BORDER = 4

/** An `<svg>` with a label; black on white in every theme, because cameras want it so. */
export function qrSvg(text: string, label: string): string {
  const { size, data } = encode(text, { ecc: 'M', border: BORDER })
  const rows = data.map((row, y) =>
    runs(row)
      .map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
      .join(''),
  )
  return `<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="220" height="220" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${rows.join('\n')}"/></svg>`
}

/** Where dark squares stand in a row, as places and widths. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  row.forEach((dark, x) => {
    const last = found.at(-1)
    if (!dark) return
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  })
  return found
}

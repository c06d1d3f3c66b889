/** How Excalidraw's elements look, in our terms (SPEC-board B523). */
import type { Dash, Font, Head, Style } from '../../../shared/board/model/style.ts'
import { readColour } from './colours.ts'

/** As it stands in a file; nothing of it is believed. */
export type Element = Readonly<Record<string, unknown>>

export function number(value: unknown, otherwise = 0): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise
}

const DASHES: Readonly<Record<string, Dash>> = { dashed: 'dashed', dotted: 'dotted' }
export const HEADS: Readonly<Record<string, Head>> = {
  arrow: 'arrow',
  bar: 'bar',
  dot: 'dot',
  circle: 'dot',
  circle_outline: 'dot',
  triangle: 'triangle',
  triangle_outline: 'triangle',
  diamond: 'diamond',
  diamond_outline: 'diamond',
}

function fontOf(family: unknown): Font {
  // 1, 5: hand; 3, 8: code; 2, 6, 7, 9: without serifs.
  return family === 3 || family === 8
    ? 'mono'
    : family === 2 || family === 6 || family === 7 || family === 9
      ? 'sans'
      : 'hand'
}

export function styleOf(element: Element): Partial<Style> {
  const stroke = readColour(element['strokeColor'])
  const ground = readColour(element['backgroundColor'])
  const filled = ground !== null && ground.alpha > 0
  return {
    color: stroke && stroke.alpha > 0 ? stroke.hex : filled ? ground.hex : '#1e1e1e',
    width: Math.max(0.01, number(element['strokeWidth'], 2)),
    dash: DASHES[String(element['strokeStyle'])] ?? 'solid',
    opacity: Math.min(1, Math.max(0.01, number(element['opacity'], 100) / 100)),
    ...(filled ? { fill: 'solid' as const, paper: ground.hex } : {}),
  }
}

export function textStyleOf({ fontSize, fontFamily, textAlign, verticalAlign }: Element): Partial<Style> {
  return {
    size: Math.max(1, number(fontSize, 20)),
    font: fontOf(fontFamily),
    align: textAlign === 'center' || textAlign === 'right' ? textAlign : 'left',
    valign: verticalAlign === 'middle' || verticalAlign === 'bottom' ? verticalAlign : 'top',
  }
}

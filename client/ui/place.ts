/** Where floating things go. All numbers are CSS pixels of the viewport. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export interface PlaceOptions {
  side: 'below' | 'above'
  /** Which edges line up. `start` and `end` follow the direction of reading. */
  align: 'start' | 'center' | 'end'
  rtl: boolean
  /** Between the thing and what it belongs to. */
  gap?: number
  /** Kept free at the viewport's edges. */
  margin?: number
}

/**
 * The top left corner of something of `size` that belongs to `anchor`, inside `view`. It changes sides when only the
 * other one has room, and never leaves the view at its start.
 */
export function place(
  size: { width: number; height: number },
  anchor: Box,
  view: { width: number; height: number },
  options: PlaceOptions,
): { left: number; top: number } {
  const { side, align, rtl, gap = 6, margin = 8 } = options
  const below = anchor.top + anchor.height + gap
  const above = anchor.top - gap - size.height
  const fitsBelow = below + size.height <= view.height - margin
  const fitsAbove = above >= margin
  const goesBelow = side === 'below' ? fitsBelow || !fitsAbove : fitsBelow && !fitsAbove
  const atLeft = (align === 'start') !== rtl
  const left =
    align === 'center'
      ? anchor.left + (anchor.width - size.width) / 2
      : atLeft
        ? anchor.left
        : anchor.left + anchor.width - size.width
  return {
    left: clamp(left, margin, view.width - size.width - margin),
    top: clamp(goesBelow ? below : above, margin, view.height - size.height - margin),
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}

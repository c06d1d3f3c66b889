/** What a view notices round it: where the pointer is, and fonts that have come. */

export function watchSurroundings({
  element,
  onPointer,
  onFonts,
}: {
  readonly element: HTMLElement
  /** Screen pixels from the element's corner; null: it has left. */
  readonly onPointer: (at: { x: number; y: number } | null) => void
  readonly onFonts: () => void
}): () => void {
  const moved = (event: PointerEvent): void => {
    // The element fills its host, whose corner a listener would have to measure: what the event says is near enough.
    onPointer({ x: event.offsetX, y: event.offsetY })
  }
  const left = (): void => onPointer(null)
  element.addEventListener('pointermove', moved, { passive: true })
  element.addEventListener('pointerleave', left)
  document.fonts.addEventListener('loadingdone', onFonts)
  return () => {
    element.removeEventListener('pointermove', moved)
    element.removeEventListener('pointerleave', left)
    document.fonts.removeEventListener('loadingdone', onFonts)
  }
}

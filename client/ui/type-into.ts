/** Gives a field the keys somebody pressed before it was there. */

/**
 * As if they were pressed in it, where it is a field of words. Enter means what the words before it have brought on the
 * screen, so it comes after they are drawn; after it something else may be there, so that ends it.
 */
export function typeInto(field: Element | null, keys: readonly string[]): void {
  if (!(field instanceof HTMLInputElement)) return
  for (const key of keys) {
    if (key === 'Enter') {
      queueMicrotask(() =>
        field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
      )
      return
    }
    const { selectionStart: start, selectionEnd: end } = field
    if (start === null || end === null) return
    if (key === 'Backspace')
      field.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end')
    else if (/^.$/u.test(key)) field.setRangeText(key, start, end, 'end')
    else continue
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}

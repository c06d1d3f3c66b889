/** Which files are for a board's server. */

/** Files for the server; pictures are prepared and sent by the page itself. */
export function isBoardFile({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  return (
    /\.(?:json|excalidraw|svg|pdf)$/i.test(name) ||
    ['application/json', 'image/svg+xml', 'application/pdf'].includes(type)
  )
}

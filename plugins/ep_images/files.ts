/** Which files of a clipboard or a drop are pictures that are meant. Pure. */

/** The pictures among these. */
export function picturesIn(files: Iterable<File>): File[] {
  return [...files].filter(({ type }) => type.startsWith('image/'))
}

/**
 * Whether the pictures of a clipboard are what was copied: programs for texts and tables add a picture of the words
 * themselves, browsers add the element of the picture.
 */
export function meansPictures(html: string, text: string): boolean {
  if (text.trim() !== '') return false
  return (
    html === '' ||
    html
      .replaceAll(/<(?!img\b)[^>]*>|<!--[\s\S]*?-->/gi, '')
      .trim()
      .startsWith('<img')
  )
}

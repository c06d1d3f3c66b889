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

/** Whether all that is dragged here is a picture; beside it browsers put its address as text. */
export function isPictureAlone(html: string, text: string): boolean {
  return meansPictures(html, /^\s*\S+:\S*\s*$/.test(text) ? '' : text)
}

/** UTF-16 units of HTML that is looked through for pictures. */
const MOST_HTML = 100_000_000

/** Whether pasted HTML has pictures that can come along, or that can be linked. */
export function hasImages(html: string): boolean {
  return (
    html.length <= MOST_HTML &&
    /<img\b[^<>]*?\ssrc\s*=\s*["']?\s*(?:data:image\/|file:|cid:|webkit-fake-url:|https?:)/i.test(html)
  )
}

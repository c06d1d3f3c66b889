/** The code that puts a pad into another page, as Etherpad writes it. Pure. */

export interface EmbedChoice {
  showControls: boolean
  showLineNumbers: boolean
}

/** An iframe with Etherpad's parameters; `url` is the pad's address without query. */
export function embedCode(url: string, name: string, choice: EmbedChoice): string {
  const query = new URLSearchParams({
    showControls: String(choice.showControls),
    showChat: 'true',
    showLineNumbers: String(choice.showLineNumbers),
    useMonospaceFont: 'false',
  })
  return frame(`${url}?${query}`, name)
}

/** An iframe with the pad's board; without controls it has WBO's parameter. */
export function boardCode(url: string, name: string, showControls: boolean): string {
  return frame(showControls ? url : `${url}?hideMenu=true`, name)
}

function frame(url: string, name: string): string {
  return `<iframe name="embed_readwrite" title="${escapeAttribute(name)}" src="${escapeAttribute(url)}" width="100%" height="600" frameborder="0"></iframe>`
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** The address of this pad, or of its board, without query and fragment, and that of its read-only view beside it. */
export function padUrls(
  page: URL,
  readOnlyId: string | null,
  board = false,
): { write: string; read: string | null } {
  const here = new URL(page.pathname, page.origin)
  return {
    write: here.href,
    read:
      readOnlyId === null ? null : new URL(board ? `../${readOnlyId}/board` : `./${readOnlyId}`, here).href,
  }
}

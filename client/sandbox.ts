/** Files out of a frame with a sandbox (SPEC-embedding EM9); fetched with what saves them. */
import { inFrame } from './frame.ts'

/** In a frame with a sandbox, which may forbid to save files; which of them it forbids no page can ask. */
export function inSandbox(): boolean {
  if (!inFrame()) return false
  try {
    // In a sandbox this is refused; elsewhere it changes nothing.
    const { domain } = document
    document.domain = domain
    return false
  } catch {
    return true
  }
}

/**
 * Saves a file at this address (relative to a pad's page or its board's) from a sandbox: by a page in a tab of its own, since
 * browsers refuse a file, too, that a sandbox opens a tab with.
 */
export function saveBeside(address: string): void {
  window.open(saverOf(address, new URL(location.href)), '_blank', 'noopener')
}

/** The path of that page for a file beside the page at `here`. */
export function saverOf(address: string, here: URL): string {
  const root = /^(.*?\/)p\/[^/]+(\/board)?$/.exec(here.pathname)?.[1] ?? '/'
  const { pathname, search } = new URL(address, here)
  return `${root}save?${new URLSearchParams({ file: pathname.slice(root.length) + search }).toString()}`
}

/** What is different for a page of ours inside a page of others (SPEC-embedding EM7). */

/** Does this page stand in a frame? */
export function inFrame(): boolean {
  return globalThis.self !== globalThis.top
}

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
  const root = /^(.*?\/)p\/[^/]+(\/board)?$/.exec(location.pathname)?.[1] ?? '/'
  const { pathname, search } = new URL(address, location.href)
  const file = pathname.slice(root.length) + search
  window.open(`${root}save?${new URLSearchParams({ file }).toString()}`, '_blank', 'noopener')
}

/** For links to pages that have no place in a meeting's frame: there they open beside it. */
export function away(): { target?: '_blank'; rel?: 'noopener' } {
  return inFrame() ? { target: '_blank', rel: 'noopener' } : {}
}

/** Leads to such a page; from a frame in a tab of its own. To be called where something was just pressed. */
export function leaveFor(address: string): void {
  if (inFrame()) window.open(address, '_blank', 'noopener')
  else location.assign(address)
}

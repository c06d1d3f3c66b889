/** What is different for a page of ours inside a page of others (SPEC-embedding EM7). */

/** Does this page stand in a frame? */
export function inFrame(): boolean {
  return globalThis.self !== globalThis.top
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

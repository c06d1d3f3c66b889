/** Tells of an error that was survived. That a browser denies a framed page its storage is none: the page goes without. */
export function report(error: unknown): void {
  const denied = error instanceof DOMException && /denied|permission/i.test(error.message)
  if (!denied) reportError(error)
}

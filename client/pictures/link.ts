/** Ms the server has to answer. */
const PATIENCE = 30_000

/** Asks the server to put a picture of another pad beside this one (SPEC-text I7). Never rejects; 'later': trying again may help. */
export async function linkPicture(
  address: string,
  ticket: () => string | undefined,
  from: string,
  key: string,
): Promise<'done' | 'later' | 'never'> {
  const proof = ticket()
  const query = new URLSearchParams({ from, key })
  try {
    const { ok, status } = await fetch(`${address}/pictures?${query}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { Accept: 'application/json', ...(proof === undefined ? {} : { 'X-Inkpad-Ticket': proof }) },
      signal: AbortSignal.timeout(PATIENCE),
    })
    // What was copied a moment ago may not have reached the server, and a pad may not be there before its first word.
    return ok ? 'done' : status >= 500 || status === 429 || status === 404 ? 'later' : 'never'
  } catch {
    return 'later'
  }
}

/** As {@link until}, for what is asked of somebody else, such as a page or a server. */
export async function untilAsked(
  what: string,
  condition: () => Promise<boolean>,
  limit = 20_000,
): Promise<void> {
  const end = Date.now() + limit
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${limit} ms for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Resolves when `condition` holds, looked at every few ms; rejects after `limit` ms with what was waited for. */
export async function until(
  what: string,
  condition: () => boolean,
  limit = 15_000,
  detail: () => unknown = () => '',
): Promise<void> {
  const end = Date.now() + limit
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${limit} ms for: ${what} ${JSON.stringify(detail())}`)
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

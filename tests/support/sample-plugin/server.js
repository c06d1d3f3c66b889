/** Counts the thanks of each pad, keeps the number, and tells everybody who has the pad open. */
export function server(context) {
  const { store } = context
  const key = (pad) => `total/${pad}`
  const totalOf = async (pad) => (await store.get(key(pad))) ?? 0

  async function count(pad) {
    const total = Math.min((await totalOf(pad)) + 1, context.settings().most)
    await store.set(key(pad), total)
    context.send(pad, 'total', total)
  }

  // One after the other: two who thank at the same time count as two.
  let last = Promise.resolve()
  context.receive('thank', (_from, pad) => {
    last = last.catch(() => {}).then(() => count(pad))
    return last
  })

  // plugin/ep_kudos/total?pad=NAME
  context.routes.get('/total', async (request, response) => {
    const pad = String(request.query.pad)
    const level = await context.level(pad, await context.personOf(request))
    if (level === 'none') response.status(403).json({ error: 'forbidden' })
    else response.json({ pad, total: await totalOf(pad), word: context.settings(pad).word })
  })

  context.startData(async (pad) => ({ total: await totalOf(pad) }))
  context.on('padRemove', ({ pad }) => store.delete(key(pad)))
}

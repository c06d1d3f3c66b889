/** Ports for servers that must be told theirs before they start. */
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below those that systems give to connections and to whoever asks for any: one of ours is not given to somebody else
 * before its server listens, nor while it is killed and starts again.
 */
const FIRST = 12_000
const COUNT = 20_000
const TRIES = 100

const given = new Set<number>()

/** A port nobody listens on at the moment; each is given once. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
  throw new Error(`none of ${TRIES} ports is free`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    const listening = once(server, 'listening')
    server.listen(port, '127.0.0.1')
    await listening
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

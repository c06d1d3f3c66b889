/** The Dockerfile: the image is built with the deployment guide's arguments and run (issue: container). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { GUIDE_VARIABLES } from '../support/deployment-guide.ts'
import { buildImage, missingForImages } from '../support/image.ts'
import type { Container, Image } from '../support/image.ts'
import { createSessions } from '../support/sessions.ts'
import { until } from '../support/wait.ts'

/** Ms: a Debian, Node, all packages and the build. */
const BUILDING = 15 * 60_000
const LIMIT = 60_000

const missing = await missingForImages()
if (missing.length > 0) {
  // oxlint-disable-next-line no-console -- what is not run is said
  console.log(`the image is not built here: ${missing.join(', ')} is missing`)
}
const there = missing.length === 0 ? describe : describe.skip

there('The container', () => {
  let image: Image | undefined
  let first: Container
  const sessions = createSessions()

  beforeAll(async () => {
    image = await buildImage({ ETHERPAD_PLUGINS: `${GUIDE_VARIABLES.ETHERPAD_PLUGINS} ep_no_such_thing` })
    first = await image.start()
  }, BUILDING)
  afterAll(async () => {
    await sessions.destroyAll()
    await image?.remove()
  }, LIMIT)

  test('Container: building says which of the plugins asked for do not exist, and goes on', () => {
    expect(image?.log).toMatch(/plugins that do not exist here: [\w, ]*ep_no_such_thing/)
  })

  test("Container: it has the names, the user and the port that Etherpad's image has", async () => {
    const facts = await image?.facts()
    expect(facts?.User).toBe('5001:0')
    expect(facts?.Cmd).toEqual(['etherpad'])
    expect(facts?.WorkingDir).toBe('/opt/etherpad-lite')
    expect(Object.keys(facts?.ExposedPorts ?? {})).toEqual(['9001/tcp'])
    expect(Object.keys(facts?.Volumes ?? {})).toEqual(['/opt/etherpad-lite/var'])
    expect(facts?.Healthcheck.Test).toEqual(['CMD', 'etherpad-healthcheck'])
  })

  test(
    'Container: without any setting, on a root that cannot be written, it is healthy in seconds and runs as user 5001',
    async () => {
      process.stdout.write(`the container is healthy after ${Math.round(first.healthyAfter)} ms (3000)\n`)
      // The target is 3 s; a busy machine may take longer.
      expect(first.healthyAfter).toBeLessThan(15_000)
      const status = await readFile(`/proc/${await first.pid()}/status`, 'utf8')
      expect(status).toMatch(/^Uid:\t5001\t5001\t/m)
      expect(status).toMatch(/^Gid:\t0\t0\t/m)
      const page = await fetch(`http://127.0.0.1:${first.port}/p/hello`)
      expect(page.status).toBe(200)
    },
    LIMIT,
  )

  test(
    'Container: etherpad-healthcheck says 0 while it runs',
    async () => {
      for (const name of ['etherpad-healthcheck', 'inkpad-healthcheck'])
        expect(await first.exec([name])).toEqual({ code: 0, output: 'pass\n' })
    },
    LIMIT,
  )

  test(
    'Container: nothing that was called saved is lost by SIGTERM, which ends within ten seconds, or by a kill',
    async () => {
      let container = first
      let expected = ''
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        const writer = sessions.open(container.port, 'kept')
        await writer.is('saved', LIMIT)
        writer.session.doc.getText('text').insert(0, `written before ${signal}\n`)
        await writer.is('saved', LIMIT)
        expected = writer.text()
        const began = performance.now()
        const code = await container.end(signal)
        if (signal === 'SIGTERM') {
          expect(code).toBe(0)
          expect(performance.now() - began).toBeLessThan(10_000)
          expect((await container.exec(['etherpad-healthcheck'])).code).toBe(1)
        }
        await sessions.destroyAll()
        container = await container.again()
        const reader = sessions.open(container.port, 'kept')
        await reader.is('saved', LIMIT)
        await until('the text is there', () => reader.text() === expected, LIMIT)
        await sessions.destroyAll()
      }
      expect(expected).toContain('written before SIGTERM')
      expect(expected).toContain('written before SIGKILL')
      await container.end('SIGTERM')
    },
    LIMIT * 2,
  )
})

/** A registry of npm's on this machine, which has only the packages a test gives it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SamplePackage } from './sample-package.ts'

export interface Registry {
  /** With a slash at its end. */
  readonly url: string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  publish(...packages: SamplePackage[]): void
  close(): Promise<void>
}

export async function startRegistry(...first: SamplePackage[]): Promise<Registry> {
  const published: SamplePackage[] = [...first]
  const asked: string[] = []
  const named = (name: string) => published.filter(({ manifest }) => manifest['name'] === name)

  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '/')
    asked.push(url)
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    const tarball = /^\/(.+)\/-\/(.+)\.tgz$/.exec(url)
    if (url.startsWith('/-/v1/search')) send(200, searchResult(new URL(url, 'http://x'), published))
    else if (tarball !== null) {
      const one = named(tarball[1] ?? '').find(({ manifest }) => manifest['version'] === tarball[2])
      if (one === undefined) send(404, {})
      else response.writeHead(200).end(readFileSync(one.tarball))
    } else if (named(url.slice(1)).length > 0) send(200, packument(url.slice(1), named(url.slice(1)), root()))
    else send(404, { error: 'not found' })
  })
  const root = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: root(),
    asked,
    publish: (...packages) => void published.push(...packages),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function packument(name: string, all: readonly SamplePackage[], root: string): unknown {
  const versions = all.map(({ manifest, tarball }) => {
    const bytes = readFileSync(tarball)
    const version = String(manifest['version'])
    const dist = {
      tarball: `${root}${name}/-/${version}.tgz`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    }
    return [version, { ...manifest, dist }] as const
  })
  const latest = versions.at(-1)?.[0]
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) }
}

function searchResult(url: URL, published: readonly SamplePackage[]): unknown {
  const words = (url.searchParams.get('text') ?? '').split(' ')
  const keyword = words.find((word) => word.startsWith('keywords:'))?.slice('keywords:'.length)
  const terms = words.filter((word) => !word.startsWith('keywords:'))
  const latest = new Map(published.map(({ manifest }) => [manifest['name'], manifest]))
  const fits = [...latest.values()].filter(
    ({ name, description, keywords }) =>
      (keywords as string[] | undefined)?.includes(keyword ?? '') &&
      terms.every((term) => `${String(name)} ${String(description)}`.toLowerCase().includes(term)),
  )
  return {
    objects: fits.map((manifest) => ({ package: { maintainers: [], ...manifest } })),
    total: fits.length,
  }
}

/** Archives as tests look at them. */
import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'

/** The parts by their paths, in the archive's order, as text. */
export function partsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]))
}

/** All of it as one text with a line for each element, for golden files. */
export function archiveText(bytes: Uint8Array): string {
  return [...partsOf(bytes)]
    .map(([path, text]) => `=== ${path}\n${text.replace(/></g, '>\n<').trim()}\n`)
    .join('')
}

/** What of an XML text is not well formed, or out of the order that a table of elements gives for their children. */
export function faults(xml: string, orders: Readonly<Record<string, readonly string[]>> = {}): string[] {
  const out: string[] = []
  const open: { name: string; last: number }[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => out.push(error.message))
  parser.on('opentag', ({ name }) => {
    const parent = open.at(-1)
    const order = parent && orders[parent.name]
    if (parent && order) {
      const at = order.indexOf(name.replace('w:', ''))
      if (at < parent.last || at < 0) out.push(`${name} in ${parent.name}`)
      parent.last = at
    }
    open.push({ name, last: -1 })
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return out
}

/** The sample plugin as a package: changed where a test wants, and packed by npm as its author would. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const SAMPLE = join(import.meta.dirname, 'sample-plugin')

export interface SamplePackage {
  readonly manifest: Record<string, unknown>
  /** The package as a folder, and packed. */
  readonly folder: string
  readonly tarball: string
  remove(): void
}

export interface SampleChanges {
  /** Laid over package.json, and over its `inkpad`. */
  manifest?: Record<string, unknown>
  inkpad?: Record<string, unknown> | null
  /** Files by path, instead of or besides the sample's. */
  files?: Record<string, string>
}

/** Copies the sample, changes it and packs it. */
export async function samplePackage(changes: SampleChanges = {}): Promise<SamplePackage> {
  const home = mkdtempSync(join(tmpdir(), 'inkpad-sample-'))
  const folder = join(home, 'package')
  cpSync(SAMPLE, folder, { recursive: true })
  const file = join(folder, 'package.json')
  const original = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const manifest: Record<string, unknown> = { ...original, ...changes.manifest }
  if (changes.inkpad === null) delete manifest['inkpad']
  else manifest['inkpad'] = { ...(original['inkpad'] as object), ...changes.inkpad }
  const more = Object.keys(changes.files ?? {})
  manifest['files'] = [...(original['files'] as string[]), ...more]
  writeFileSync(file, JSON.stringify(manifest, null, 2))
  for (const [name, text] of Object.entries(changes.files ?? {})) writeFileSync(join(folder, name), text)
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', folder, '--pack-destination', home, '--json', '--ignore-scripts', '--loglevel=error'],
    { cwd: home },
  )
  const name = /"filename":\s*"([^"]+)"/.exec(stdout)?.[1] ?? ''
  return {
    manifest,
    folder,
    tarball: join(home, name),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

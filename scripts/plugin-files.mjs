/**
 * Puts what the server reads of the bundled plugins, besides code, beside their built halves: facts, translations, and
 * what says that pages have a part of it (the part itself is in the client's build).
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { root } from './run.mjs'

const FROM = path.join(root, 'plugins')
const TO = path.join(root, 'dist/plugins')

/** Copies them; halves of plugins that are no longer there go. */
export function copyPluginFiles() {
  mkdirSync(TO, { recursive: true })
  const names = existsSync(FROM) ? readdirSync(FROM) : []
  for (const old of readdirSync(TO))
    if (!names.includes(old)) rmSync(path.join(TO, old), { recursive: true, force: true })
  for (const name of names) {
    if (name.endsWith('.json')) cpSync(path.join(FROM, name), path.join(TO, name))
    for (const part of ['plugin.json', 'locales', 'client.tsx', 'style.css']) {
      const source = path.join(FROM, name, part)
      if (existsSync(source)) cpSync(source, path.join(TO, name, part), { recursive: true })
    }
  }
}

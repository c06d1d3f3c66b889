/** A plugin's translations, as its folder holds them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isTree } from '../settings/substitute.ts'
import { isLanguage } from './facts.ts'

/** The English words with those of `language` over them; what cannot be read is left out. */
export async function wordsOf(
  folder: string | null,
  language: string,
): Promise<Readonly<Record<string, string>>> {
  if (folder === null || !isLanguage(language)) return {}
  const [english, own] = await Promise.all([
    wordsIn(join(folder, 'en.json')),
    wordsIn(join(folder, `${language}.json`)),
  ])
  return { ...english, ...own }
}

async function wordsIn(file: string): Promise<Record<string, string>> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'))
    const entries = isTree(content) ? Object.entries(content) : []
    return Object.fromEntries(entries.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
  } catch {
    return {}
  }
}

/** The administrator's templates: files of Markdown in one folder. */
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { LONGEST, MOST } from './template.ts'
import type { Template } from './template.ts'

/** Bytes of a file; larger ones are left out. */
const LARGEST = 4 * LONGEST

/** The files `NAME.md` of a folder by their names. What cannot be read is left out and told. */
export async function readFolder(folder: string, warn: (message: string) => void): Promise<Template[]> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    warn(`the folder cannot be read: ${reason(error)}`)
    return []
  }
  const wanted = names.filter((name) => /^[^.].*\.md$/i.test(name)).sort()
  if (wanted.length > MOST) warn(`only the first ${MOST} files count`)
  const found = await Promise.all(wanted.slice(0, MOST).map((name) => readOne(folder, name, warn)))
  return found.filter((one) => one !== null)
}

async function readOne(
  folder: string,
  name: string,
  warn: (message: string) => void,
): Promise<Template | null> {
  const file = path.join(folder, name)
  try {
    const facts = await stat(file)
    if (!facts.isFile() || facts.size > LARGEST) {
      warn(`${name} is no file, or larger than ${LARGEST / 1024} kB`)
      return null
    }
    const text = (await readFile(file, 'utf8'))
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
      .slice(0, LONGEST)
    return { id: `own-${name}`, title: titleOf(name), hint: firstWords(text), text }
  } catch (error) {
    warn(`${name} cannot be read: ${reason(error)}`)
    return null
  }
}

/** `02_Team-meeting.md` is called Team meeting. */
function titleOf(name: string): string {
  const plain = name
    .replace(/\.md$/i, '')
    .replace(/^\d+[-_. ]+/, '')
    .replace(/[-_]+/g, ' ')
    .trim()
  return (plain || name).slice(0, 80)
}

function firstWords(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? ''
  return line.replace(/^[#>\-*\s]+/, '').slice(0, 80)
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

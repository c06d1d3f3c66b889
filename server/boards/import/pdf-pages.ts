/** The pages of a PDF as pictures, by poppler's `pdftoppm` where the machine has it (SPEC-board B525). */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ImportFault } from './fault.ts'

/** Pages taken, pixels of a page's longer side, ms for all of them, bytes of all pictures. */
const MOST_PAGES = 60
const LONGEST_SIDE = 1800
const PATIENCE = 60_000
const MOST_BYTES = 80_000_000

const run = promisify(execFile)

export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')
}

/** @throws ImportFault `noConverter`, `unreadable`, `large` */
export async function pdfPages(bytes: Uint8Array, program = 'pdftoppm'): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inkpad-pdf-'))
  try {
    await writeFile(join(folder, 'in.pdf'), bytes)
    const size = ['-scale-to', String(LONGEST_SIDE)]
    await run(program, ['-png', '-q', '-f', '1', '-l', String(MOST_PAGES), ...size, 'in.pdf', 'page'], {
      cwd: folder,
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' },
    })
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort(byNumber)
    const pages: Uint8Array[] = []
    let length = 0
    for (const name of names) {
      const page = await readFile(join(folder, name))
      length += page.length
      if (length > MOST_BYTES) throw new ImportFault('large')
      pages.push(page)
    }
    if (pages.length === 0) throw new ImportFault('unreadable')
    return pages
  } catch (error) {
    if (error instanceof ImportFault) throw error
    throw new ImportFault(isMissing(error) ? 'noConverter' : 'unreadable')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function byNumber(a: string, b: string): number {
  return Number(/\d+/.exec(a)?.[0] ?? 0) - Number(/\d+/.exec(b)?.[0] ?? 0)
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
}

/**
 * Programs of others for kinds nobody writes any more (SPEC-formats F48): LibreOffice, or AbiWord. What they
 * get may be hostile and so may be what they do with it: they run in a folder of their own, with nothing of our
 * environment, without a network where the system lets us take it away, and are ended with all they started.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { createQueue } from './queue.ts'
import type { ConvertedKind } from './read/old.ts'

/** What it makes of docx. */
export type ConverterTarget = 'doc' | 'rtf' | 'pdf'

export interface Converter {
  /** Programs there are, for people. */
  readonly names: readonly string[]
  /** What it makes. */
  readonly writes: ReadonlySet<ConverterTarget>
  /** What it reads. */
  readonly kinds: ReadonlySet<ConvertedKind>
  /** A document of ours as an old one, or as pages. @throws AppError `busy`, `noFormat` */
  write(docx: Uint8Array, to: ConverterTarget): Promise<Uint8Array>
  /** A document as one that we read; null when it cannot be. @throws AppError `busy` */
  read(bytes: Uint8Array, from: ConvertedKind): Promise<Uint8Array | null>
}

export interface ConverterLimits {
  /** Ms for one document. */
  patience: number
  /** Bytes a program may have of memory, and of what it writes. */
  memory: number
  most: number
  /** Ms to find out whether one of the fences can be put up. */
  probe: number
}

interface Programs {
  soffice: string | null
  abiword: string | null
}

const OFFICE_WRITES = ['doc', 'rtf', 'pdf'] as const
/** Its documents of Word are RTF by another name, its pages have letters of the West only. */
const ABIWORD_WRITES = ['rtf'] as const

const QUEUE = { atOnce: 1, waiting: 5, patience: 30_000 }
/** Ms for one document; bytes of what comes out; seconds of processor; bytes of memory. */
const PATIENCE = 60_000
const MOST = 100_000_000
const SECONDS = 60
const MEMORY = 2_000_000_000
/** Ms. */
const PROBE = 5000

export function createConverter(
  { soffice, abiword }: Programs,
  log: Pick<Log, 'warn'>,
  { patience = PATIENCE, memory = MEMORY, most = MOST, probe = PROBE }: Partial<ConverterLimits> = {},
): Converter {
  const queue = createQueue(QUEUE)
  let fences: readonly string[] | null = null

  /** Bytes from one ending to another; null when the program made nothing. */
  async function convert(bytes: Uint8Array, from: string, to: string): Promise<Uint8Array | null> {
    const folder = await mkdtemp(join(tmpdir(), 'inkpad-convert-'))
    try {
      await writeFile(join(folder, `in.${from}`), bytes)
      const command = commandOf({ soffice, abiword }, folder, from, to)
      if (command === null) return null
      fences ??= fencesHere(memory, most, probe)
      const trouble = await run([...fences, ...command], folder, patience)
      if (trouble !== null) {
        log.warn('a converter did not succeed', { from, to, why: trouble })
        return null
      }
      const made = await readFile(join(folder, `in.${to}`)).catch(() => null)
      return made === null || made.length === 0 || made.length > most ? null : made
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  return {
    names: [...(soffice === null ? [] : ['LibreOffice']), ...(abiword === null ? [] : ['AbiWord'])],
    writes: new Set(soffice !== null ? OFFICE_WRITES : abiword === null ? [] : ABIWORD_WRITES),
    kinds: new Set([
      ...(soffice !== null || abiword !== null ? (['doc', 'rtf'] as const) : []),
      ...(soffice === null ? [] : (['pdf'] as const)),
    ]),
    async write(docx, to) {
      const made = await queue.run(() => convert(docx, 'docx', to))
      if (made === null)
        throw new AppError(
          'noFormat',
          'The program for old documents could not make this file. Please take docx: Word and others open it.',
        )
      return made
    },
    // Pieces of pages know their page in odt, and AbiWord's docx is none that can be opened.
    read: (bytes, from) =>
      queue.run(() => convert(bytes, from, from === 'pdf' || soffice === null ? 'odt' : 'docx')),
  }
}

function commandOf(
  { soffice, abiword }: Programs,
  folder: string,
  from: string,
  to: string,
): readonly string[] | null {
  const input = join(folder, `in.${from}`)
  if (soffice !== null)
    return [
      soffice,
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--norestore',
      '--nolockcheck',
      ...(from === 'pdf' ? ['--infilter=writer_pdf_import'] : []),
      '--convert-to',
      to,
      '--outdir',
      folder,
      input,
    ]
  return abiword === null ? null : [abiword, `--to=${to}`, `--to-name=${join(folder, `in.${to}`)}`, input]
}

/**
 * What may stand before a command to fence it in, as far as this system has it and lets us: no network, a house of its
 * own for processes, in which all end with the first, limits.
 * @throws AppError `busy` when the system has no time to say: what is not known is no reason to leave a fence out
 */
function fencesHere(memory: number, most: number, probe: number): readonly string[] {
  const works = ([command = '', ...args]: readonly string[]): boolean => {
    const { status, error } = spawnSync(command, [...args, 'true'], { stdio: 'ignore', timeout: probe })
    if (error && 'code' in error && error.code === 'ETIMEDOUT')
      throw new AppError(
        'busy',
        'The server is too busy to read old documents; please try again in a moment.',
      )
    return status === 0
  }
  const apart = ['unshare', '-rn', '--pid', '--fork', '--kill-child']
  const limits = ['prlimit', `--cpu=${SECONDS}`, `--fsize=${most}`, `--as=${memory}`, '--core=0']
  return [[apart, apart.slice(0, 2)].find(works) ?? [], [limits].find(works) ?? []].flat()
}

/** Runs a command to its end; what went wrong, or null. */
function run(command: readonly string[], folder: string, patience: number): Promise<string | null> {
  const [program = '', ...args] = command
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { HOME: folder, TMPDIR: folder, PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
      stdio: 'ignore',
      detached: true,
    })
    const end = (trouble: string | null): void => {
      clearTimeout(timer)
      // The group: LibreOffice starts others.
      if (child.pid !== undefined) killGroup(child.pid)
      resolve(trouble)
    }
    const timer = setTimeout(() => end('it took too long'), patience)
    child.once('error', (error) => end(error.message))
    child.once('exit', (code) => end(code === 0 ? null : `it ended with ${code ?? 'a signal'}`))
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of it is left.
  }
}

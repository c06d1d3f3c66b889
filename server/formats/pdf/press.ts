/** Makes pages in a process of its own, one text at a time (SPEC-formats F47). */
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../errors.ts'
import { startProcess } from '../../store/start-worker.ts'
import { fontFiles } from './fonts.ts'
import type { FontFiles } from './fonts.ts'
import type { PressAnswer, PressJob } from './press-child.ts'

export interface Press {
  /** Pages of what the writer of pdf gave. @throws AppError `busy`, `noFormat`; the signal's reason */
  press(text: Uint8Array, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

export interface PressLimits {
  /** Ms for one text. */
  patience: number
  /** Ms the process is kept without work. */
  idle: number
  /** Bytes it may have in memory, watched where `/proc` is. */
  memory: number
  /** Ms between two looks at its memory. */
  watch: number
  /** Texts until it is begun anew. */
  texts: number
}

const LIMITS: PressLimits = { patience: 45_000, idle: 120_000, memory: 1_500_000_000, watch: 500, texts: 300 }

/** Said where the program that makes pages does not run. */
const NO_PAGES = 'Pages of PDF cannot be made on this server. Please take docx or odt and print from there.'

/** Starts the process in a folder. */
type Start = (folder: string) => ChildProcess
const START: Start = (folder) => startProcess(import.meta.url, 'press-child', folder)

export function createPress(limits: Partial<PressLimits> = {}, start: Start = START): Press {
  const { patience, idle, memory, watch: every, texts } = { ...LIMITS, ...limits }
  let child: ChildProcess | null = null
  let workspace: string | null = null
  let fonts: FontFiles | null = null
  let made = 0
  /** The process has answered once. */
  let works = false
  let id = 0
  let leave: NodeJS.Timeout | undefined
  let line: Promise<unknown> = Promise.resolve()

  function end(): void {
    clearTimeout(leave)
    child?.kill('SIGKILL')
    child = null
    made = 0
  }

  function running(): ChildProcess {
    clearTimeout(leave)
    if (child !== null && made >= texts) end()
    if (child !== null && child.exitCode === null && child.connected) return child
    // What tidies the system's folder may have taken it away while nothing was made.
    if (workspace === null || !existsSync(workspace)) workspace = mkdtempSync(join(tmpdir(), 'inkpad-pages-'))
    const begun = start(workspace)
    works = false
    begun.on('error', () => {})
    begun.unref()
    begun.channel?.unref()
    child = begun
    return begun
  }

  function ask(text: string): Promise<PressAnswer> {
    const press = running()
    fonts ??= fontFiles()
    id += 1
    made += 1
    const job: PressJob = { id, text, fonts, workspace: workspace ?? '' }
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        clearTimeout(timer)
        clearInterval(watch)
        press.off('message', onMessage).off('exit', onExit)
        done()
      }
      const refuse = (): void =>
        settle(() => {
          end()
          reject(new AppError('tooLarge', 'We do not take that much at once.'))
        })
      const timer = setTimeout(refuse, patience)
      const watch = setInterval(() => {
        if (residentOf(press.pid) > memory) refuse()
      }, every)
      const onMessage = (answer: PressAnswer): void => {
        works = true
        if (answer.id === job.id) settle(() => resolve(answer))
      }
      const onExit = (): void =>
        settle(() => {
          child = null
          // It never began: its program is made for a few systems only.
          reject(works ? new Error('the process that makes pages ended') : new AppError('noFormat', NO_PAGES))
        })
      press.on('message', onMessage).on('exit', onExit)
      press.send(job)
    })
  }

  async function pressed(text: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    signal?.throwIfAborted()
    signal?.addEventListener('abort', end)
    const answer = await ask(text).finally(() => signal?.removeEventListener('abort', end))
    leave = setTimeout(end, idle)
    leave.unref()
    if ('failed' in answer) throw new Error(`pages could not be made: ${answer.failed}`)
    return new Uint8Array(answer.pdf)
  }

  return {
    press(text, signal) {
      const next = line.then(() => pressed(new TextDecoder().decode(text), signal))
      line = next.catch(() => {})
      return next
    },
    async close() {
      end()
      if (workspace !== null) rmSync(workspace, { recursive: true, force: true })
      workspace = null
    },
  }
}

/** Bytes a process has in memory; 0 where that cannot be known. Pages of Linux have 4096 bytes. */
function residentOf(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid ?? 0}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}

/**
 * The process that makes pages (SPEC-formats F47). It has no environment, no network to use and nothing to read but fonts
 * and the data it is given; who started it ends it when it takes too long or too much.
 */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { PressHead } from './pdf.ts'
import { TEMPLATE } from './template.ts'

/** To the process. */
export interface PressJob {
  id: number
  /** The first line is a {@link PressHead}, the rest is the template's data. */
  text: string
  /** Files of fonts: always, for East Asian letters, for emoji. */
  fonts: { base: readonly string[]; cjk: readonly string[]; emoji: readonly string[] }
  /** An empty folder. */
  workspace: string
}

/** From the process. */
export type PressAnswer = { id: number; pdf: Uint8Array } | { id: number; failed: string }

/** Compilers by the fonts they have; loading fonts takes longer than a page does. */
const compilers = new Map<string, NodeCompiler>()
/** Compilations whose parts are kept for the next one. */
const KEPT = 3

function compilerOf({ cjk, emoji }: PressHead, { fonts, workspace }: PressJob): NodeCompiler {
  const key = `${cjk ? 'cjk' : ''} ${emoji ? 'emoji' : ''}`
  const known = compilers.get(key)
  if (known) return known
  const fontPaths = [...fonts.base, ...(cjk ? fonts.cjk : []), ...(emoji ? fonts.emoji : [])]
  const made = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] })
  made.addSource(`${workspace}/main.typ`, TEMPLATE)
  compilers.set(key, made)
  return made
}

function pressed(job: PressJob): Uint8Array {
  const end = job.text.indexOf('\n')
  const head = JSON.parse(job.text.slice(0, end)) as PressHead
  const compiler = compilerOf(head, job)
  const data = `${job.workspace}/data.json`
  const files = head.files.map(([name, base64]) => [`${job.workspace}/${name}`, base64] as const)
  compiler.mapShadow(data, Buffer.from(job.text.slice(end + 1)))
  for (const [file, base64] of files) compiler.mapShadow(file, Buffer.from(base64, 'base64'))
  try {
    const { result, takeDiagnostics } = compiled(compiler, `${job.workspace}/main.typ`)
    if (result === null) throw new Error(takeDiagnostics())
    const options = { creationTimestamp: Math.floor(head.time / 1000), pdfTags: true }
    try {
      return compiler.pdf(result, { ...options, pdfStandard: 'ua-1' })
    } catch {
      // PDF/UA knows no heading of the third level right below one of the first, and no words both underlined and struck.
      return compiler.pdf(result, options)
    }
  } finally {
    compiler.unmapShadow(data)
    for (const [file] of files) compiler.unmapShadow(file)
    compiler.evictCache(KEPT)
  }
}

function compiled(
  compiler: NodeCompiler,
  mainFilePath: string,
): { result: Parameters<NodeCompiler['pdf']>[0] | null; takeDiagnostics: () => string } {
  const made = compiler.compile({ mainFilePath })
  return {
    result: made.result,
    takeDiagnostics: () => {
      const error = made.takeError()
      return error === null ? 'no pages' : JSON.stringify(error.shortDiagnostics).slice(0, 2000)
    },
  }
}

process.on('message', (job: PressJob) => {
  let answer: PressAnswer
  try {
    answer = { id: job.id, pdf: pressed(job) }
  } catch (error) {
    answer = { id: job.id, failed: error instanceof Error ? error.message : String(error) }
  }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit(0))

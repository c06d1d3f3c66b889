/** Starts a worker thread, or a process, from a file beside the caller's, built or not. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { ResourceLimits } from 'node:worker_threads'

/**
 * Starts `name` (without ending) from the folder of `from`, which is the caller's `import.meta.url`. In a build that
 * is plain JavaScript. From the sources (tests) Node 20 knows no TypeScript, so the worker compiles what it loads with
 * the tests' own compiler; the worker's files then must not use `import.meta` or top-level await.
 */
export function startWorker(
  from: string,
  name: string,
  workerData: unknown,
  resourceLimits: ResourceLimits = {},
): Worker {
  if (!from.endsWith('.ts'))
    return new Worker(new URL(`./${name}.js`, from), { execArgv: [], workerData, resourceLimits })
  const file = new URL(`./${name}.ts`, from)
  return new Worker(
    FROM_SOURCE.replace('FILE', () => JSON.stringify(file)),
    {
      eval: true,
      execArgv: [],
      workerData,
      resourceLimits,
    },
  )
}

/** Megabytes of JavaScript's own memory in a process. */
const PROCESS_MB = 512

/** The same as a process: without our environment, in a folder of its own, ended with us; it speaks over its channel. */
export function startProcess(from: string, name: string, folder: string): ChildProcess {
  const file = new URL(`./${name}.${from.endsWith('.ts') ? 'ts' : 'js'}`, from)
  const run = from.endsWith('.ts')
    ? ['-e', FROM_SOURCE.replace('FILE', () => JSON.stringify(file))]
    : [fileURLToPath(file)]
  return spawn(process.execPath, [`--max-old-space-size=${PROCESS_MB}`, ...run], {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
}

const FROM_SOURCE = `
  const { fileURLToPath } = require('node:url')
  const { createRequire } = require('node:module')
  const file = fileURLToPath(FILE)
  const load = createRequire(file)
  const { transformFileSync } = load('@swc/core')
  require.extensions['.ts'] = (module, path) => {
    const { code } = transformFileSync(path, {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    })
    module._compile(code, path)
  }
  load(file)
`

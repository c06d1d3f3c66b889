/** Runs commands in the project's folder, with their output passed through. */
import { spawn } from 'node:child_process'
import path from 'node:path'

/** Folder of the project. */
export const root = path.resolve(import.meta.dirname, '..')

/** Runs a command; rejects when it fails. `read` gets its output besides. */
export function run(command, args, { env = process.env, read } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: read === undefined ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    })
    if (read !== undefined)
      for (const stream of ['stdout', 'stderr'])
        child[stream].on('data', (chunk) => {
          process[stream].write(chunk)
          read(chunk.toString('utf8'))
        })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${path.basename(args[0] ?? command)} ended with ${signal ?? code}`))
    })
  })
}

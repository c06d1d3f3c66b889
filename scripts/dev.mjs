/**
 * `npm run dev`: builds again whenever a file changes and restarts the server; pages show the new client when reloaded.
 * Arguments go to the server.
 */
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { installPackages } from './install.mjs'
import { copyPluginFiles } from './plugin-files.mjs'
import { whenOrphaned } from './orphan.mjs'
import { root } from './run.mjs'
import { STAMP } from './stale.mjs'

const MAIN = path.join(root, 'dist/server/main.js')
const GROUPS = process.platform !== 'win32'
const children = new Set()
let stopped = false

/** Each in a process group of its own, because some start further processes, which do not end with them. */
function begin(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', detached: GROUPS })
  children.add(child)
  child.on('exit', (code) => {
    children.delete(child)
    stop(code ?? 1)
  })
}

function stop(code) {
  if (stopped) return
  stopped = true
  process.exitCode = code
  for (const child of children) end(child)
}

function end(child) {
  try {
    if (GROUPS) process.kill(-child.pid, 'SIGTERM')
    else child.kill()
  } catch {
    // It ended by itself.
  }
}

await installPackages()
// What is built here is not compressed: `npm start` is to build it anew.
rmSync(path.join(root, STAMP), { force: true })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => stop(0))
whenOrphaned(() => stop(0))
copyPluginFiles()
begin(['node_modules/vite/bin/vite.js', 'build', '--watch'])
begin(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'])
const until = Date.now() + 120_000
while (!existsSync(MAIN) && !stopped) {
  if (Date.now() > until) {
    console.error('The first build takes longer than two minutes.')
    stop(1)
  }
  await wait(100)
}
if (!stopped)
  begin([
    '--watch-path',
    path.join(root, 'dist/server'),
    '--watch-path',
    path.join(root, 'dist/shared'),
    '--watch-path',
    path.join(root, 'dist/plugins'),
    '--enable-source-maps',
    MAIN,
    ...process.argv.slice(2),
  ])

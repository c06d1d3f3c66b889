/** `npm run dev`: builds again whenever a file changes and restarts the server; pages show the new client when reloaded. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { installPackages } from './install.mjs'
import { root } from './run.mjs'

const MAIN = path.join(root, 'dist/server/main.js')
const children = []

function begin(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  child.on('exit', (code) => stop(code ?? 1))
  children.push(child)
}

function stop(code) {
  for (const child of children) child.removeAllListeners('exit').kill('SIGTERM')
  process.exitCode = code
}

await installPackages()
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(0))
begin(['node_modules/vite/bin/vite.js', 'build', '--watch'])
begin(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'])
const until = Date.now() + 120_000
while (!existsSync(MAIN) && process.exitCode === undefined) {
  if (Date.now() > until) throw new Error('the first build takes longer than two minutes')
  await wait(100)
}
if (process.exitCode === undefined)
  begin([
    '--watch-path',
    path.join(root, 'dist/server'),
    '--watch-path',
    path.join(root, 'dist/shared'),
    '--enable-source-maps',
    MAIN,
    ...process.argv.slice(2),
  ])

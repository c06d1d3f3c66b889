/** `npm start`: installs and builds what is missing or old, then runs the server. Arguments go to the server. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ALLOCATOR } from './allocator.mjs'
import { installPackages } from './install.mjs'
import { whenOrphaned } from './orphan.mjs'
import { root } from './run.mjs'
import { buildIsStale } from './stale.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Inkpad needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

try {
  await installPackages()
  if (buildIsStale(root)) {
    console.log('Building...')
    const { build } = await import('./build.mjs')
    await build()
  }
} catch (error) {
  console.error(`Inkpad cannot start: ${error.message}`)
  process.exit(1)
}

const server = spawn(
  process.execPath,
  ['--enable-source-maps', path.join(root, 'dist/server/main.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { NODE_ENV: 'production', ...ALLOCATOR, ...process.env },
  },
)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal))
whenOrphaned(() => server.kill('SIGTERM'))
server.on('error', (error) => {
  console.error(`Inkpad cannot start: ${error.message}`)
  process.exit(1)
})
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))

// `npm run bench`: builds what is stale, then measures Inkpad beside its peers (see bench/main.ts for the words it takes).
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
run('scripts/build.mjs')
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json')
run('dist/bench/main.js', ...process.argv.slice(2))

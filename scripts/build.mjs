/** Builds the client (Vite) and the server (tsc) into dist/, and compresses what browsers load. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { copyPluginFiles } from './plugin-files.mjs'
import { root, run } from './run.mjs'
import { newestSource, STAMP } from './stale.mjs'

/** Endings worth compressing, and the size from which. */
const COMPRESSIBLE = /\.(js|css|json|svg|wasm)$/
const WORTHWHILE = 1024

/** Builds both halves; rejects with the first failure. */
export async function build() {
  const began = newestSource(root)
  rmSync(path.join(root, STAMP), { force: true })
  // The server's folders only: the client's half of dist/ is emptied by Vite itself.
  for (const half of ['server', 'shared', 'plugins'])
    rmSync(path.join(root, 'dist', half), { recursive: true, force: true })
  copyPluginFiles()
  const results = await Promise.allSettled([
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']),
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']),
  ])
  const failed = results.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  compress(path.join(root, 'dist/client/assets'))
  writeFileSync(path.join(root, STAMP), String(began))
}

function compress(folder) {
  for (const name of readdirSync(folder)) {
    if (!COMPRESSIBLE.test(name)) continue
    const file = path.join(folder, name)
    const bytes = readFileSync(file)
    if (bytes.length < WORTHWHILE) continue
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    )
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build()
  } catch (error) {
    console.error(`The build failed: ${error.message}`)
    process.exitCode = 1
  }
}

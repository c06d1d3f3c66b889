/**
 * `npm run bench [-- quick] [-- load|pads|memory|storm|kill|page|board|ink|formats ...]`: runs the measurements, prints them and writes
 * docs/BENCHMARKS.md when all of them ran. All peers run on this machine, one after the other, in one process run;
 * only the ratios mean anything elsewhere.
 */
import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureBoardFigures, measureBoards } from './board/board.ts'
import { measureLiveInk } from './board/ink.ts'
import { measureFormats } from './formats/formats.ts'
import { measurePage } from './page.ts'
import { inkpad, type Peer, PEERS } from './peers.ts'
import { joinStorm, killAndRecover, load, memory } from './runs.ts'

const RUNS = ['load', 'pads', 'memory', 'storm', 'kill', 'page', 'board', 'ink', 'formats'] as const
const words = process.argv.slice(2)
const quick = words.includes('quick')
const chosen = RUNS.filter((run) => words.includes(run))
const wanted = (run: (typeof RUNS)[number]) => chosen.length === 0 || chosen.includes(run)
const seconds = quick ? 3 : 6

const lines: string[] = []
function say(line = ''): void {
  lines.push(line)
  console.log(line)
}

const ms = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(value < 10 ? 1 : 0))
const mb = (bytes: number) => (bytes / 1e6).toFixed(1)
const kb = (bytes: number) => (bytes / 1e3).toFixed(1)
const ratio = (other: number, ours: number) => `${(other / ours).toFixed(1)} x`

async function eachPeer<T>(run: (peer: Peer) => Promise<T>): Promise<Map<string, T | Error>> {
  const results = new Map<string, T | Error>()
  for (const peer of PEERS) {
    try {
      results.set(peer.name, await run(peer))
    } catch (error) {
      results.set(peer.name, error instanceof Error ? error : new Error(String(error)))
    }
  }
  return results
}

function table<T>(
  head: string,
  results: Map<string, T | Error>,
  cells: (value: T, ours: T) => string[],
): void {
  const columns = head.split('|').length
  say(`| server | ${head} |`)
  say(`|---|${'---|'.repeat(columns)}`)
  const ours = results.get(inkpad.name)
  for (const [name, result] of results) {
    if (result instanceof Error) say(`| ${name} | ${result.message}${' |'.repeat(columns)}`)
    else if (ours && !(ours instanceof Error)) say(`| ${name} | ${cells(result, ours).join(' | ')} |`)
    else say(`| ${name} | ${cells(result, result).join(' | ')} |`)
  }
  say()
}

const LOAD_HEAD =
  'delivered | p50 ms | p95 ms | p99 ms | durable p95 ms | CPU % | µs a delivery | MB | CPU a delivery, to ours'

async function loads(title: string, documents: number, people: number): Promise<void> {
  say(`### ${title}`)
  say()
  table(LOAD_HEAD, await eachPeer((peer) => load(peer, documents, people, seconds)), (r, ours) => [
    `${(r.delivered * 100).toFixed(0)} %`,
    ms(r.p50),
    ms(r.p95),
    ms(r.p99),
    ms(r.ackP95),
    r.cpu.toFixed(0),
    r.cpuPerDelivery.toFixed(1),
    mb(r.rss),
    ratio(r.cpuPerDelivery, ours.cpuPerDelivery),
  ])
}

say('# Benchmarks')
say()
say(
  'Made by `npm run bench`: every server on the same machine in one run, each edit its own message of about 12 characters,',
)
say(
  'every client typing twice a second, the load from one process over loopback. Inkpad stores every edit durably before it',
)
say(
  'acknowledges; the others keep documents in memory. Times vary with the machine; the ratios are what to compare.',
)
say()
say(
  `${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
)
say()
if (wanted('load')) {
  say('## One document, everybody typing')
  say()
  for (const people of quick ? [50, 200] : [10, 50, 100, 200, 400]) await loads(`${people} people`, 1, people)
}
if (wanted('pads')) {
  say('## Many documents')
  say()
  await loads(`${quick ? 200 : 500} documents of 2 people`, quick ? 200 : 500, 2)
}
if (wanted('memory')) {
  say('## Memory')
  say()
  table(
    'idle process MB | kB an idle connection | MB an open document of 100 kB | connection, to ours',
    await eachPeer(memory),
    (r, ours) => [mb(r.idle), kb(r.connection), mb(r.document), ratio(r.connection, ours.connection)],
  )
}
if (wanted('storm')) {
  say('## 200 people open a document of 100 kB at once')
  say()
  table(
    'ms until all have it | server CPU ms | time, to ours',
    await eachPeer((peer) => joinStorm(peer, 200)),
    (r, ours) => [ms(r.ms), ms(r.cpuMs), ratio(r.ms, ours.ms)],
  )
}
if (wanted('kill')) {
  say('## Killed with -9 while typing, then started again')
  say()
  table(
    'ms from start to listening | edits acknowledged (or sent) | edits that came back',
    await eachPeer(killAndRecover),
    (r) => [ms(r.ms), String(r.acknowledged), String(r.kept)],
  )
}
if (wanted('page')) {
  say('## The page in Chromium')
  say()
  for (const line of await measurePage()) say(line)
}
if (wanted('board')) {
  say('## The board in Chromium, drawn without a graphics card')
  say()
  say(
    'Each cell: p95 / worst ms between frames, frames later than 50 ms, ms of the main thread for each turn of the wheel.',
  )
  say('Inkpad is the whole page with its server; the others are their component with the strokes at hand.')
  say()
  await measureBoards(
    quick ? [1000, 10_000] : [1000, 10_000, 50_000],
    quick ? 2 : 4,
    !words.includes('own'),
    say,
  )
  await measureBoardFigures(seconds, say)
}
if (wanted('ink')) {
  say('## Ink while it is drawn, from one page to another')
  say()
  for (const line of await measureLiveInk()) say(line)
  say()
}
if (wanted('formats')) {
  say('## Files')
  say()
  await measureFormats(say)
}
if (chosen.length === 0 && !quick) {
  const here = path.dirname(fileURLToPath(import.meta.url))
  await writeFile(path.resolve(here, '../../docs/BENCHMARKS.md'), `${lines.join('\n').trim()}\n`)
}

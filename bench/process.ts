/** A server as a child process: waiting for it, its memory and its time on the processor, from /proc. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../tests/support/free-port.ts'
import type { Peer } from './peers.ts'

const TICKS_PER_SECOND = 100

/** A started server. */
export interface Running {
  port: number
  pid: number
  folder: string
  /** From spawn to the first accepted TCP connection, ms. */
  startMs: number
  stop(): Promise<void>
  kill9(): Promise<void>
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/** Starts a peer and waits (at most 15 s) until it accepts connections. `folder` keeps its data from an earlier run. */
export async function startPeer(peer: Peer, folder?: string): Promise<Running> {
  const port = await freePort()
  const own = folder ?? (await mkdtemp(path.join(os.tmpdir(), 'inkpad-bench-')))
  const begun = performance.now()
  const child = peer.start(port, own)
  while (!(await accepts(port))) {
    if (performance.now() - begun > 15_000 || child.exitCode !== null)
      throw new Error(`${peer.name} did not start`)
    await wait(2)
  }
  const startMs = performance.now() - begun
  return {
    port,
    pid: child.pid ?? 0,
    folder: own,
    startMs,
    async stop() {
      child.kill('SIGKILL')
      await gone(child)
      await rm(own, { recursive: true, force: true })
    },
    async kill9() {
      child.kill('SIGKILL')
      await gone(child)
    },
  }
}

/** Seconds of processor time used so far. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Resident memory in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
}

/** The value below which the share `p` (0..1) of the samples lies; NaN for none. */
export function percentile(samples: readonly number[], p: number): number {
  if (samples.length === 0) return Number.NaN
  const sorted = Float64Array.from(samples).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
}

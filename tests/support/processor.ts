/** Milliseconds this process computes while `work` runs; unlike a clock, it does not count what others do on this machine. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** A bucket for each of many: people, addresses, pads. */
import { Bucket } from '../sync/limits.ts'

/** Whoever was here last stays. */
const MOST = 10_000

/** May whoever has this key do it once more? `rate` a second, `burst` at once; at most 10 000 keys are remembered. */
export function createRates({
  rate,
  burst,
}: {
  rate: number
  burst: number
}): (key: string, now: number) => boolean {
  const buckets = new Map<string, Bucket>()
  return (key, now) => {
    const bucket = buckets.get(key) ?? new Bucket(rate, burst, now)
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > MOST) for (const [oldest] of buckets) if (buckets.delete(oldest)) break
    return bucket.take(1, now)
  }
}

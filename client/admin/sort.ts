/** How a list is sorted, as it stands in the address. Pure. */

export const SORTS = {
  pads: ['name', 'edited', 'versions', 'bytes'],
  people: ['name', 'seen'],
  accounts: ['name', 'seen', 'created'],
} as const

export interface Sort<T extends string> {
  order: T
  descending: boolean
}

/** Reads `name`, `name-up`, `edited-down`; the newest first when nothing is said. Names begin at A, all else at the most. */
export function readSort<T extends string>(orders: readonly T[], text: string): Sort<T> {
  const [name = '', way = ''] = text.split('-', 2)
  const order = orders.find((one) => one === name)
  if (order === undefined) {
    const newest = orders[1] ?? orders[0]
    if (newest === undefined) throw new RangeError('no orders')
    return { order: newest, descending: true }
  }
  return { order, descending: way === '' ? order !== 'name' : way === 'down' }
}

/** The reverse of {@link readSort}. */
export function writeSort({ order, descending }: Sort<string>): string {
  return `${order}-${descending ? 'down' : 'up'}`
}

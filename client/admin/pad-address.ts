/** The address of a pad from the administration. */
export function padAddress(name: string): string {
  return `../p/${encodeURIComponent(name)}`
}

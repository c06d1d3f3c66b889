/** The address of a pad from the administration. */
export function padAddress(name: string): string {
  return `../p/${encodeURIComponent(name)}`
}

/** The address of a pad as a file of a type. */
export function exportAddress(name: string, type: string): string {
  return `${padAddress(name)}/export/${type}`
}

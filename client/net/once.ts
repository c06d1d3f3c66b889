/** Something that happens once and can be waited for. */
export interface Once {
  readonly happened: Promise<void>
  /** It happens; further times are nothing. */
  happen(): void
}

export function createOnce(): Once {
  let happen = () => {}
  const happened = new Promise<void>((resolve) => {
    happen = resolve
  })
  return { happened, happen: () => happen() }
}

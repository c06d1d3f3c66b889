const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** How long ago something was, as people say it: minutes and hours, then yesterday, weekdays within a week, dates. */
export function timeAgo(time: number, now: number, language: string): string {
  const age = Math.max(0, now - time)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (age < MINUTE) return relative.format(0, 'second')
  if (age < 60 * MINUTE) return relative.format(-Math.floor(age / MINUTE), 'minute')
  const days = Math.round((midnight(now) - midnight(time)) / DAY)
  if (days < 1) return relative.format(-Math.floor(age / (60 * MINUTE)), 'hour')
  if (days < 2) return capital(relative.format(-1, 'day'), language)
  if (days < 7) return new Intl.DateTimeFormat(language, { weekday: 'long' }).format(time)
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(time)
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

function capital(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}

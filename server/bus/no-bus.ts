/** No bus: one server alone, or several that follow one another through the database (BU1). */
import type { Bus } from './types.ts'

export const noBus: Bus = {
  together: false,
  tell() {},
  listen: () => () => {},
  state: () => ({ state: 'none', servers: 0, delay: null, sent: 0, received: 0, dropped: {}, missed: 0 }),
  start() {},
  close: async () => {},
}

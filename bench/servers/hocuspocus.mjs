// Hocuspocus as it is measured: no authentication, a store hook that does nothing.
import { Server } from '@hocuspocus/server'

const server = new Server({
  port: Number(process.argv[2]),
  address: '127.0.0.1',
  quiet: true,
  async onStoreDocument() {},
})
await server.listen()

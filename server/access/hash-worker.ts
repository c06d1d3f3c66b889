/** The thread that compares a password with a hash of bcrypt, which takes a tenth of a second and more by intention. */
import { compareSync } from 'bcryptjs'
import { parentPort, workerData } from 'node:worker_threads'

const port = parentPort
if (port === null) throw new Error('hash-worker runs as a worker thread only')

const { password, hash } = workerData as { password: string; hash: string }
port.postMessage(compareSync(password, hash))

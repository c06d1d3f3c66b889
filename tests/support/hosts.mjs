/**
 * The names of a deployment guide on this machine, for a server under test: `NODE_OPTIONS=--import=.../hosts.mjs` and
 * `TEST_HOSTS=meet.darkstar.lan:443=127.0.0.1:8443 ...` lead connections there, as an entry in a DNS would. The certificate has
 * the names.
 */
import net from 'node:net'

const places = new Map(
  (process.env.TEST_HOSTS ?? '')
    .split(' ')
    .filter(Boolean)
    .map((entry) => entry.split('=')),
)
const connect = Reflect.get(net.Socket.prototype, 'connect')

net.Socket.prototype.connect = function (...given) {
  // Node hands on what it has put in order: [options, callback] in one array.
  const [first] = Array.isArray(given[0]) ? given[0] : given
  const to =
    typeof first === 'object' && first !== null ? places.get(`${first.host}:${first.port}`) : undefined
  if (to !== undefined) {
    const [host, port] = to.split(':')
    Object.assign(first, { host, port: Number(port) })
  }
  return Reflect.apply(connect, this, given)
}

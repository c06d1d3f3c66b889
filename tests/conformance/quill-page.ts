/** The smallest page with Quill on a pad, as an integrator would write it: stock y-websocket, stock y-quill. */
import Quill from 'quill'
import { QuillBinding } from 'y-quill'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const query = new URLSearchParams(location.search)
const doc = new Y.Doc()
const place = document.createElement('div')
document.body.append(place)
const quill = new Quill(place)
const provider = new WebsocketProvider(query.get('server') ?? '', query.get('room') ?? '', doc, {
  disableBc: true,
})
provider.once('sync', () => {
  const binding = new QuillBinding(doc.getText('text'), quill, provider.awareness)
  Object.assign(globalThis, { quill, doc, binding })
  document.body.dataset.ready = 'yes'
})

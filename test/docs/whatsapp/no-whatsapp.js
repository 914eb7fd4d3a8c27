// There is no WhatsApp in these tests, and no browser. The Client, its events, its Message and all else of the package are
// real; replaced are `initialize`, which here reads events from the terminal, a line of JSON each, and `sendMessage`.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { Client, Message } = createRequire(import.meta.url)('whatsapp-web.js');

const messageOf = (client, fromMe, body) =>
  new Message(client, {
    id: { fromMe, remote: '4915112345678@c.us', id: '3EB0', _serialized: `${fromMe}_${body}` },
    ...{ type: 'chat', body, from: '4915112345678@c.us', to: 'me@c.us' },
    t: Math.floor(Date.now() / 1000),
  });

Client.prototype.initialize = async function initialize() {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [event, given] = JSON.parse(line);
    this.emit(event, event === 'message' ? messageOf(this, false, given) : given);
  });
};

Client.prototype.sendMessage = async function sendMessage(_, body) {
  this.emit('message_create', messageOf(this, true, body));
};

import { createRequire } from 'node:module';
import t, { type Test } from 'tap';
import type { Emitter } from '../../../agent/heartbeat/attach/listen.ts';
import {
  type PolledWhatsApp,
  pollWhatsApp,
} from '../../../agent/heartbeat/attach/poll-whatsapp.ts';
import { attachWhatsApp } from '../../../agent/heartbeat/attach/whatsapp.ts';
import { createSaid } from './said.ts';

interface Message {
  body: string;
  id: { _serialized: string };
}

/** Client, Chat and Message are those of the package; the page, which is WhatsApp's, is a stand-in that answers their questions. */
type Client = PolledWhatsApp<Message> &
  Emitter & {
    pupPage: { evaluate(question: unknown, chat?: string): Promise<unknown> };
    emit(event: string, ...given: unknown[]): boolean;
    listenerCount(event: string): number;
  };
const { Client, Message } = createRequire(import.meta.url)('whatsapp-web.js') as {
  Client: new (options: object) => Client;
  Message: new (client: Client, data: object) => Message;
};

const seconds = Math.floor(Date.now() / 1000);

const dataOf = (chat: string, n: number, more: object = {}) => ({
  id: { fromMe: false, remote: chat, id: `${n}`, _serialized: `false_${chat}_${n}` },
  ...{ type: 'chat', body: `message ${n}`, from: chat, to: 'me@c.us', t: seconds + n, ...more },
});

const withPage = (t: Test, chats: Record<string, object[]>) => {
  const client = new Client({});
  const said = createSaid();
  const asked: string[] = [];
  let look = (): void => {};
  client.pupPage = {
    async evaluate(_, chat) {
      asked.push(chat ?? 'all');
      look();
      if (chat !== undefined) return chats[chat] ?? [];
      return Object.entries(chats).map(([id, messages]) => ({
        ...{ id: { _serialized: id }, formattedTitle: id, isGroup: id.endsWith('@g.us') },
        t: messages.length === 0 ? seconds - 86_400 : seconds + 60,
      }));
    },
  };
  const got: string[] = [];
  attachWhatsApp(client, said.beat);
  const end = pollWhatsApp(
    client,
    { onMessage: ({ body }) => got.push(body), stalledAfterMs: 5, everyMs: 5 },
    said.beat,
  );
  const held = setInterval(() => {}, 60_000);
  t.teardown(() => {
    clearInterval(held);
    end();
  });
  return {
    ...{ client, got, asked, end, ...said },
    rounds: (times: number) =>
      new Promise<void>((resolve) => {
        look = () => asked.filter((one) => one === 'all').length >= times && resolve();
        look();
      }),
  };
};

t.test('messages whose events do not come are fetched, each once', async (t) => {
  const ada = '4915112345678@c.us';
  const group = '120363000000000001@g.us';
  const chats = {
    [ada]: [
      dataOf(ada, 1),
      dataOf(ada, 3),
      dataOf(ada, 4, { type: 'ciphertext' }),
      dataOf(ada, 5, { id: { fromMe: true, _serialized: 'x' } }),
    ],
    [group]: [dataOf(group, 2)],
    'quiet@c.us': [],
  };
  const { client, got, asked, rounds, now } = withPage(t, chats);
  client.emit('ready');
  client.emit('message', new Message(client, dataOf(ada, 1)));
  await rounds(3);
  t.same(got, ['message 1', 'message 2', 'message 3']);
  t.notOk(asked.includes('quiet@c.us'), 'where nothing was said nothing is fetched');
  t.match(now(), {
    ...{ connection: 'degraded', why: 'events stall', in: { count: 3 } },
    counters: { 'events missed': 2 },
  });
  client.emit('message', new Message(client, dataOf(group, 2)));
  client.emit('message', new Message(client, dataOf(ada, 6)));
  t.same(got.slice(3), ['message 6'], 'one that comes after all is not handled twice');
  t.equal(now().connection, 'ready');
});

t.test('a page that is gone harms nobody, and what the bot throws is as without us', async (t) => {
  const { client, rounds, now, end } = withPage(t, {});
  client.pupPage.evaluate = new Proxy(client.pupPage.evaluate, {
    apply: async (evaluate, self, given) => {
      await Reflect.apply(evaluate, self, given);
      throw new Error('Execution context was destroyed');
    },
  });
  await rounds(3);
  t.ok((now().counters?.['polls failed'] ?? 0) >= 2);
  end();
  t.equal(client.listenerCount('message'), 1, 'that of attachWhatsApp');
  const other = new Client({});
  const detach = pollWhatsApp(
    other,
    {
      onMessage: () => {
        throw new Error('no rain');
      },
    },
    createSaid().beat,
  );
  t.throws(() => other.emit('message', {}), { message: 'no rain' });
  detach();
});

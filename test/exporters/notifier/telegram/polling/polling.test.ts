import { DatabaseSync } from 'node:sqlite';
import t, { type Test } from 'tap';
import { openApi, type TelegramApi } from '../../../../../exporters/notifier/telegram/api/api.ts';
import { type Memory, openMemory } from '../../../../../exporters/notifier/telegram/memory.ts';
import { createPolling } from '../../../../../exporters/notifier/telegram/polling/polling.ts';
import { createPhone } from '../../../../telegram/phone.ts';
import { startBotApi } from '../../../../telegram/server.ts';
import { fastWaits } from '../scene.ts';
import { until as untilTrue } from '../until.ts';

/** Of our own clock, ms since the epoch. */
const at = 1_790_000_000_000;

const startForTest = async (t: Test) => {
  const server = await startBotApi();
  const { token, root: apiRoot } = server;
  const api = openApi({ token, apiRoot, proxy: null });
  let asked = 0;
  const counted: TelegramApi = {
    ...api,
    poll: (method, params, signal) => {
      asked += 1;
      return api.poll(method, params, signal);
    },
  };
  const db = new DatabaseSync(':memory:');
  const memory = openMemory(db);
  const said: string[] = [];
  const handled: unknown[] = [];
  const stops: (() => Promise<void>)[] = [];
  t.teardown(async () => {
    for (const stop of stops) await stop();
    await api.close();
    await server.close();
    db.close();
  });
  const open = (changes: { memory?: Memory; handle?: (update: unknown) => Promise<void> } = {}) => {
    const polling = createPolling({
      ...{
        api: counted,
        memory,
        botId: '1',
        apiRoot,
        now: () => at,
        waits: fastWaits,
        pollSeconds: 300,
      },
      say: (level, message, fields) =>
        said.push(`${level}: ${message} ${JSON.stringify(fields ?? {})}`),
      handle: async (update) => {
        handled.push(update);
      },
      ...changes,
    });
    stops.push(() => polling.stop());
    polling.start();
    return polling;
  };
  const until = (what: string, is: () => boolean): Promise<void> =>
    untilTrue(what, is, () => said.join('; '));
  const phone = createPhone(server, { id: 4711, name: 'Ada' });
  const texts = () =>
    handled.map((update) => (update as { message: { text: string } }).message.text);
  return { server, asked: () => asked, memory, said, handled, open, until, phone, texts };
};

t.test('each update once, in order, also after a restart', async (t) => {
  const { server, memory, open, until, phone, texts } = await startForTest(t);
  const first = open();
  phone.send('a');
  phone.send('b');
  await until('two updates', () => texts().length === 2);
  t.same(first.state, { polling: 'ok', bot: server.me.username, lastUpdatesAt: at });
  await first.stop();
  phone.send('c');
  open();
  await until('the third', () => texts().length === 3);
  t.same(texts(), ['a', 'b', 'c']);
  t.match(memory.get(`offset 1 ${server.root}`), /^\d+ \d+$/);
  const [request] = server.ledger.calls('getUpdates');
  t.same(JSON.parse(request?.parameters['allowed_updates'] ?? ''), ['message', 'callback_query']);
});

t.test('the number is kept before anything is done', async (t) => {
  const { server, memory, open, until, phone } = await startForTest(t);
  let kept: string | null = null;
  open({
    handle: async () => {
      kept = memory.get(`offset 1 ${server.root}`);
    },
  });
  phone.send('/stop x');
  await until('the number', () => kept !== null);
});

t.test('where it cannot be kept Telegram is told first', async (t) => {
  const { server, open, until, phone, handled } = await startForTest(t);
  const full: Memory = {
    get: () => null,
    set: () => {
      throw new Error('database or disk is full');
    },
  };
  let confirmed = 0;
  open({
    memory: full,
    handle: async (update) => {
      const { update_id: id } = update as { update_id: number };
      const asked = server.ledger.calls('getUpdates').map(({ parameters }) => parameters['offset']);
      if (asked.includes(String(id + 1))) confirmed += 1;
      handled.push(update);
    },
  });
  phone.send('a');
  await until('the update', () => handled.length === 1);
  t.equal(confirmed, 1);
});

t.test('stops at once, however long the poll', async (t) => {
  const { server, open, until } = await startForTest(t);
  const polls = () => server.ledger.calls('getUpdates');
  const polling = open();
  await until('polling', () => polls().length > 1);
  await polling.stop();
  await until('the end of the poll, which is of five minutes', () =>
    polls().every(({ outcome }) => outcome !== undefined),
  );
  t.equal(polls().length, 2, 'and nothing is asked for afterwards');
});

t.test('another program with the same token is explained once', async (t) => {
  const { server, said, open, until, phone, texts } = await startForTest(t);
  server.faults.next('getUpdates', { kind: 'error', code: 409 }, 4);
  const polling = open();
  await until('conflict', () => polling.state.polling === 'conflict');
  t.equal(polling.state.lastUpdatesAt, null);
  phone.send('a');
  await until('back', () => texts().length === 1);
  t.equal(polling.state.polling, 'ok');
  server.faults.next('getUpdates', { kind: 'error', code: 409 }, 2);
  phone.send('b');
  await until('again', () => texts().length === 2);
  t.equal(said.filter((line) => /another program uses this token/.test(line)).length, 1);
  t.match(said, [/^error: another program/, /^info: Telegram answers again/]);
});

t.test('a webhook is another trouble', async (t) => {
  const { server, said, open, until } = await startForTest(t);
  const description =
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
  server.faults.next('getUpdates', { kind: 'error', code: 409, description });
  const polling = open();
  await until('back', () => polling.state.polling === 'ok');
  t.match(said[0], /a webhook is set/);
  t.match(said[0], '"method":"getUpdates"');
});

t.test('a wrong token is explained once and tried again', async (t) => {
  const { server, asked, said, open, until } = await startForTest(t);
  server.revokeToken();
  const polling = open();
  await until('several tries', () => asked() >= 4);
  t.equal(polling.state.polling, 'unauthorized');
  t.same(said.length, 1);
  t.match(said[0], /^error: Telegram does not know this token/);
});

t.test('whatever comes back, the loop goes on', async (t) => {
  const { server, said, open, until, phone, texts } = await startForTest(t);
  const faults = server.faults;
  faults.next('getMe', { kind: 'page', code: 502, moment: 'before' });
  faults.next('getUpdates', { kind: 'torn', moment: 'middle' });
  faults.next('getUpdates', { kind: 'garbage', moment: 'before' });
  faults.next('getUpdates', { kind: 'error', code: 500 });
  faults.next('getUpdates', { kind: 'error', code: 429, retryAfter: 0 });
  const polling = open();
  phone.send('a');
  await until('the update', () => texts().length === 1);
  t.equal(polling.state.polling, 'ok');
  t.equal(said.filter((line) => /cannot be reached/.test(line)).length, 1);
});

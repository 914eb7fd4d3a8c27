import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Bot } from 'grammy';
import t from 'tap';
import {
  createTrial,
  kinds,
  type Trial,
  telegram,
  whatsapp,
} from '../../../agent/heartbeat/testing/main.ts';
import { createMe, defaultUsername } from '../../telegram/me.ts';

const { Client, Message } = createRequire(import.meta.url)('whatsapp-web.js') as {
  Client: new (options: object) => EventEmitter;
  Message: new (client: EventEmitter, data: object) => { id: { _serialized: string } };
};

const whatsappEvents = ['message', 'message_edit', 'message_revoke_everyone', 'message_reaction'];

/** A bot that remembers, across restarts, what it has handled. */
const startWhatsAppBot = (known: Set<string>, trial: () => Trial): EventEmitter => {
  const client = new Client({});
  for (const event of whatsappEvents) {
    client.on(event, (message: { id: { _serialized: string } }) => {
      if (known.has(message.id._serialized)) return;
      known.add(message.id._serialized);
      trial().handled(message);
    });
  }
  return client;
};

t.test(
  'a bot of WhatsApp that does all right passes, with plain objects and real ones',
  async (t) => {
    for (const real of [true, false]) {
      const known = new Set<string>();
      let client = startWhatsAppBot(known, () => trial);
      const platform = whatsapp((event, ...given) => client.emit(event, ...given), {
        ...(real ? { message: (data) => new Message(client, data) } : {}),
      });
      const trial: Trial = createTrial(platform, {
        restart: () => {
          client.removeAllListeners();
          client = startWhatsAppBot(known, () => trial);
        },
      });
      const report = await trial.run();
      t.equal(report.passed, true, report.text);
      t.equal(report.outcomes.length, kinds.length * 2);
      t.match(report.text, /^WhatsApp, before the restart\n {2}text {10}ok\n/);
      t.match(report.text, /28 of 28 messages were handled once/);
    }
  },
);

const telegramUpdates = [
  ...(['message', 'edited_message', 'deleted_business_messages', 'message_reaction'] as const),
];

const startTelegramBot = (known: Set<number>, trial: () => Trial): Bot => {
  const bot = new Bot('1:x', { botInfo: createMe(1, defaultUsername) });
  bot.on(telegramUpdates, (context) => {
    if (known.has(context.update.update_id)) return;
    known.add(context.update.update_id);
    trial().handled(context);
  });
  return bot;
};

t.test('a bot of Telegram that does all right passes', async (t) => {
  const known = new Set<number>();
  let bot = startTelegramBot(known, () => trial);
  const trial: Trial = createTrial(
    telegram((update) => bot.handleUpdate(update)),
    {
      restart: () => {
        bot = startTelegramBot(known, () => trial);
      },
    },
  );
  const report = await trial.run();
  t.equal(report.passed, true, report.text);
  t.same(JSON.parse(JSON.stringify(report)), report);
});

/** A bot of Telegram that handles updates as it is told to here. */
const tryHandler = (
  handle: (update: Record<string, never>, trial: Trial) => unknown,
  options: Parameters<typeof createTrial>[1] = {},
) => {
  const trial: Trial = createTrial(
    telegram((update) => handle(update, trial)),
    { patienceMs: 1, ...options },
  );
  return trial.run();
};

t.test('what is handled twice, changed, missed or made up is found', async (t) => {
  const twice = await tryHandler((update, trial) => trial.handled(update));
  t.equal(twice.passed, false);
  t.same(
    twice.outcomes.filter(({ handled }) => handled !== 1).map(({ kind }) => kind),
    ['duplicate'],
  );
  t.match(twice.text, / {2}duplicate {5}handled 2 times\n/);
  t.match(twice.text, /^Telegram\n/);

  const nothing = await tryHandler(() => {}, { kinds: ['text', 'huge'] });
  t.match(nothing.text, / {2}text {10}not handled\n {2}huge {10}not handled\n0 of 2/);

  const changed = await tryHandler(
    ({ message }: Record<string, Record<string, unknown>>, trial) => {
      const { chat, message_id, date, text } = message as Record<string, never>;
      const id = `${chat?.['id']}/${message_id}`;
      trial.handled({
        id,
        from: 'nobody',
        at: Number(date) * 1000,
        text: String(text).slice(0, 9),
      });
    },
    { kinds: ['unicode'] },
  );
  t.same(changed.outcomes[0]?.changed, ['sender', 'timestamp', 'text']);
  t.match(changed.text, /sender and timestamp and text changed/);

  const madeUp = await tryHandler(
    (update, trial) => {
      trial.handled(update);
      trial.handled('hello');
      trial.handled({ id: 'made up', from: 'x', at: 1, text: '' });
    },
    { kinds: ['text'] },
  );
  t.equal(madeUp.unknown, 2);
  t.match(madeUp.text, /handled, but never sent: 2/);
});

t.test('a bot that forgets at a restart what it has handled is found', async (t) => {
  let known = new Set<unknown>();
  const report = await tryHandler(
    (update, trial) => {
      if (known.has(update['update_id'])) return;
      known.add(update['update_id']);
      trial.handled(update);
    },
    {
      restart: () => {
        known = new Set();
      },
    },
  );
  t.same(
    report.outcomes
      .filter(({ handled }) => handled !== 1)
      .map(({ phase, kind }) => ({ phase, kind })),
    [{ phase: 'before', kind: 'text' }],
  );
});

t.test('what a bot throws is said, and it goes on', async (t) => {
  const report = await tryHandler(
    (update, trial) => {
      trial.handled(update);
      throw new RangeError('no such city');
    },
    {
      kinds: ['text'],
      restart: () => Promise.reject(new Error('it stays down')),
    },
  );
  t.equal(report.passed, false);
  t.same(report.errors, ['no such city', 'it stays down', 'no such city', 'no such city']);
  t.match(report.text, /error: it stays down/);
});

t.test('the same arguments give the same messages', async (t) => {
  const all = async (): Promise<unknown[]> => {
    const updates: unknown[] = [];
    await tryHandler((update) => updates.push(update), { now: 1_700_000_000 });
    return updates;
  };
  const first = await all();
  t.same(await all(), first);
  t.equal(first.length, kinds.length + 1);
  const dates = first.map((update) => JSON.stringify(update).match(/"date":(\d+)/)?.[1]);
  t.ok(dates.includes(String(1_700_000_000 - 365 * 86_400)));
});

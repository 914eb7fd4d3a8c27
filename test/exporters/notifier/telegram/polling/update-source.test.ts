import t from 'tap';
import type { TelegramApi } from '../../../../../exporters/notifier/telegram/api/api.ts';
import { createUpdateSource } from '../../../../../exporters/notifier/telegram/polling/update-source.ts';

const day = 24 * 60 * 60_000;

/** A server that answers as it likes, and what outlives a process. */
const serve = (answer: unknown = []) => {
  const kept = new Map<string, string>();
  const asked: { offset?: number; timeout: number; limit: number }[] = [];
  const clock = { now: 1_000_000 };
  const poll = async (_: string, params: (typeof asked)[number]) => {
    asked.push(params);
    return answer;
  };
  const open = ({ apiRoot = 'https://one.example', isFull = false } = {}) =>
    createUpdateSource({
      ...{ api: { poll } as unknown as TelegramApi, botId: '1', apiRoot, now: () => clock.now },
      memory: { get: (key) => kept.get(key) ?? null },
      keep: (key, value) => {
        if (!isFull) kept.set(key, value);
        return !isFull;
      },
      signal: new AbortController().signal,
    });
  return { asked, clock, open };
};

const updates = (...ids: unknown[]) => ids.map((update_id) => ({ update_id }));

t.test('numbers that are none of an update move nothing', async (t) => {
  const { asked, open } = serve();
  const source = open();
  const strange = updates(2 ** 52, 2 ** 31, 0, -1, 1.5, '7', null);
  t.same(await source.settle([...strange, ...updates(41)]), updates(41));
  await source.fetch(50);
  t.match(asked, [{ offset: 42, timeout: 50 }]);
  await t.rejects(source.settle(strange), { code: 'no-numbers' });
  await source.fetch(0);
  t.match(asked.at(-1), { offset: 42 });
});

t.test('the number outlives the process, for one server and a few days', async (t) => {
  const { asked, clock, open } = serve();
  await open().settle(updates(7, 9, 8));
  await open().fetch(0);
  t.equal(asked.at(-1)?.offset, 10);
  await open({ apiRoot: 'https://two.example' }).fetch(0);
  t.equal(asked.at(-1)?.offset, undefined, 'another server numbers for itself');
  clock.now += 7 * day;
  await open().fetch(0);
  t.equal(asked.at(-1)?.offset, undefined, 'a bot that nobody wrote to gets numbers anew');
});

t.test('where it cannot be kept Telegram is told', async (t) => {
  const { asked, open } = serve();
  const source = open({ isFull: true });
  t.same(await source.settle([]), []);
  t.same(asked, []);
  await source.settle(updates(41));
  t.match(asked, [{ offset: 42, timeout: 0, limit: 1 }]);
});

t.test('of an answer without measure the first hundred are looked at', async (t) => {
  const all = updates(...Array.from({ length: 1000 }, (_, i) => i + 1));
  t.same(await serve(all).open().fetch(0), all.slice(0, 100));
});

t.test('what is no list of updates is a failure', async (t) => {
  for (const answer of [null, true, {}, 'x', undefined])
    await t.rejects(
      serve(answer ?? null)
        .open()
        .fetch(0),
      { code: 'no-list' },
    );
});

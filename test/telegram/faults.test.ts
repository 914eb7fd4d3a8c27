import t from 'tap';
import { createFaults, type Fault, retryAfter } from './faults.ts';
import { shown } from './ledger.ts';
import { createPhone } from './phone.ts';
import { breakdown, refusal } from './refusal.ts';
import { startForTest } from './start-for-test.ts';

const owner = { id: 4711, name: 'Ada' };

const start = async (t: Parameters<typeof startForTest>[0]) => {
  const { api, bot } = await startForTest(t);
  createPhone(api, owner).send('/start');
  const send = (text: string) => bot.api.sendMessage(owner.id, text);
  const texts = () => api.ledger.of(owner.id).map((message) => shown(message).text);
  return { api, bot, send, texts };
};

t.test('an answer of the Bot API', async (t) => {
  const { api, send, texts } = await start(t);
  api.faults.next('sendMessage', retryAfter(7));
  t.match(await refusal(send('a')), {
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  for (const code of [401, 403, 409, 413, 500, 502, 503]) {
    api.faults.next('sendmessage', { kind: 'error', code });
    t.match(await refusal(send('a')), { error_code: code });
  }
  api.faults.next('sendMessage', { kind: 'error', code: 400, migrateTo: -1001 });
  t.match((await refusal(send('a'))).parameters, { migrate_to_chat_id: -1001 });
  t.same(texts(), [], 'nothing was accepted');
  await send('b');
  t.same(texts(), ['b'], 'a fault happens so often as it was asked for');
  t.equal(api.faults.happened(), 9);
});

t.test('before the request was accepted, and after', async (t) => {
  const { api, bot, send, texts } = await start(t);
  const kinds: Fault['kind'][] = ['page', 'torn', 'garbage'];
  for (const kind of kinds) {
    for (const moment of ['before', 'after'] as const) {
      api.faults.next('*', { kind, moment, code: 502 } as Fault);
      await breakdown(send(`${kind} ${moment}`));
    }
  }
  // The HTTP client of grammY does not notice an answer that breaks off: only who waits for it ends it.
  const enough = new AbortController();
  api.faults.next('*', { kind: 'torn', moment: 'middle' });
  const broken = bot.api.sendMessage(owner.id, 'torn middle', {}, enough.signal as never);
  await api.ledger.until('the tear', (ledger) =>
    ledger.calls('sendMessage').find(({ description }) => description === 'middle'),
  );
  enough.abort();
  await breakdown(broken);
  t.same(texts(), ['page after', 'torn after', 'garbage after', 'torn middle']);
  await send('whole');
  t.equal(texts().at(-1), 'whole');
});

t.test('no answer at all', async (t) => {
  const { api, bot, texts } = await start(t);
  const calls = () => api.ledger.calls('sendMessage');
  for (const [i, moment] of (['before', 'after'] as const).entries()) {
    api.faults.next('sendMessage', { kind: 'silence', moment });
    const enough = new AbortController();
    const sent = bot.api.sendMessage(owner.id, moment, {}, enough.signal as never);
    await api.ledger.until('silence', () => calls()[i]?.outcome);
    enough.abort();
    await breakdown(sent);
  }
  t.same(texts(), ['after']);
  t.same(
    calls().map(({ outcome }) => outcome),
    ['silence', 'silence'],
  );
});

t.test('an answer byte by byte is an answer', async (t) => {
  const { api, send } = await start(t);
  api.faults.next('sendMessage', { kind: 'slow', everyMs: 0 });
  t.match(await send('a'), { text: 'a' });
});

t.test('on its way for as long as the test likes', async (t) => {
  const { api, bot, send, texts } = await start(t);
  const { promise: until, resolve } = Promise.withResolvers<void>();
  api.faults.next('sendMessage', { kind: 'held', moment: 'before', until });
  api.faults.next('sendMessage', { kind: 'held', moment: 'after', until });
  api.faults.next('sendMessage', { kind: 'held', moment: 'before', until });
  const before = send('before');
  await api.ledger.until('the first', () => api.ledger.calls('sendMessage')[0]);
  const after = send('after');
  await api.ledger.until('its acceptance', ({ timeline }) => timeline[0]);
  const died = new AbortController();
  const dead = bot.api.sendMessage(owner.id, 'of the dead', {}, died.signal as never);
  await api.ledger.until('the third', () => api.ledger.calls('sendMessage')[2]);
  died.abort();
  await t.rejects(dead);
  const third = api.ledger.calls('sendMessage')[2];
  await api.ledger.until('its end', () => (third?.outcome === 'gone' ? true : undefined));
  t.same(texts(), ['after']);
  resolve();
  await Promise.all([before, after]);
  t.same(texts(), ['after', 'before']);
});

t.test('down, and up again', async (t) => {
  const { api, send, texts } = await start(t);
  await send('a');
  await api.goDown();
  t.match((await breakdown(send('b'))).error, { code: /^ECONN(RESET|REFUSED)$/ });
  await api.comeUp();
  await send('c');
  t.same(texts(), ['a', 'c']);
});

t.test('until it is cleared', async (t) => {
  const { api, send, texts } = await start(t);
  api.faults.always('sendMessage', { kind: 'error', code: 500 });
  await refusal(send('a'));
  await refusal(send('b'));
  api.faults.clear();
  await send('c');
  t.same(texts(), ['c']);
});

t.test('at random, the same for the same seed', async (t) => {
  const draw = (seed: number): (string | undefined)[] => {
    const faults = createFaults();
    const methods = ['sendMessage'];
    const two = [retryAfter(1), { kind: 'torn', moment: 'after' }] as const;
    faults.random({ seed, share: 0.3, faults: two, methods });
    t.equal(faults.take('getMe'), undefined, 'only of these methods');
    return Array.from({ length: 500 }, () => faults.take('sendMessage')?.kind);
  };
  t.same(draw(1), draw(1));
  t.not(JSON.stringify(draw(1)), JSON.stringify(draw(2)));
  const happened = draw(3).filter((kind) => kind !== undefined);
  t.ok(happened.length > 100 && happened.length < 200, `${happened.length} of 500`);
  t.same(new Set(happened), new Set(['error', 'torn']));
});

t.test('a revoked token', async (t) => {
  const { api, send } = await start(t);
  api.revokeToken();
  t.match(await refusal(send('a')), { error_code: 401, description: 'Unauthorized' });
});

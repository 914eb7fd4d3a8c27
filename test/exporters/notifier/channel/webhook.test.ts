import t, { type Test } from 'tap';
import { createWebhook } from '../../../../exporters/notifier/channel/webhook.ts';
import type { Channel, Outcome } from '../../../../exporters/notifier/channel.ts';
import { actorOf } from '../../../agent/cli/why/sample-actor.ts';
import { generator } from '../../../e2e/random.ts';
import { sampleCard } from '../sample-card.ts';
import type { Fault } from '../webhook-fault.ts';
import type { Receiver, ReceiverOptions } from '../webhook-receiver.ts';
import {
  closedPort,
  hasty,
  hastyBody,
  httpFor,
  type Limits,
  never,
  patient,
  receiving,
} from './receiving.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const old = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;
const path = '/hooks/SECRET-PATH-1234?key=SECRET-QUERY';

const webhookTo = (
  t: Test,
  origin: URL | string,
  key: string | null = secret,
  limits: Limits = patient,
): Channel => {
  const http = httpFor(t, limits);
  const url = new URL(path, origin);
  return createWebhook({ name: 'ops', url, secret: key }, { http, now: Date.now });
};

const start = async (
  t: Test,
  faults: (Fault | null)[] = [],
  options: ReceiverOptions = { secret },
): Promise<Receiver & { channel: Channel }> => {
  const receiver = await receiving(t, faults, options);
  return { ...receiver, channel: webhookTo(t, receiver.url) };
};

const status = (code: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: code,
  headers,
});

const outcomeOf = async (t: Test, fault: Fault, limits: Limits = patient): Promise<Outcome> => {
  const { url } = await receiving(t, [fault], { secret });
  return webhookTo(t, url, secret, limits).deliver(sampleCard(), null, never());
};

t.test('what arrives', async (t) => {
  const { channel, deliveries } = await start(t);
  t.match(channel, { name: 'webhook:ops', audience: 'programs', paceMs: 100 });
  const outcome = await channel.deliver(sampleCard(), null, never());
  t.same(outcome, { kind: 'accepted', receipt: null, detail: 'HTTP 200' });
  const [delivery] = deliveries;
  t.equal(delivery?.verified, true);
  t.equal(delivery?.path, path);
  t.equal(delivery?.headers['content-type'], 'application/json');
  const { actions: _, loud: __, headlineParts: ___, ...data } = sampleCard();
  t.same(delivery?.document, {
    type: 'holdfast.alert.firing',
    timestamp: '2026-01-31T12:00:01.000Z',
    schema: 1,
    data,
  });
});

t.test('who did it is an object of its own', async (t) => {
  const { channel, deliveries } = await start(t);
  const actor = actorOf();
  await channel.deliver(sampleCard({ actor, byline: ['by ', { name: 'pkill' }] }), null, never());
  const { actor: _, ...older } = sampleCard({ revision: 2 });
  await channel.deliver(older, null, never());
  const data = deliveries[0]?.document;
  t.match(data, { data: { actor } });
  t.notMatch(JSON.stringify(data), /byline/, 'which says the same for people');
  t.match(deliveries[1]?.document, { data: { actor: null } }, 'of a card of an older release');
});

t.test('a resolved alert says so', async (t) => {
  const { channel, deliveries } = await start(t);
  await channel.deliver(sampleCard({ status: 'resolved', revision: 2 }), null, never());
  t.match(deliveries[0]?.document, { type: 'holdfast.alert.resolved', data: { revision: 2 } });
});

t.test('the id is the same at every attempt, and another for every change', async (t) => {
  const { channel, requests, deliveries } = await start(t, [status(500), { kind: 'tear-after' }]);
  const card = sampleCard();
  t.match(await channel.deliver(card, null, never()), { kind: 'later' });
  t.match(await channel.deliver(card, null, never()), { kind: 'later' });
  t.match(await channel.deliver(card, null, never()), { kind: 'accepted' });
  await channel.deliver(sampleCard({ revision: 2 }), null, never());
  t.same(
    requests.map(({ id }) => id),
    ['alert-1_1', 'alert-1_1', 'alert-1_1', 'alert-1_2'],
  );
  t.equal(deliveries.length, 3, 'what was taken before the line broke came twice');
  t.equal(new Set(requests.slice(0, 3).map(({ text }) => text)).size, 1);
  t.ok(requests.every(({ verified }) => verified));
});

t.test('an id that receivers would trip over is replaced, always by the same', async (t) => {
  const { channel, requests } = await start(t);
  for (const alert of ['a.b', 'a.b', 'a b', 'ä'.repeat(500)]) {
    await channel.deliver(sampleCard({ alert }), null, never());
  }
  const ids = requests.map(({ id }) => id);
  t.ok(ids.every((id) => /^[0-9a-f]{32}_1$/.test(id)));
  t.equal(ids[0], ids[1]);
  t.equal(new Set(ids).size, 3);
});

t.test('any text is signed as it is sent', async (t) => {
  const { channel, deliveries } = await start(t);
  const headline = 'ä 😀 \u2028 "\\ </script> \ud800';
  await channel.deliver(sampleCard({ headline }), null, never());
  t.equal(deliveries[0]?.verified, true);
});

t.test('two secrets while one is exchanged', async (t) => {
  for (const known of [old, secret]) {
    const { url, deliveries } = await receiving(t, [], { secret: known });
    const channel = webhookTo(t, url, `${old} ${secret}`);
    t.match(await channel.deliver(sampleCard(), null, never()), { kind: 'accepted' });
    t.equal(deliveries[0]?.verified, true);
  }
});

t.test('without a secret there is no signature', async (t) => {
  const { url, requests } = await receiving(t);
  const channel = webhookTo(t, url, null);
  t.match(await channel.deliver(sampleCard(), null, never()), { kind: 'accepted' });
  t.equal(requests[0]?.headers['webhook-signature'], undefined);
  t.equal(requests[0]?.id, 'alert-1_1');
});

t.test('a wrong secret is refused', async (t) => {
  const { url, deliveries } = await receiving(t, [], { secret: old });
  const outcome = await webhookTo(t, url).deliver(sampleCard(), null, never());
  t.match(outcome, { kind: 'refused', code: '401' });
  t.same(deliveries, []);
});

t.test('a secret that is none is said, and not shown', async (t) => {
  for (const wrong of ['whsec_', 'whsec_SECRET!', 'SECRET?']) {
    try {
      webhookTo(t, 'http://127.0.0.1', wrong);
      t.fail('taken');
    } catch (cause) {
      t.match(cause, { code: 'bad-secret', message: /the webhook ops/ });
      t.notMatch(String((cause as Error).stack), /SECRET/);
    }
  }
});

t.test('what the answers mean', async (t) => {
  t.match(await outcomeOf(t, status(204)), { kind: 'accepted', detail: 'HTTP 204' });
  t.match(await outcomeOf(t, status(410)), { kind: 'unusable', code: '410' });
  for (const code of [301, 304, 307, 407]) {
    const outcome = await outcomeOf(t, status(code, { location: 'http://127.0.0.1:1/' }));
    t.match(outcome, { kind: 'unusable', code: String(code) });
  }
  for (const code of [400, 401, 403, 404, 413, 422]) {
    const outcome = await outcomeOf(t, status(code, { location: 'http://127.0.0.1:1/' }));
    t.match(outcome, { kind: 'refused', code: String(code) });
  }
  for (const code of [408, 425, 500, 507]) {
    const outcome = await outcomeOf(t, status(code));
    t.match(outcome, { kind: 'later', code: String(code), waitMs: null, everything: false });
  }
  for (const code of [429, 502, 503, 504]) {
    const outcome = await outcomeOf(t, status(code, { 'retry-after': '3' }));
    t.match(outcome, { kind: 'later', code: String(code), waitMs: 3000, everything: true });
  }
});

t.test('a date to come back at', async (t) => {
  const [date, later] = [0, 60_000].map((ms) => new Date(Date.now() + ms).toUTCString());
  const headers = { date: date ?? '', 'retry-after': later ?? '' };
  t.match(await outcomeOf(t, status(429, headers)), { kind: 'later', waitMs: 60_000 });
});

t.test('what the network does is tried again', async (t) => {
  for (const kind of ['tear-before', 'tear-after', 'never', 'endless-headers'] as const) {
    const outcome = await outcomeOf(t, { kind }, hasty);
    t.match(outcome, { kind: 'later', waitMs: null, everything: true }, kind);
  }
  const away = webhookTo(t, await closedPort(t));
  const outcome = await away.deliver(sampleCard(), null, never());
  t.match(outcome, { kind: 'later', code: 'ECONNREFUSED', everything: true });
});

t.test('accepted is accepted, whatever becomes of the body', async (t) => {
  for (const kind of ['slow-body', 'endless-body'] as const) {
    const limits = kind === 'slow-body' ? hastyBody : patient;
    t.match(await outcomeOf(t, { kind }, limits), { kind: 'accepted' }, kind);
  }
});

t.test('no outcome shows the address, the secret or the words of the other side', async (t) => {
  const faults: Fault[] = [
    ...[400, 410, 500, 302].map(
      (code): Fault => ({
        kind: 'status',
        status: code,
        headers: { location: `http://127.0.0.1${path}` },
        body: `no such hook ${path} ${secret}`,
      }),
    ),
    { kind: 'tear-before' },
    { kind: 'never' },
  ];
  for (const fault of faults) {
    const limits = fault.kind === 'never' ? hasty : patient;
    t.notMatch(JSON.stringify(await outcomeOf(t, fault, limits)), /SECRET|whsec|no such hook/);
  }
});

t.test('whatever is answered is one of the outcomes', async (t) => {
  const random = generator(3);
  for (let round = 0; round < 100; round += 1) {
    const bytes = Buffer.from(
      Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
    );
    const outcome = await outcomeOf(t, { kind: 'garbage', bytes }, hasty);
    if (outcome.kind !== 'later') t.fail(`${outcome.kind} for ${bytes.toString('hex')}`);
  }
});

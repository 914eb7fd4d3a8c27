import t, { type Test } from 'tap';
import { createNtfy } from '../../../../exporters/notifier/channel/ntfy.ts';
import type { Channel, Outcome } from '../../../../exporters/notifier/channel.ts';
import { sampleCard } from '../sample-card.ts';
import type { Fault } from '../webhook-fault.ts';
import type { Delivery, Receiver } from '../webhook-receiver.ts';
import { hastyBody, httpFor, type Limits, never, patient, receiving } from './receiving.ts';

const topic = 'SECRET-topic_1';
const token = 'tk_SECRET0123456789';

const ntfyAt = (
  t: Test,
  url: URL | string,
  key: string | null = null,
  limits: Limits = patient,
): Channel => createNtfy({ name: 'phone', url: new URL(url), token: key }, httpFor(t, limits));

/** As a server from 2.16 on answers, which knows updates. */
const answerOfUpdating = ({ document }: Delivery): string =>
  JSON.stringify({ id: 'msg1', event: 'message', ...(document as object) });

/** An older one leaves out what it does not know. */
const answerOfOld = ({ document }: Delivery): string => {
  const { sequence_id: _, ...known } = document as Record<string, unknown>;
  return JSON.stringify({ id: 'msg1', event: 'message', ...known });
};

const start = async (
  t: Test,
  faults: Fault[] = [],
  answer = answerOfUpdating,
): Promise<Receiver & { channel: Channel }> => {
  const receiver = await receiving(t, faults, { answer });
  return { ...receiver, channel: ntfyAt(t, new URL(`/${topic}`, receiver.url)) };
};

const outcomeOf = async (t: Test, fault: Fault, key: string | null = null): Promise<Outcome> => {
  const { url } = await receiving(t, [fault]);
  return ntfyAt(t, new URL(`/${topic}`, url), key).deliver(sampleCard(), null, never());
};

t.test('what arrives', async (t) => {
  const { channel, deliveries } = await start(t);
  t.match(channel, { name: 'ntfy:phone', audience: 'people', paceMs: 1000 });
  const outcome = await channel.deliver(sampleCard(), null, never());
  t.same(outcome, { kind: 'accepted', receipt: 'updates', detail: 'message msg1' });
  t.equal(deliveries[0]?.path, '/');
  t.equal(deliveries[0]?.headers.authorization, undefined);
  t.same(deliveries[0]?.document, {
    topic,
    title: 'claude-api died: pkill sent it SIGKILL',
    message:
      'Cause: signal, certain\nDone: started again after 2 s\nclaude-api:\n│ $ npm test\n│ Killed\nvps-1',
    priority: 4,
    tags: ['red_circle'],
    sequence_id: 'alert-1',
  });
});

t.test('the token, a server below a path, and a query', async (t) => {
  const { url, deliveries } = await receiving(t);
  const channel = ntfyAt(t, new URL(`/push/ntfy/${topic}/?via=x`, url), token);
  t.match(await channel.deliver(sampleCard(), null, never()), { kind: 'accepted' });
  t.equal(deliveries[0]?.path, '/push/ntfy/?via=x');
  t.equal(deliveries[0]?.headers.authorization, `Bearer ${token}`);
  t.match(deliveries[0]?.document, { topic });
});

t.test('an address without a topic', async (t) => {
  for (const path of ['', '/', '/a%20b', `/${'x'.repeat(65)}`, '/SECRET!']) {
    try {
      ntfyAt(t, `http://127.0.0.1${path}`);
      t.fail(`taken: ${path}`);
    } catch (cause) {
      t.match(cause, { code: 'bad-topic' });
      t.notMatch((cause as Error).message, /SECRET/);
    }
  }
});

t.test('how it rings', async (t) => {
  const { channel, deliveries } = await start(t);
  const severities = ['info', 'notice', 'warning', 'error', 'critical'] as const;
  for (const severity of severities) await channel.deliver(sampleCard({ severity }), null, never());
  for (const severity of severities) {
    await channel.deliver(sampleCard({ severity, status: 'resolved' }), null, never());
  }
  await channel.deliver(sampleCard({ severity: 'critical', loud: false }), null, never());
  const sent = deliveries.map(({ document }) => document as { priority: number; tags: string[] });
  t.same(
    sent.map(({ priority }) => priority),
    [1, 2, 3, 4, 5, 1, 2, 3, 3, 3, 2],
  );
  t.same(sent[4]?.tags, ['rotating_light']);
  t.match(sent[9], { tags: ['white_check_mark'], title: /^Resolved: / });
});

t.test('a server that can is told of every change, in the place of the first', async (t) => {
  const { channel, deliveries } = await start(t);
  const first = await channel.deliver(sampleCard(), null, never());
  const receipt = first.kind === 'accepted' ? first.receipt : null;
  const change = sampleCard({ revision: 2, loud: false });
  t.match(await channel.deliver(change, receipt, never()), { kind: 'accepted', receipt });
  t.same(
    deliveries.map(({ document }) => (document as { sequence_id: string }).sequence_id),
    ['alert-1', 'alert-1'],
  );
  t.match(deliveries[1]?.document, { priority: 2 });
});

t.test('others ring for what is loud, and when it is over', async (t) => {
  const { channel, deliveries } = await start(t, [], answerOfOld);
  const first = await channel.deliver(sampleCard(), null, never());
  t.match(first, { kind: 'accepted', receipt: 'accepted', detail: 'message msg1' });
  const receipt = 'accepted';
  const silent = await channel.deliver(sampleCard({ loud: false }), receipt, never());
  t.match(silent, { kind: 'accepted', receipt, detail: /^nothing sent/ });
  t.equal(deliveries.length, 1);
  await channel.deliver(sampleCard({ loud: true }), receipt, never());
  await channel.deliver(sampleCard({ loud: false, status: 'resolved' }), receipt, never());
  t.equal(deliveries.length, 3);
});

t.test('what the answers mean', async (t) => {
  const status = (code: number): Fault => ({ kind: 'status', status: code });
  for (const code of [401, 403, 404, 302, 407]) {
    t.match(await outcomeOf(t, status(code)), { kind: 'unusable', code: String(code) });
  }
  for (const code of [400, 413]) {
    t.match(await outcomeOf(t, status(code)), { kind: 'refused', code: String(code) });
  }
  const busy: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '60' } };
  t.match(await outcomeOf(t, busy), { kind: 'later', waitMs: 60_000, everything: true });
  t.match(await outcomeOf(t, status(500)), { kind: 'later', code: '500' });
  t.match(await outcomeOf(t, { kind: 'tear-before' }), { kind: 'later' });
  const { url } = await receiving(t, [{ kind: 'slow-body' }]);
  const slow = ntfyAt(t, new URL(`/${topic}`, url), null, hastyBody);
  const outcome = await slow.deliver(sampleCard(), null, never());
  t.match(outcome, { kind: 'accepted', receipt: 'accepted' });
});

t.test('why it was not taken is said in its words, without secrets', async (t) => {
  const errorBody = (error: unknown): Fault => ({
    kind: 'status',
    status: 429,
    body: JSON.stringify({ code: 42908, http: 429, error }),
  });
  const quota = await outcomeOf(t, errorBody('limit reached: daily message quota reached'));
  t.match(quota, { message: /HTTP 429: limit reached: daily message quota reached$/ });
  const hostile = `\x1b[31m${topic} ${token} password=SECRET-word\n${'x'.repeat(2000)}`;
  const shown = await outcomeOf(t, errorBody(hostile), token);
  t.match(shown, { message: /HTTP 429: \[redacted\] \[redacted\] password=\[redacted\]/ });
  t.notMatch(JSON.stringify(shown), /SECRET|\\u001b|\\n/);
  t.ok(JSON.stringify(shown).length < 500);
  for (const error of [null, 17, {}, ['x']]) {
    t.match(await outcomeOf(t, errorBody(error)), { message: /HTTP 429$/ });
  }
  for (const body of ['', 'null', '17', '[', '"x"']) {
    const fault: Fault = { kind: 'status', status: 200, body };
    t.match(await outcomeOf(t, fault), { kind: 'accepted', receipt: 'accepted' }, body);
  }
});

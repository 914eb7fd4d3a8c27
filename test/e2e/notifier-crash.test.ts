import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import type { AlertDocument } from '../../exporters/notifier/channel/document.ts';
import { accepts, type Fault } from '../exporters/notifier/webhook-fault.ts';
import { type Delivery, startWebhookReceiver } from '../exporters/notifier/webhook-receiver.ts';
import { type Child, startChild } from './child.ts';
import { generator } from './random.ts';
import { startRig } from './rig.ts';
import { startScriptedLink } from './scripted-link.ts';

/*
 * Agent and notifier are killed again and again while sessions die and the receiver misbehaves. What came is counted
 * at the receiver, what should have come in the log.
 */

const kills = Number(process.env['HOLDFAST_KILLS'] ?? 10);
const wanted = Number(process.env['HOLDFAST_INCIDENTS'] ?? 60);
const seed = Number(process.env['HOLDFAST_SEED'] ?? Date.now() % 1_000_000);
const random = generator(seed);
t.comment(`HOLDFAST_SEED=${seed}`);

/** Deaths of one server within two seconds are one incident (agent/explain/incident.ts). ms */
const apartMs = 2100;
const servers = Array.from({ length: 100 }, (_, i) => `s${i}`);

const faults: Fault[] = [
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'tear-before' },
  { kind: 'tear-after' },
  { kind: 'garbage', bytes: Buffer.from('no HTTP\r\n\r\n') },
];
const secret = `whsec_${Buffer.from('for tests only, long enough').toString('base64')}`;
let isFlaky = true;
const receiver = await startWebhookReceiver({
  secret,
  chooseFault: () =>
    isFlaky && random() < 0.1 ? (faults[Math.floor(random() * faults.length)] ?? null) : null,
});
t.teardown(() => receiver.close());

const config = JSON.stringify({
  servers: Object.fromEntries(servers.map((name) => [name, { adopt: `/nowhere/${name}` }])),
  alerts: { webhooks: { all: { url: receiver.url.href, secretCredential: 'hook' } } },
});
const rig = await startRig(t, {
  config,
  link: false,
  prepare: (home) => {
    mkdirSync(join(home, 'etc/credentials'), { mode: 0o700 });
    writeFileSync(join(home, 'etc/credentials/hook'), secret, { mode: 0o600 });
  },
});
const link = startScriptedLink(rig.paths.linkSocket, servers);
t.teardown(() => link.close());

const program = join(import.meta.dirname, '../../exporters/notifier/main.ts');
const startNotifier = (): Child => startChild(program, ['--home', rig.home], process.env);
let notifier = startNotifier();
t.teardown(() => notifier.kill('SIGKILL'));
await notifier.ready;

let notifierKills = 0;
const killNotifier = async (): Promise<void> => {
  await notifier.kill('SIGKILL');
  notifierKills += 1;
  notifier = startNotifier();
};
const killAgent = async (): Promise<void> => {
  await rig.agent.kill('SIGKILL');
  await rig.startAgent();
};

let done = false;
const dying = async (): Promise<void> => {
  while (!done) {
    await link.nextSessions();
    await wait(apartMs);
  }
};
const deaths = dying();
for (let kill = 0; kill < kills || rig.of('incident.opened').length < wanted; kill += 1) {
  await wait(random() * 500);
  if (kill < kills) await (random() < 0.5 ? killAgent : killNotifier)();
}
done = true;
await deaths;
isFlaky = false;

const log = await rig.events();
const opened = log.filter(({ type }) => type === 'incident.opened');
const incidents = opened.map(({ data }) => (data as { incident: string }).incident);
const documentOf = ({ document }: Delivery) => document as AlertDocument;
const told = (): Set<string> =>
  new Set(receiver.deliveries.flatMap((delivery) => documentOf(delivery).data.incidents));
const lost = (): string[] => {
  const known = told();
  return incidents.filter((incident) => !known.has(incident));
};

const limitMs = 120_000 + incidents.length * 200;
const deadline = performance.now() + limitMs;
while (lost().length > 0 && performance.now() < deadline) await wait(100);
await notifier.kill('SIGTERM');

t.test('every incident of the log was told', async (t) => {
  t.ok(incidents.length >= wanted, `${incidents.length} incidents`);
  t.same(lost(), [], notifier.said());
});

t.test('every message was signed', async (t) => {
  t.ok(receiver.requests.every(({ verified }) => verified === true));
});

t.test('what came twice is no more than what crashed while it was sent', async (t) => {
  const ids = receiver.deliveries.map(({ id }) => id);
  const twice = ids.length - new Set(ids).size;
  // Where an accepted message was not answered, nobody can know that it was.
  const unanswered = receiver.deliveries.filter(
    ({ fault }) => fault !== null && accepts(fault),
  ).length;
  t.ok(
    twice <= notifierKills + unanswered,
    `${twice} twice; ${notifierKills} kills of the notifier, ${unanswered} unanswered`,
  );
});

t.test('no alert goes back', async (t) => {
  const last = new Map<string, number>();
  const back = receiver.deliveries.filter((delivery) => {
    const { alert, revision } = documentOf(delivery).data;
    const before = last.get(alert) ?? 0;
    last.set(alert, revision);
    return revision < before;
  });
  t.same(
    back.map(({ id }) => id),
    [],
  );
});

t.comment(
  `${incidents.length} incidents, ${kills} kills, ${receiver.requests.length} requests, ${receiver.deliveries.length} accepted`,
);

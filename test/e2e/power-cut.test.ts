import { EventEmitter, once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import type { AlertDocument } from '../../exporters/notifier/channel/document.ts';
import { startWebhookReceiver } from '../exporters/notifier/webhook-receiver.ts';
import { type Child, startChild } from './child.ts';
import { startRig } from './rig.ts';
import { startScriptedLink } from './scripted-link.ts';

/*
 * A power cut takes the last events of the log along, and not what the notifier had stored of them: each has a disk
 * cache of its own. Their numbers are given to others before the notifier is back, which must hear of these.
 */

const servers = ['one', 'two', 'three'];
const bell = new EventEmitter();
const receiver = await startWebhookReceiver({
  answer: () => {
    bell.emit('delivery');
    return 'ok';
  },
});
t.teardown(() => receiver.close());

const rig = await startRig(t, {
  config: JSON.stringify({
    servers: Object.fromEntries(servers.map((name) => [name, { adopt: `/nowhere/${name}` }])),
    alerts: { webhooks: { all: { url: receiver.url.href } } },
  }),
  link: false,
});
const link = startScriptedLink(rig.paths.linkSocket, servers);
t.teardown(() => link.close());

const program = join(import.meta.dirname, '../../exporters/notifier/main.ts');
const startNotifier = (): Child => startChild(program, ['--home', rig.home], process.env);
let notifier = startNotifier();
t.teardown(() => notifier.kill('SIGKILL'));
await notifier.ready;

/** The session of each server ends, and the next begins. */
const allDie = async (): Promise<void> => {
  const known = rig.of('session.died').length;
  await link.nextSessions();
  await rig.until('the deaths', () =>
    rig.of('session.died').length >= known + servers.length ? true : undefined,
  );
};
const told = (): Set<string> =>
  new Set(receiver.deliveries.flatMap(({ document }) => (document as AlertDocument).data.sessions));
/** Every session that died so far. */
const untilAllTold = async (): Promise<void> => {
  const died = new Set(rig.of('session.died').map(({ data }) => data.session));
  const missing = (): string[] => [...died].filter((session) => !told().has(session));
  const signal = AbortSignal.timeout(60_000);
  const delivered = () => once(bell, 'delivery', { signal }).catch(() => undefined);
  while (missing().length > 0 && !signal.aborted) await delivered();
  t.strictSame(missing(), [], `${rig.agent.said()}\n${notifier.said()}`);
};

t.test('what has the numbers of events that a power cut took is told', async (t) => {
  const state = dirname(rig.paths.eventsDb);
  const files = readdirSync(state).filter((name) => name.startsWith('events.db'));
  const copy = mkdtempSync(join(tmpdir(), 'hfe-cut-'));
  t.teardown(() => rmSync(copy, { recursive: true, force: true }));

  await allDie();
  await untilAllTold();
  await rig.agent.kill('SIGKILL');
  for (const name of files) cpSync(join(state, name), join(copy, name));
  await rig.startAgent();
  await allDie();
  await untilAllTold();

  await notifier.kill('SIGKILL');
  await rig.agent.kill('SIGKILL');
  const before = rig.received.at(-1)?.event.seq ?? 0;
  for (const name of files) cpSync(join(copy, name), join(state, name));
  await rig.startAgent();
  while ((rig.received.at(-1)?.event.seq ?? 0) <= before) await allDie();
  notifier = startNotifier();
  await untilAllTold();
});

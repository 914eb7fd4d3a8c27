import t from 'tap';
import type { UnitEvents } from '../../../../../agent/model/events/unit.ts';
import { RequestFailure } from '../../../../../agent/model/failure.ts';
import type { UnitLine } from '../../../../../agent/model/status/unit-line.ts';
import { unitsServer } from '../../../../../agent/model/unit-state.ts';
import { cardButtons } from '../../../../../exporters/notifier/telegram/alert/card-message.ts';
import {
  downSession,
  eventOf,
  reportOf,
  sessionOf,
  statusOf,
} from '../../../../agent/cli/sample.ts';
import { death, ended, wrote } from '../../../../agent/model/unit-sample.ts';
import { type Accepted, shown } from '../../../../telegram/ledger.ts';
import { lastOrder, type Phone } from '../../../../telegram/phone.ts';
import { aBot, aUnit } from '../../../prometheus/document.ts';
import { sampleCard } from '../../sample-card.ts';
import { openScene, type Scene } from '../scene.ts';

const evil = 'by <b>x</b> \u001b[31mSIGKILL\u202e t.me/x /stop';

const fallen = (fields: Partial<UnitLine> = {}): UnitLine =>
  aUnit({
    ...{ name: 'gate', status: 'failed', breaker: 'open', health: null, rssBytes: null, cpu: null },
    ...{ startedAt: null, pid: null, life: null, since: Date.now() - 3_600_000, deaths: 6 },
    end: { at: Date.now() - 3_600_000, how: 'died', result: 'signal', exit: null, why: evil },
    ...fields,
  });

const buttonsOf = (message: Accepted): string[] =>
  shown(message)
    .keyboard?.inline_keyboard.flat()
    .map(({ text }) => text) ?? [];

const deeds = ({ calls }: Scene) => calls.filter(({ method }) => method.startsWith('session.'));

const noIncident = (): never => {
  throw new RequestFailure('unknown-incident', 'no incident is known for "gate"');
};

/** A gate that systemd gave up and a relay that runs, beside `gate-keeper`, which is a session. */
const open = async (t: Parameters<typeof openScene>[0], units = [fallen(), relay]) => {
  const scene = await openScene(t);
  const sessions = [sessionOf('gate-keeper'), downSession('old', 'stopped')];
  scene.answers.status = () => statusOf({ servers: [], sessions, units });
  scene.answers.incident = noIncident;
  return { scene, phone: await scene.owner() };
};

const relay = aUnit({
  ...{ name: 'relay', unit: 'relay.service', startedAt: Date.now() - 7_200_000, deaths: 0 },
  bots: [aBot({ state: 'disconnected', why: 'see @all' })],
});

/** Asks, and answers the question that comes back. */
const questionTo = (scene: Scene, phone: Phone, text: string): Promise<Accepted> => {
  const after = lastOrder(scene.api);
  phone.send(text);
  return phone.until(`a question about ${text}`, /\?\n/, { after });
};

t.test('units stand beside sessions in /status and /sessions', async (t) => {
  const { scene, phone } = await open(t);
  const status = await phone.ask('/status');
  t.match(
    shown(status).text,
    /^🟠 .*\nSessions: 1 up, 1 stopped\nUnits: 1 up, 1 failed\n⚫ Units that systemd gave up or does not have: gate\nLoad/,
  );
  t.same(buttonsOf(status), ['gate']);
  t.match(
    shown(await phone.ask('/sessions')).text,
    /^⚫ gate unit, failed, 1h, 6 deaths\n⚪ old .*\n🟢 gate-keeper .*\n🟢 relay unit, 2h, 48 MiB$/,
  );
  scene.answers.status = () => statusOf({ servers: [], sessions: [], units: [relay] });
  t.match(shown(await phone.ask('/status')).text, /^🟢 .*\nSessions: 0 up\nUnits: 1 up\nLoad/);
  const unitsUnseen = 'systemctl is not installed';
  scene.answers.status = () => statusOf({ servers: [], sessions: [], units: [relay], unitsUnseen });
  t.match(shown(await phone.ask('/status')).text, /^🟠 .*systemd cannot be asked.*: systemctl is/s);
  scene.answers.status = () => statusOf({ sessions: [] });
  t.equal(shown(await phone.ask('/sessions')).text, 'There are no sessions and no units.');
});

t.test('a unit is started, stopped and restarted by its name, once confirmed', async (t) => {
  const { scene, phone } = await open(t);
  const question = await questionTo(scene, phone, '/start gate');
  t.strictSame(deeds(scene), [], 'not before it is confirmed');
  phone.press(question, 'Yes, start');
  await phone.until('the end', /^✅ Started gate\.$/);
  t.match(deeds(scene), [{ method: 'session.start', params: { session: 'gate' } }]);
  await questionTo(scene, phone, `/restart ${unitsServer}:gate`);
  await phone.until('the name alone', /^Restart gate\?/);

  const which = await phone.ask('/stop gat');
  t.match(shown(which).text, /^Only the exact name/);
  t.strictSame(buttonsOf(which), ['gate-keeper', 'gate']);
  phone.press(which, 'gate');
  await phone.until('the question', /^Stop gate\?/);
  t.equal(deeds(scene).length, 1);
});

t.test('why: as it is now, and below that its newest incident', async (t) => {
  const { scene, phone } = await open(t);
  const now = await phone.ask('/why gate');
  t.match(
    shown(now).text,
    /^⚫ gate failed 1h ago\nunit of systemd telegram-gateway\.service\n6 deaths, started again by systemd 3 times, restarted for its health 1 time\nHoldfast restarts it no more: it did so too often\nlast end: died 1h ago: by <b>x<\/b> SIGKILL t\.me\/x \/stop$/,
  );
  t.same(
    shown(now).entities.filter(({ type }) => type !== 'code' && type !== 'bold'),
    [],
    'nothing of it is to be pressed',
  );
  t.same(buttonsOf(now), ['Restart', 'Silence 1 h']);
  phone.press(now, 'Restart');
  await phone.until('a question', /^Restart gate\?/);
  phone.press(now, 'Silence 1 h');
  await phone.until('silence', /^🔕 gate is silenced until /);
  t.match(scene.calls.at(-1), { method: 'alert.silence', params: { session: 'gate' } });

  const up = shown(await phone.ask('/why rel'));
  t.match(up.text, /^🟢 relay up .*\nhealth: healthy: all is well\nbot: disconnected: see @all$/s);
  t.notOk(up.entities.some(({ type }) => type === 'mention'));

  const { incident, ...rest } = reportOf([]);
  const about = { ...incident, server: unitsServer, sessions: ['gate'] };
  scene.answers.incident = () => ({ ...rest, incident: about });
  const explained = await phone.ask('/why gate');
  t.match(shown(explained).text, /^⚫ gate failed .*\n\ngate died: killed by SIGKILL\n/s);
  t.same(buttonsOf(explained), ['Restart', 'Acknowledge'], 'it has no screen');
  t.same(buttonsOf(await phone.ask('/why 7')), ['Restart', 'Acknowledge']);
  phone.press(explained, 'Restart');
  await phone.until('a question', /^Restart gate\?/);
  scene.answers.incident = () => {
    throw new RequestFailure('agent-unreachable', 'nobody listens');
  };
  t.match(shown(await phone.ask('/why gate')).text, /^⚠️ The agent does not answer/);
});

t.test('the buttons of an alert without an incident', async (t) => {
  const { scene, phone } = await open(t);
  const card = sampleCard({
    ...{ incident: null, incidents: [], sessions: ['gate'], kind: 'unit-failed' },
    actions: ['why', 'restart', 'silence'],
  });
  const [why = '', restart = '', silence = ''] = cardButtons(card, true).map(({ data }) => data);
  const message = await phone.ask('/help');
  phone.forge(message, why);
  await phone.until('how it is', /^⚫ gate failed/);
  phone.forge(message, silence);
  await phone.until('silence', /^🔕 gate is silenced until /);
  phone.forge(message, restart);
  const question = await phone.until('a question', /^Restart gate\?/);
  t.strictSame(deeds(scene), [], 'not before it is confirmed');
  phone.press(question, 'Yes, restart');
  await phone.until('the end', /^✅ Restarted gate\.$/);
  t.match(deeds(scene), [{ method: 'session.restart', params: { session: 'gate' } }]);

  scene.answers.status = () => statusOf({ units: [relay] });
  const gone = await phone.answerTo(phone.forge(message, restart));
  t.equal(gone.text, 'That is not known any more.', 'it is declared no more');
  const calls = scene.calls.length;
  const mallory = scene.stranger();
  for (const data of [why, silence, restart]) mallory.forge(message, data);
  await phone.ask('/help');
  t.equal(scene.calls.length, calls, 'whoever is not paired does nothing');
});

t.test('silence: by its name, and one called all', async (t) => {
  const { scene, phone } = await open(t, [fallen(), aUnit({ name: 'all' })]);
  await phone.ask('/silence gate 2h new token');
  t.match(scene.calls.at(-1), {
    method: 'alert.silence',
    params: { session: 'gate', forMs: 7_200_000, reason: 'new token' },
  });
  t.same(buttonsOf(await phone.ask('/silence all 1h')), ['Everything 1 h', 'all']);
});

t.test('a unit has no screen, and that is what is said', async (t) => {
  const { scene, phone } = await open(t);
  const none = /^gate is a unit of systemd: it has no screen\. What it prints is in its journal\.$/;
  t.match(shown(await phone.ask('/screen gate')).text, none);
  t.match(shown(await phone.ask('/screen rela text')).text, /^relay is a unit of systemd/);
  t.same(buttonsOf(await phone.ask('/screen')), ['gate-keeper', 'old'], 'none is offered');
  t.notOk(scene.calls.some(({ method }) => method === 'screen.capture'));
  const begun = lastOrder(scene.api);
  phone.send('/screen gat');
  const isPicture = (message: Accepted): boolean => shown(message).media !== undefined;
  await phone.until('the session that begins so', isPicture, { after: begun });
  t.match(scene.calls.at(-1), { method: 'screen.capture', params: { session: 'gate-keeper' } });

  const { incident, ...rest } = reportOf([]);
  scene.answers.incident = () => ({
    ...{ ...rest, incident: { ...incident, server: unitsServer, sessions: ['gate'] } },
  });
  const after = lastOrder(scene.api);
  phone.forge(await phone.ask('/help'), 'screen:7');
  await phone.until('of an old button', none, { after });
});

t.test('what one that died wrote last is below its button, as text', async (t) => {
  const { scene, phone } = await open(t);
  const { incident, ...rest } = reportOf([]);
  const about = { ...incident, server: unitsServer, sessions: ['gate'] };
  const end = { ...ended({ death }).data, session: 'gate' } as UnitEvents['unit.ended'];
  const said = wrote('the tail');
  const reportWith = (output: UnitEvents['unit.output']) => () => ({
    ...{ ...rest, incident: about },
    events: [eventOf(1, 'unit.ended', end), eventOf(2, 'unit.output', output)],
  });
  scene.answers.incident = reportWith(said);
  scene.answers['screen.read'] = () => ({ text: 'a line\nthe <b>tail</b>' });
  const page = await phone.ask('/why gate');
  t.same(buttonsOf(page), ['Screen', 'Restart', 'Acknowledge']);
  phone.press(page, 'Screen');
  const lines = await phone.until(
    'its lines',
    /^Last lines of gate, .*\na line\nthe <b>tail<\/b>$/s,
  );
  t.ok(shown(lines).entities.some(({ type }) => type === 'pre'));
  t.equal(shown(lines).media, undefined, 'and no picture');
  t.match(scene.calls.at(-1), { params: { blob: said.output?.blob } });

  const after = lastOrder(scene.api);
  scene.answers.incident = reportWith({ ...said, output: null, why: 'no journal' });
  t.same(buttonsOf(await phone.ask('/why gate')), ['Restart', 'Acknowledge']);
  phone.press(page, 'Screen');
  await phone.until('that there are none', /^gate is a unit of systemd: it has no screen/, {
    after,
  });
});

t.test('a session that is called as a unit is told apart', async (t) => {
  const { scene, phone } = await open(t);
  const sessions = [sessionOf('gate')];
  scene.answers.status = () => statusOf({ sessions, units: [fallen()] });
  t.same(buttonsOf(await phone.ask('/stop')), ['main:gate', 'gate']);
  scene.answers.incident = () => reportOf();
  const { incident, ...rest } = reportOf();
  scene.answers.incident = () => ({ ...rest, incident: { ...incident, sessions: ['gate'] } });
  phone.press(await phone.ask('/why 7'), 'Restart');
  await phone.until('of the session', /^Restart main:gate\?/);
});

t.test('nobody who is not paired does anything to a unit', async (t) => {
  const { scene, phone } = await open(t);
  const page = await phone.ask('/why gate');
  const button = shown(page).keyboard?.inline_keyboard.flat()[0];
  const data = button && 'callback_data' in button ? button.callback_data : '';
  const mallory = scene.stranger();
  const before = scene.calls.length;
  for (const text of ['/restart gate', '/stop gate', '/silence gate', '/sessions', '/why gate'])
    mallory.send(text);
  mallory.forge(page, data);
  await phone.ask('/help');
  t.equal(scene.calls.length, before);
  t.same(mallory.messages(), []);
});

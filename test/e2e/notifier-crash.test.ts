import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { startDeaths } from './kill-loop/deaths.ts';
import { type Expected, expectedOf } from './kill-loop/expected.ts';
import { startHook } from './kill-loop/hook.ts';
import { waitingIn } from './kill-loop/outbox-rows.ts';
import { startPhones } from './kill-loop/phones.ts';
import { wentBack } from './kill-loop/seen.ts';
import { sightOf, twiceOn, wronglyTold, wrongStorms } from './kill-loop/sight.ts';
import { startStack } from './kill-loop/stack.ts';
import { generator } from './random.ts';

/*
 * Agent and notifier are killed again and again while sessions die and come back, and while those who are told
 * misbehave. What came is counted where it came, what should have come in the log.
 */

const kills = Number(process.env['HOLDFAST_KILLS'] ?? 10);
const wanted = Number(process.env['HOLDFAST_INCIDENTS'] ?? 60);
const seed = Number(process.env['HOLDFAST_SEED'] ?? Date.now() % 1_000_000);
const random = generator(seed);
t.comment(`HOLDFAST_SEED=${seed}`);

/** Between two kills, at most. The notifier needs a second to start, and is to be killed at work too. ms */
const pauseMs = 2500;
const progressMs = 20_000;

const servers = Array.from({ length: 100 }, (_, i) => `s${i}`);
const hook = await startHook(generator(seed + 1));
t.teardown(() => hook.close());
const phones = await startPhones(seed + 2);
t.teardown(() => phones.close());
const stack = await startStack(t, servers, { hook, phones });
const { rig, link } = stack;

let killed = 0;
const opened = (): number => rig.of('incident.opened').length;
const progress = (): void => {
  const messages = phones.all.reduce((sum, phone) => sum + phone.messages().length, 0);
  t.comment(
    `${killed} kills (${stack.notifierKills} of the notifier), ${opened()} incidents, ${hook.deliveries().length} ` +
      `webhooks, ${messages} messages, ${phones.faults()} faults of the Bot API, ${waitingIn(stack.outbox)} waiting`,
  );
};
const reporting = setInterval(progress, progressMs);
t.teardown(() => clearInterval(reporting));

const due = (): number =>
  killed < kills ? Math.ceil((wanted * (killed + 1)) / kills) : Number.POSITIVE_INFINITY;
const deaths = startDeaths(link, servers, random, due);
while (killed < kills || opened() < wanted) {
  await wait(random() * pauseMs);
  if (killed >= kills) continue;
  await (random() < 0.5 ? stack.killAgent() : stack.killNotifier());
  killed += 1;
}
await deaths.stop();
hook.calm();
phones.calm();

const untold = (incidents: readonly Expected[]): string[] => {
  const told = hook.told();
  const isTold = ({ incident, isOver }: Expected): boolean =>
    told.get(incident)?.status === (isOver ? 'resolved' : 'firing');
  return incidents.filter((one) => !isTold(one)).map(({ incident }) => incident);
};

// What is past is known; what follows from it may still be on its way.
const limitMs = 120_000 + opened() * 500;
const deadline = performance.now() + limitMs;
let incidents = expectedOf(await rig.events());
while (untold(incidents).length > 0 || waitingIn(stack.outbox) > 0) {
  if (performance.now() > deadline) break;
  await wait(500);
  incidents = expectedOf(await rig.events());
}
progress();
await stack.notifier.kill('SIGTERM');

const sights = phones.all.map((phone) => sightOf(phone, stack.outbox));

t.test('every incident of the log was told, and how it stands now', async (t) => {
  t.ok(incidents.length >= wanted, `${incidents.length} incidents`);
  t.ok(incidents.some(({ isOver }) => isOver) && incidents.some(({ isOver }) => !isOver));
  t.same(untold(incidents), [], stack.notifier.said());
  t.ok(hook.isSigned());
});

t.test('each is on every phone, by itself or as one of those a storm counts', async (t) => {
  for (const sight of sights) {
    const { name, seen, believed } = sight;
    t.same(wronglyTold(sight, incidents), [], name);
    t.same(wrongStorms(sight), [], `the storms of ${name}`);
    const counts = believed.storms.map(({ alerts }) => alerts);
    t.comment(`${name}: ${seen.alone.size} by themselves, in storms ${counts.join(' and ')}`);
  }
});

t.test('what came twice is no more than what crashed while it was sent', async (t) => {
  const onPhones = sights.map((sight) => ({
    ...{ name: sight.name, twice: twiceOn(sight), unanswered: phones.unanswered(sight.phone) },
  }));
  // Where an accepted message was not answered, nobody can know that it was.
  for (const { name, twice, unanswered } of [{ name: 'webhook', ...hook.twice() }, ...onPhones]) {
    t.ok(
      twice <= stack.notifierKills + unanswered,
      `${name}: ${twice} twice; ${stack.notifierKills} kills of the notifier, ${unanswered} unanswered`,
    );
  }
});

t.test('nothing goes back', async (t) => {
  t.same(hook.late(), []);
  for (const { name, seen } of sights) t.same(wentBack(seen), [], name);
});

import { spawn } from 'node:child_process';
import t from 'tap';
import type { Testimony } from '../../../agent/model/witnessed.ts';
import { mostPatienceMs } from '../../../agent/protocol/witness.ts';
import { call, startWitnessChild, whereTraced } from '../witness-child.ts';
import { run, startVictim, storm } from './killers.ts';

/** Longer than the kills take; it is ended with the test. */
const stormSeconds = '20';

const killers = 8;

t.test('in a storm of processes it says what it has not read', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  for (let i = 0; i < 2; i += 1) {
    const child = spawn('python3', ['-c', storm, stormSeconds], { stdio: 'ignore' });
    t.teardown(() => child.kill('SIGKILL'));
  }
  const ask = (victim: number, more = {}) =>
    call(witness.socket, 'testify', {
      ...{ pids: [victim], since: 0, until: Date.now() + 60_000, ...more },
    }) as Promise<Testimony>;
  const killed = ({ signals }: Testimony) => signals.find(({ signal }) => signal === 9)?.sender;
  for (let i = 0; i < killers; i += 1) {
    const victim = await startVictim(t);
    const { pid } = run('/bin/kill', '-9', String(victim));
    const dead = Date.now();
    const first = await ask(victim);
    const hasRead = (first.readUntil ?? 0) >= dead;
    if (!hasRead) t.comment(`it was ${dead - (first.readUntil ?? 0)} ms behind`);
    if (hasRead) t.equal(killed(first)?.pid, pid, 'what it claims to have read it has');
    const patient = await ask(victim, { patienceMs: mostPatienceMs });
    t.ok((patient.readUntil ?? 0) >= dead, 'with patience it reads everything');
    t.match(killed(patient), { pid, comm: 'kill' });
  }
});

import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf, Failure } from '../../model/failure.ts';
import { parseProcStat } from '../../model/proc-stat.ts';
import { shellWord } from '../../model/text/shell-word.ts';
import { attempt } from '../../os/attempt.ts';
import { textOf } from '../../os/text-of.ts';
import { connect } from '../../protocol/client.ts';

/** The process that holds a lock: a pid alone may have been given to another process since. */
interface Holder {
  pid: number;
  startTime: number;
}

const startTimeOf = (pid: number): number | null =>
  parseProcStat(textOf(`/proc/${pid}/stat`) ?? '')?.startTime ?? null;

const readHolder = (file: string): Holder | null =>
  attempt(() => JSON.parse(readFileSync(file, 'utf8')));

const isAlive = (holder: Holder): boolean => startTimeOf(holder.pid) === holder.startTime;

const alreadyUp = (home: string, who: string): Failure =>
  new Failure(
    'already-up',
    `holdfast already runs for ${home} (${who}); look: holdfast status --home ${shellWord(home)}`,
  );

/** Appears whole or not at all, and never over another's: link(2) refuses an existing name. */
const place = (file: string, holder: Holder): boolean => {
  const draft = `${file}.${holder.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

/**
 * Makes this the only `up` of a home; a lock left behind by a killed one is taken over.
 * @returns releases it.
 * @throws Failure `already-up`
 */
export const takeLock = (file: string, home: string): (() => void) => {
  const self: Holder = { pid: process.pid, startTime: startTimeOf(process.pid) ?? 0 };
  for (let tries = 0; tries < 2; tries += 1) {
    if (place(file, self)) return () => rmSync(file, { force: true });
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw alreadyUp(home, `pid ${holder.pid}`);
    rmSync(file, { force: true });
  }
  throw alreadyUp(home, 'another one starts at this moment');
};

/** An agent may run without `up`. @throws Failure `already-up` */
export const refuseRunningAgent = async (socket: string, home: string): Promise<void> => {
  const client = await connect(socket).catch(() => null);
  if (!client) return;
  const pid = await client.call('version', {}).then(
    (running) => `agent pid ${running.pid}`,
    () => 'an agent that does not answer',
  );
  client.close();
  throw alreadyUp(home, pid);
};

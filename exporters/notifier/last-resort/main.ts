import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../agent/model/failure.ts';
import { lastResort } from './last-resort.ts';

/** sysexits.h; 1: nobody could be told. */
const exitCode = { told: 0, notTold: 1, usage: 64, software: 70, config: 78 } as const;

/** syslog(3) priorities, which journald takes from a `<N>` before each line (sd-daemon(3)). */
const priorities = { info: 6, error: 3 } as const;

const say = (level: keyof typeof priorities, msg: string, fields: object = {}): void => {
  const time = new Date().toISOString();
  const line = { level, time, component: 'last-resort', ...fields, msg };
  process.stdout.write(`<${priorities[level]}>${JSON.stringify(line)}\n`);
};

const run = async (unit: string): Promise<number> => {
  const result = await lastResort(
    { unit, env: process.env, date: Date.now() },
    { now: () => performance.now(), sleep: (ms) => sleep(ms) },
  );
  if (result.outcome === 'nothing to do') return exitCode.told;
  const { outcome, chats, failed } = result;
  const told = outcome === 'told';
  const msg = told ? `told people that ${unit} failed` : `nobody could be told that ${unit} failed`;
  say(failed.length === 0 ? 'info' : 'error', msg, { unit, chats, failed });
  return told ? exitCode.told : exitCode.notTold;
};

/** What is not one of ours is named by its kind alone: its text might hold the token. */
const report = (error: unknown): number => {
  if (error instanceof Failure) {
    say('error', error.message, { code: error.code });
    return exitCode.config;
  }
  say('error', `a mistake in Holdfast itself: ${error instanceof Error ? error.name : 'unknown'}`);
  return exitCode.software;
};

const [unit] = process.argv.slice(2);
if (unit === undefined || unit.startsWith('-')) {
  console.error('usage: holdfast-last-resort UNIT');
  process.exitCode = exitCode.usage;
} else {
  process.exitCode = await run(unit).catch(report);
}

import { parseArgs } from 'node:util';
import { unknownNames } from './jobs.ts';
import { labMatters } from './lab/ways.ts';
import { matters } from './ways.ts';

const names = (of: object): string => Object.keys(of).join(', ');

export const usage = `usage: make zoo ARGS="[--here | --lab] [--only NAME…] [--repeat N] [--seed N] [--without-tracing] [--json]"

Kills sessions in every way there is, and prints what Holdfast says of it beside what happened: on this
machine, then in a virtual one for what takes systemd or a whole machine to itself.

  --here              on this machine only
  --lab               in the virtual machine only
  --only NAME…        these ways, or all of a matter. Here: ${names(matters)}.
                      In the virtual machine: ${names(labMatters)}
  --list              say which ways there are, and run none
  --repeat N          each so many times
  --seed N            the names of an earlier run again, which it printed
  --without-tracing   do not ask the kernel who sends signals, even where that is possible (here only)
  --json              one object instead of the tables

Ends with status 1 if something wrong was said with confidence, if a way could not be judged, or if the lab ended early.`;

export interface Options {
  here: boolean;
  lab: boolean;
  only: readonly string[];
  repeat: number;
  seed: number;
  tracing: boolean;
  list: boolean;
  json: boolean;
}

/** @returns what is wanted, or what is wrong with it; no mistake: help was asked for. */
export const readOptions = (args: readonly string[]): Options | { mistakes: string[] } => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      here: { type: 'boolean', default: false },
      lab: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      list: { type: 'boolean', default: false },
      repeat: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      'without-tracing': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { here, lab, list, json } = values;
  const only = [...values.only, ...positionals];
  const repeat = Number(values.repeat);
  const seed = Number(values.seed);
  const tracing = !values['without-tracing'];
  const all = { ...matters, ...labMatters };
  const mistakes = [
    ...(positionals.length > 0 && values.only.length === 0 ? ['names come after --only'] : []),
    ...unknownNames(all, only).map((name) => `there is no way and no matter ${name}`),
    ...(Number.isInteger(repeat) && repeat > 0 ? [] : ['--repeat takes a whole number above 0']),
    ...(Number.isInteger(seed) ? [] : ['--seed takes a whole number']),
    ...(lab && !tracing ? ['--without-tracing is for this machine only'] : []),
  ];
  if (values.help || mistakes.length > 0) return { mistakes };
  const isHere = here || !lab;
  const isLab = lab || !(here || !tracing);
  return { ...{ only, repeat, seed, tracing, list, json }, here: isHere, lab: isLab };
};

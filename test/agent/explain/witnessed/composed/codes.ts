import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../case.ts';
import { sent } from '../trace-line.ts';
import { fatal, handling, killer, leader, other } from './people.ts';

/** What a program does to itself, and the kernel to it. */
export const codes: readonly Way[] = [
  {
    name: 'a program that kills itself',
    rule: 'killed-itself',
    given: recorded(fatal(100, leader), {}, [deathOf(leader, 100.1, { signal: 9 })]),
    actor: leader,
    verdict: { cause: 'signal', confidence: 'certain', summary: /sent itself SIGKILL$/ },
  },
  {
    name: 'a program whose child is killed does the same to itself',
    rule: 'child-killed',
    given: recorded(
      `${fatal(100, killer, 9, 600)}${fatal(100.01, leader)}`,
      { ancestry: { 600: [leader] } },
      [deathOf(leader, 100.1, { signal: 9 })],
    ),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'certain', summary: /^SIGKILL to a program of "api"/ },
  },
  {
    name: 'so does sudo, which has a process of its own between',
    rule: 'child-killed',
    given: recorded(
      `${fatal(100, killer, 9, 601)}${fatal(100.01, leader)}`,
      { ancestry: { 601: [600, leader] } },
      [deathOf(leader, 100.1, { signal: 9 })],
    ),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'where the child was killed seconds before, or by another signal, it did so by itself',
    rule: 'killed-itself',
    given: recorded(
      `${fatal(98, killer, 9, 600)}${fatal(100, killer, 15, 600)}${fatal(100.01, leader)}`,
      { ancestry: { 600: [leader] } },
      [deathOf(leader, 100.1, { signal: 9 })],
    ),
    actor: leader,
    verdict: { cause: 'signal', summary: /sent itself SIGKILL$/ },
  },
  {
    name: 'a child and then its shell are asked to end: the status is that of the child',
    rule: 'child-killed',
    given: recorded(
      `${fatal(100, killer, 15, 600)}${fatal(100.01, other, 15)}`,
      { ...handling, ancestry: { 600: [leader] } },
      [deathOf(leader, 100.1, { status: 143 })],
    ),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'certain' },
  },
  {
    name: 'a shell and then its child are asked to end',
    rule: 'signal-heeded',
    given: recorded(
      `${fatal(100, killer, 15)}${fatal(100.01, other, 15, 600)}`,
      { ...handling, ancestry: { 600: [leader] } },
      [deathOf(leader, 100.1, { status: 143 })],
    ),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'Ctrl-C: a kworker is nobody',
    rule: 'typed',
    given: recorded(
      sent({ at: 100, sig: 2, from: 77, to: leader, code: 128, comm: 'kworker/u8:10' }),
      {},
      [deathOf(leader, 100.01, { signal: 2 })],
    ),
    actor: null,
    verdict: { cause: 'signal', summary: /Ctrl-C was typed/, missing: [/^who typed it/] },
  },
  {
    name: 'Ctrl-C that a program handles, and ends at once',
    rule: 'typed',
    given: recorded(
      sent({ at: 100.2, sig: 2, from: 77, to: leader, code: 128 }),
      { catches: { [leader]: [2] } },
      [deathOf(leader, 100.3, { status: 0 })],
    ),
    actor: null,
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'Ctrl-C seconds before an exit: it stopped something else',
    rule: 'program-exit',
    given: recorded(
      sent({ at: 100.2, sig: 2, from: 77, to: leader, code: 128 }),
      { catches: { [leader]: [2] } },
      [deathOf(leader, 105, { status: 0 })],
    ),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
  ...[
    { sig: 25, code: 0, rule: 'limit-reached', cause: 'rlimit', summary: /largest file/ },
    { sig: 31, code: 1, rule: 'crashed', cause: 'program-crash', summary: /system call/ },
    { sig: 11, code: 128, rule: 'crashed', cause: 'program-crash', summary: /SIGSEGV/ },
    { sig: 13, code: 0, rule: 'kernel-signal', cause: 'signal', summary: /a pipe that nobody/ },
    { sig: 14, code: 128, rule: 'kernel-signal', cause: 'signal', summary: /timer/ },
    { sig: 10, code: -2, rule: 'kernel-signal', cause: 'signal', summary: /the kernel$/ },
    { sig: 29, code: 1, rule: 'kernel-signal', cause: 'signal', summary: /SIGIO/ },
  ].map(
    ({ sig, code, rule, cause, summary }): Way => ({
      name: `signal ${sig} with code ${code} from the process itself`,
      rule,
      given: recorded(sent({ at: 100, sig, code, from: leader, to: leader }), {}, [
        deathOf(leader, 100.1, { signal: sig }),
      ]),
      actor: null,
      verdict: { cause, summary },
    }),
  ),
];

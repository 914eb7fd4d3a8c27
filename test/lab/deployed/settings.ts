import { strict as assert } from 'node:assert';
import { defaultToken } from '../../telegram/server.ts';
import { outside } from '../qemu.ts';

/** How many sessions the machine runs: what the issue of memory and processor is measured with. */
export const sessionCount = 20;

/** Without a fork: processes are what an emulated machine is slowest at. */
const drawing = `exec 3<> <(:); while :; do printf '%(%T)T\\n'; read -rt 1 -u 3; done`;

const numbered = Object.fromEntries(
  Array.from({ length: sessionCount - 3 }, (_, i) => [
    `worker-${i + 1}`,
    // A quarter of them draw all the time; the rest wait, as most do.
    { command: i % 4 === 0 ? drawing : 'exec sleep infinity' },
  ]),
);

/** Ignores what asks it to end, as some programs do. */
const stubborn = `trap '' HUP TERM; while :; do sleep 1000; done`;

/** Starts a child that takes memory when it is told to. */
const greedy = `while read -r word; do [ "$word" != eat ] || exec tail /dev/zero; done`;

/** A secret that sessions of deploy may read. Wherever else it turns up, it leaked. */
export const credential = { name: 'lab-key', value: 'canary-7f3a91' };

/** That of the bot: the notifier's alone. */
export const botToken = { name: 'telegram-token', value: defaultToken };

export const assertNoSecret = (output: string): void => {
  for (const { name, value } of [credential, botToken]) {
    assert.ok(!output.includes(value), `${name} is not shown`);
  }
};

/** holdfast.yaml and sessions.d of the lab's machine, for the Ansible role. */
export const settings = {
  holdfast_owners: [{ name: 'deploy', credentials: [credential.name] }, { name: 'alice' }],
  holdfast_credentials: {
    [credential.name]: credential.value,
    [botToken.name]: botToken.value,
  },
  holdfast_notifier_credentials: [botToken.name],
  holdfast_config: {
    servers: { main: { owner: 'deploy' }, hers: { owner: 'alice' } },
    alerts: { telegram: { api: `http://${outside.host}:${outside.port}` } },
    // Everything is killed again and again here.
    recovery: { maxRestarts: 100, window: '60s', firstWait: '10ms', longestWait: '10ms' },
    sessions: {
      ...numbered,
      stubborn: { command: stubborn },
      greedy: { command: greedy, limits: { memoryMax: '64MiB' } },
      hers: { command: 'exec sleep infinity', server: 'hers' },
    },
  },
};

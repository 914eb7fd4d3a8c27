import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../machine.ts';
import type { Check } from '../suite.ts';
import { followPage, type Ports } from './follow.ts';

export const checkout = join(import.meta.dirname, '../../..');

/** Installing packages and running playbooks take minutes under emulation. */
const limitMs = 900_000;

/** As a person at a terminal sees it: both streams, in their order. */
const portsOf = (machine: Machine, progress: (text: string) => void): Ports => ({
  progress,
  async run(user, command) {
    const login = user === 'root' ? machine : machine.as(user);
    const { code, stdout, stderr, timedOut } = await login.run(`exec 2>&1\n${command}`, {
      limitMs,
    });
    return { output: stdout + stderr, code: timedOut ? null : code };
  },
  prepare: (command) => machine.must(command, { limitMs }),
});

/** Follows a page of the checkout on the machine, to the letter. */
export const followed = (path: string): Check => ({
  name: `${path}: each command prints what the page says`,
  async run({ machine, measure, progress }) {
    const markdown = readFileSync(join(checkout, path), 'utf8');
    const ports = portsOf(machine, (text) => progress(`${path}, ${text}`));
    const { ran, skipped, differences } = await followPage(markdown, ports);
    measure(`commands of ${path}`, `${ran} run, ${skipped.length} blocks not run`);
    for (const reason of skipped) measure(`not run of ${path}`, reason);
    assert.ok(ran > 0, `${path} has no command`);
    assert.equal(differences.length, 0, `\n${path}, ${differences.join(`\n${path}, `)}`);
  },
});

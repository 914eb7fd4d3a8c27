import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { journalEnd } from '../deployed/journal-end.ts';
import { untilStatus, untilWell } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const holds: Check = {
  name: 'on each server of an owner a client waits, and goes on waiting',
  async run({ machine }) {
    const waiting = () => machine.must("pgrep -x -f 'tmux .*wait-for holdfast-[a-z-]*.*'");
    await untilWell(machine);
    // What is done to a server has the one that waits for changes replaced: a busy machine may be at that still.
    const goOn = async (): Promise<boolean> => {
      const before = await waiting();
      await wait(5000);
      const after = await waiting();
      if (before.split('\n').length === 4 && after === before) return true;
      throw new Error(`pids of who waits: ${before}; and after a while: ${after}`);
    };
    await until('one for its end and one for its changes, twice, the same for 5 s', goOn, 120_000);
  },
};

const hasExtra = ({ sessions }: StatusDocument): boolean =>
  sessions.some(({ session, status }) => session === 'lab-extra' && status === 'up');

const reloads: Check = {
  name: 'a good reload is applied; a broken one keeps the old configuration and says so',
  async run({ machine }) {
    const file = '/etc/holdfast/sessions.d/lab.yaml';
    const reload = async (text: string): Promise<void> => {
      await machine.must(`cat >${file}; systemctl reload holdfast-agent`, { stdin: text });
    };
    const act = async (): Promise<void> => {
      await reload('sessions: {lab-extra: {command: sleep 9999}}\n');
      await untilStatus(machine, 'the new session is up', hasExtra);
      await reload('sessions: {lab-extra: {comand: oops}}\n');
      await untilStatus(machine, 'the refusal is shown', ({ agent }) => agent.refused !== null);
      const ofManager = async () =>
        /refused/.test(await machine.must('systemctl show -P StatusText holdfast-agent'));
      await until('systemd says so too', ofManager, 60_000);
      assert.match(await machine.must('holdfast status'), /configuration was refused/);
      await machine.must(`rm ${file}; systemctl reload holdfast-agent`);
      await untilStatus(machine, 'no refusal any more', ({ agent }) => agent.refused === null);
      await machine.as('deploy').must('tmux kill-session -t =lab-extra');
      await untilStatus(machine, 'it is gone', (status) => !hasExtra(status));
    };
    try {
      await undisturbed(machine, act, { victims: ['lab-extra'] });
    } finally {
      await machine.must(`rm -f ${file}; systemctl reload holdfast-agent`);
    }
  },
};

/** A start that nobody asked for would come within a second (RestartSec=). */
const noStartMs = 4000;

/** Saves what it has when it is asked to end. */
const saver = `trap 'sleep 1; echo yes >~/saved; exit' HUP TERM; touch ~/ready; while :; do sleep 0.2; done`;

const stoppedOnPurpose: Check = {
  name: 'an orderly stop lets a pane save its work, and stays a stop',
  async run({ machine, measure }) {
    const alice = machine.as('alice');
    await alice.must(`rm -f saved ready; tmux new-session -d -s saver "${saver}"`);
    const isReady = async () => (await alice.run('test -e ready')).code === 0;
    await until('the pane waits', isReady, 120_000);
    const stop = () => machine.must('systemctl stop holdfast-tmux@alice', { limitMs: 120_000 });
    try {
      measure('stopping a tmux server in order', await secondsOf(stop), 's');
      assert.equal(await alice.must('cat saved'), 'yes');
      await wait(noStartMs);
      const state = await machine.must('systemctl is-active holdfast-tmux@alice || true');
      assert.equal(state, 'inactive');
    } finally {
      await machine.must('systemctl start holdfast-tmux@alice');
      await untilWell(machine);
    }
  },
};

const onFailure: Check = {
  name: 'a unit of ours that fails leaves a line, though the agent is not there to write it; sessions live on',
  async run({ machine }) {
    const cursor = await journalEnd(machine);
    const said = `journalctl --after-cursor='${cursor}' -t holdfast -p err -o cat`;
    const act = async (): Promise<void> => {
      await machine.must('systemctl stop holdfast-agent');
      try {
        await machine.must('systemctl kill --signal=KILL holdfast-exporter');
        const isSaid = async (): Promise<boolean> => {
          const text = await machine.must(said);
          if (/^holdfast-exporter\.service failed: signal/m.test(text)) return true;
          throw new Error(`said was: ${text}`);
        };
        await until('the line', isSaid, 120_000);
      } finally {
        await machine.must('systemctl start holdfast-agent && systemctl reset-failed');
      }
    };
    await undisturbed(machine, act);
  },
};

export const units: Suite = {
  name: 'units',
  about: 'the units on a deployed machine: reload, stop, failure',
  after: deploy,
  checks: [holds, reloads, stoppedOnPurpose, onFailure],
};

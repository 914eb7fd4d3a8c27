import { strict as assert } from 'node:assert';
import type { Event } from '../../../agent/model/event.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { eventsAfter } from '../deployed/events.ts';
import { statusOf, untilStatus } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const verdictsIn = (events: readonly Event[]): Verdict[] =>
  events.flatMap((event) => (event.type === 'verdict.reached' ? [event.data.verdict] : []));

const isTheKernels = ({ cause, confidence }: Verdict): boolean =>
  cause === 'oom-cgroup' && confidence === 'certain';

const memoryMax: Check = {
  name: 'a session over its memoryMax dies alone, and why says so',
  async run({ machine }) {
    const { events } = await undisturbed(
      machine,
      async () => {
        const { seq } = await statusOf(machine);
        await machine.as('deploy').must('tmux send-keys -t =greedy: eat Enter');
        // On a busy machine a first verdict comes before the kernel's word.
        const isExplained = async () =>
          verdictsIn(await eventsAfter(machine, seq)).some(isTheKernels);
        await until('its death is explained', isExplained, 240_000);
      },
      { victims: ['greedy'] },
    );
    const verdict = verdictsIn(events).at(-1);
    assert.deepEqual(
      [verdict?.cause, verdict?.confidence],
      ['oom-cgroup', 'certain'],
      JSON.stringify(verdict),
    );
    assert.match(await machine.must('holdfast why greedy'), /memoryMax/);
  },
};

const measured: Check = {
  name: 'sessions are measured by their own groups, and new panes end in the right one',
  async run({ machine }) {
    const exact = ({ sessions }: StatusDocument) =>
      sessions.every(({ measured }) => measured === 'exact');
    await untilStatus(machine, 'all sessions are measured exactly', exact);
    const deploy = machine.as('deploy');
    const ids = await deploy.must('tmux display-message -p -t =greedy: "#{session_id}"');
    const group = `session-${ids.slice(1)}`;
    await deploy.must('tmux split-window -d -t =greedy: "exec sleep 4321"');
    await deploy.must('tmux new-window -d -t =greedy: sleep 4322');
    const isIn = async (seconds: number): Promise<boolean> => {
      const pid = await machine.must(`pgrep -x -f "sleep ${seconds}"`);
      return (await machine.must(`cat /proc/${pid}/cgroup`)).endsWith(`/${group}`);
    };
    await until('the split is in the group of its session', () => isIn(4321), 120_000);
    await until('so is a window without a shell', () => isIn(4322), 120_000);
    await deploy.must('pkill -x -f "sleep 432[12]"');
  },
};

export const limits: Suite = {
  name: 'limits',
  about: 'a control group for each session',
  after: deploy,
  checks: [measured, memoryMax],
};

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { statOf } from '../../../agent/observe/machine/procfs.ts';
import { sessionOfProcess } from '../../../agent/observe/requester.ts';
import { after, birth, running, started } from '../model/sample.ts';

t.test(
  'a process belongs to the session whose leader it comes from, under that very server',
  async (t) => {
    const leader = spawn('sh', ['-c', 'sleep 60 & echo $!; wait']);
    t.teardown(() => leader.kill('SIGKILL'));
    const child = Number(`${(await once(leader.stdout, 'data'))[0]}`);
    t.teardown(() => process.kill(child, 'SIGKILL'));
    const startTime = statOf(process.pid)?.startTime ?? 0;
    const pane = { id: '%7', pid: leader.pid ?? 0, startTime: 0, shell: true };
    const state = (since: number) =>
      after(
        running,
        started(
          birth('mine', 7, { instance: { pid: process.pid, startTime: since }, panes: [pane] }),
        ),
      );
    t.equal(sessionOfProcess(state(startTime), child), 'mine');
    t.equal(sessionOfProcess(state(startTime), process.pid), null, 'nor is the server in it');
    t.equal(sessionOfProcess(state(1), child), null, 'another process had that pid');
  },
);

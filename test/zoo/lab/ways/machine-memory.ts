import { died } from '../../expected.ts';
import { firstPid, ownServerDies } from '../expected.ts';
import type { LabGround } from '../ground.ts';
import { owners } from '../settings.ts';
import type { LabWay } from '../way.ts';
import { inService } from './units.ts';

const sessionLimit: LabWay = {
  name: 'session-memory-max',
  sentence: 'A session takes more memory than its limit.',
  server: 'managed',
  run: async (ground) => {
    await ground.as(owners.managed).must('tmux send-keys -t =greedy: eat Enter');
    return died([{ session: 'greedy', pid: 0 }], ['oom-cgroup']);
  },
};

/** Writes to all it takes: what is only asked for is no memory yet. */
const hog = `python3 -c "x = []; [x.append(b'1' * (64 << 20)) for _ in iter(int, 1)]"`;

/** Takes all there is of the machine's memory, and is the last that the kernel would take for it. */
const exhaust = ({ machine, name }: LabGround): Promise<string> => {
  const settings = ['OOMScoreAdjust=-900', 'RuntimeMaxSec=120'].map((one) => `-p ${one}`);
  return machine.must(
    `systemd-run --quiet --collect --unit=${name()} ${settings.join(' ')} ${hog}`,
  );
};

const wholeMachine: LabWay = {
  name: 'machine-out-of-memory',
  sentence: 'The machine runs out of memory, and the kernel takes a session for it.',
  server: 'managed',
  run: async (ground) => {
    const { machine } = ground;
    // Some memory of its own: the kernel does not look at what has none to give.
    const victim = await ground.victim(
      `exec python3 -c "x = bytearray(64 << 20); import time; time.sleep(1e6)"`,
    );
    await machine.must(`echo 1000 >/proc/${victim.pid}/oom_score_adj`);
    await exhaust(ground);
    return died([victim], ['oom-system']);
  },
};

const policyStop: LabWay = {
  name: 'oom-policy-stop',
  sentence: 'A child of a service dies of its memory limit, and systemd stops all of it for that.',
  server: 'adopted',
  run: async (ground) => {
    const settings = ['MemoryMax=64M', 'MemorySwapMax=0', 'OOMPolicy=stop'];
    const victim = await inService(ground, ground.name(), ...settings);
    await ground.as(owners.adopted).must('tmux -L own split-window -d "tail /dev/zero"');
    return ownServerDies(victim, ['oom-cgroup']);
  },
};

const oomd: LabWay = {
  name: 'oomd',
  sentence: 'systemd-oomd kills a service whose memory is under pressure.',
  server: 'adopted',
  run: async (ground) => {
    const { machine, mend } = ground;
    mend(() => machine.must('systemctl stop systemd-oomd.socket systemd-oomd'));
    await machine.must(
      'mkdir -p /etc/systemd/oomd.conf.d; printf "[OOM]\\nDefaultMemoryPressureDurationSec=1s\\n" >/etc/systemd/oomd.conf.d/zoo.conf; systemctl start systemd-oomd',
    );
    const settings = [
      ...['MemoryHigh=48M', 'ManagedOOMMemoryPressure=kill', 'ManagedOOMMemoryPressureLimit=5%'],
    ];
    const victim = await inService(ground, ground.name(), ...settings);
    await ground
      .as(owners.adopted)
      .must(`tmux -L own split-window -d 'python3 -c "x = bytearray(400 << 20)"'`);
    const killer = await machine.must('systemctl show -P MainPID systemd-oomd');
    return ownServerDies(victim, ['oomd'], { own: [firstPid, Number(killer)] });
  },
};

/** Memory that runs out: of a session, of a service, of the machine. */
export const machineMemory: readonly LabWay[] = [sessionLimit, policyStop, oomd, wholeMachine];

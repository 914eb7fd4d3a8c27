import { strict as assert } from 'node:assert';
import { setTimeout as wait } from 'node:timers/promises';
import { servicesOf } from '../deployed/services.ts';
import { untilWell } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

const settledSeconds = 300;
const measuredSeconds = 30;

interface Use {
  cpuMicroseconds: number;
  anonBytes: number;
  /** Of its main process alone: a link's clients of tmux are in its control group too. */
  mainAnonBytes: number;
  /** Of that, in huge pages: taken in steps of 2 MB where the kernel gives them unasked. */
  hugeBytes: number;
  processes: number;
  /** How often a limit of the unit was hit: processes killed for memory, and forks refused. */
  limitsHit: number;
}

/** By unit, from the control group of each. */
const useOf = async (machine: Machine, units: readonly string[]): Promise<Map<string, Use>> => {
  const text = await machine.must(
    `for unit in ${units.join(' ')}; do
       dir=/sys/fs/cgroup$(systemctl show -P ControlGroup $unit)
       main=/proc/$(systemctl show -P MainPID $unit)
       echo $unit $(awk '/^usage_usec/{print $2}' $dir/cpu.stat) $(awk '/^anon /{print $2}' $dir/memory.stat) \\
         $(( $(awk '/^oom_kill /{print $2}' $dir/memory.events) + $(awk '/^max /{print $2}' $dir/pids.events) )) \\
         $(awk '/^RssAnon:/{print $2}' $main/status) $(awk '/^AnonHugePages:/{print $2}' $main/smaps_rollup) \\
         $(wc -l <$dir/cgroup.procs)
     done`,
  );
  const rows = text.split('\n').map((line) => line.split(' '));
  return new Map(
    rows.map(([unit = '', cpu, anon, hit, mainKb, hugeKb, processes]) => [
      unit,
      {
        cpuMicroseconds: Number(cpu),
        anonBytes: Number(anon),
        limitsHit: Number(hit),
        mainAnonBytes: Number(mainKb) * 1024,
        hugeBytes: Number(hugeKb) * 1024,
        processes: Number(processes),
      },
    ]),
  );
};

const secondsSinceStart = async (machine: Machine): Promise<number> => {
  const started = 'date +%s -d "$(systemctl show -P ActiveEnterTimestamp holdfast-agent)"';
  return Number(await machine.must(`echo $(( $(date +%s) - $(${started}) ))`));
};

const afterFiveMinutes: Check = {
  name: 'memory and processor of each unit after five minutes; no limit of a unit was hit',
  async run({ machine, measure, progress }) {
    await untilWell(machine);
    const rest = Math.max(0, settledSeconds - (await secondsSinceStart(machine)));
    progress(`waiting ${rest} s, until they have run for five minutes`);
    await wait(rest * 1000);
    const units = await servicesOf(machine);
    const before = await useOf(machine, units);
    await wait(measuredSeconds * 1000);
    for (const [unit, use] of await useOf(machine, units)) {
      const { cpuMicroseconds, anonBytes, limitsHit } = use;
      const used = cpuMicroseconds - (before.get(unit)?.cpuMicroseconds ?? 0);
      const percent = (used / 1e6 / measuredSeconds) * 100;
      assert.ok(
        used > 0 && anonBytes > 0,
        `${unit} was measured: ${JSON.stringify({ used, ...use })}`,
      );
      assert.equal(limitsHit, 0, `${unit} hit a limit of its own: ${JSON.stringify(use)}`);
      measure(`${unit}: anonymous memory`, anonBytes / 2 ** 20, 'MiB');
      measure(`${unit}: that of its main process`, use.mainAnonBytes / 2 ** 20, 'MiB');
      measure(`${unit}: of that in huge pages`, use.hugeBytes / 2 ** 20, 'MiB');
      measure(`${unit}: processes`, use.processes, '');
      measure(`${unit}: processor over ${measuredSeconds} s, emulated`, percent, '% of one');
    }
  },
};

export const costs: Suite = {
  name: 'costs',
  about: 'what our units cost the machine, with 20 sessions',
  after: deploy,
  checks: [afterFiveMinutes],
};

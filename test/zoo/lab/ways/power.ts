import { serverDies } from '../expected.ts';
import type { LabGround } from '../ground.ts';
import type { LabWay } from '../way.ts';

const outage = (
  name: string,
  sentence: string,
  cause: 'shutdown' | 'host-crash',
  happen: (ground: LabGround) => Promise<unknown>,
): LabWay => ({
  ...{ name, sentence, server: 'managed' },
  run: async (ground) => {
    const dies = await serverDies(ground, [cause]);
    await happen(ground);
    return dies({ scope: 'host' });
  },
});

/** A command of root by which the kernel does at once what a key of its own would (Magic SysRq). */
const press = (key: string): string =>
  `(sleep 1; echo ${key} >/proc/sysrq-trigger) >/dev/null 2>&1 &`;

/** The machine stops, in an orderly way or not. */
export const power: readonly LabWay[] = [
  outage('reboot', 'root restarts the machine.', 'shutdown', ({ machine }) => machine.reboot()),
  outage('poweroff', 'root switches it off.', 'shutdown', ({ machine }) =>
    machine.powerCycle('systemctl poweroff'),
  ),
  outage('power-button', 'Somebody presses its power button.', 'shutdown', ({ machine }) =>
    machine.powerCycle(),
  ),
  outage('pulled-plug', 'Somebody pulls its plug.', 'host-crash', ({ machine }) => machine.crash()),
  outage('sysrq-reboot', 'root has the kernel restart at once.', 'host-crash', ({ machine }) =>
    machine.reboot(press('b')),
  ),
  outage(
    'kernel-panic',
    'The kernel panics, and restarts after a second.',
    'host-crash',
    ({ machine }) => machine.reboot(press('c')),
  ),
];

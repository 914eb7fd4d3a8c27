import { prepareDeployedDisk } from '../../lab/deployed/deployed-disk.ts';
import { clockOf, untilStatus } from '../../lab/deployed/status.ts';
import { prepareGround } from '../../lab/ground.ts';
import type { Machine } from '../../lab/machine.ts';
import { notes } from './ground.ts';
import type { Since } from './hear.ts';
import { declared, owners, packages, settings, switchedOff } from './settings.ts';

/** Boots a machine where Holdfast runs, deployed by the role. */
export const startDeployed = async (say: (text: string) => void): Promise<Machine> => {
  const ground = await prepareGround(say);
  const image = await prepareDeployedDisk(ground.cache, ground, {
    settings,
    packages,
    switchedOff,
  });
  return ground.startMachine(image);
};

const limitMs = 300_000;
/** The document is written once a second; this much later it tells of what was so when it was asked for. */
const settleMs = 1500;

/** All that is declared is up and every link connected, by a document that is younger than this call. */
export const untilReady = async (machine: Machine): Promise<Since> => {
  const at = await clockOf(machine);
  const isReady = await untilStatus(
    machine,
    'all declared sessions are up',
    ({ writtenAt, sessions, links }) =>
      writtenAt >= at + settleMs &&
      declared.every((name) => sessions.some((s) => s.session === name && s.status === 'up')) &&
      Object.values(owners).every((owner) => links.some((l) => l.owner === owner && l.connected)),
    limitMs,
  );
  // It goes with a reboot.
  await machine.must(`mkdir -p -m 1777 ${notes}`);
  return { seq: isReady.seq, at: await clockOf(machine) };
};

import { ownServerDies, serverDies } from '../expected.ts';
import type { LabGround } from '../ground.ts';
import { owners } from '../settings.ts';
import type { LabWay } from '../way.ts';

const unit = `holdfast-tmux@${owners.managed}`;

/** A command of root that has systemd end the unit of the managed server. */
const byCommand = (name: string, sentence: string, command: string): LabWay => ({
  ...{ name, sentence, server: 'managed' },
  run: async (ground) => {
    ground.mend(() => ground.machine.must(`systemctl start ${unit}`));
    const dies = await serverDies(ground, ['unit-stop']);
    return dies({ killers: [await ground.strike(command)] });
  },
});

const killByUnit: LabWay = {
  name: 'systemctl-kill',
  sentence: 'root has systemd send SIGKILL to all of the unit.',
  server: 'managed',
  run: async (ground) => {
    const dies = await serverDies(ground, ['signal']);
    const killer = await ground.strike(`systemctl kill --signal=KILL ${unit}`);
    return dies({ signal: 'SIGKILL', killers: [killer] });
  },
};

const cgroupKill: LabWay = {
  name: 'unit-cgroup-kill',
  sentence: 'root writes to cgroup.kill of the unit.',
  server: 'managed',
  run: async (ground) => {
    const dies = await serverDies(ground, ['signal']);
    const group = await ground.machine.must(`systemctl show -P ControlGroup ${unit}`);
    const killer = await ground.strike(
      `sh -c "echo 1 >/sys/fs/cgroup${group}/cgroup.kill; sleep 0.1"`,
    );
    return dies({ signal: 'SIGKILL', killers: [{ ...killer, cmdline: ['cgroup.kill'] }] });
  },
};

/** A server of alice's in a service of its own, made by systemd-run with these settings. */
export const inService = (ground: LabGround, service: string, ...settings: string[]) =>
  ground.ownServer((tmux) => {
    const options = ['Type=forking', `User=${owners.adopted}`, ...settings].map(
      (one) => `-p ${one}`,
    );
    ground.mend(() =>
      ground.machine.run(`systemctl stop ${service}; systemctl reset-failed ${service}`),
    );
    return ground.machine.must(
      `systemd-run --quiet --unit=${service} ${options.join(' ')} ${tmux}`,
    );
  });

const runtimeMax: LabWay = {
  name: 'runtime-max',
  sentence: 'A service has run as long as RuntimeMaxSec= lets it.',
  server: 'adopted',
  run: async (ground) => {
    const victim = await inService(ground, ground.name(), 'RuntimeMaxSec=20');
    return ownServerDies(victim, ['unit-stop']);
  },
};

const watchdog: LabWay = {
  name: 'watchdog',
  sentence: 'A service with WatchdogSec= does not call.',
  server: 'adopted',
  run: async (ground) => {
    const victim = await inService(ground, ground.name(), 'WatchdogSec=20', 'NotifyAccess=all');
    return ownServerDies(victim, ['unit-stop'], { signal: 'SIGABRT' });
  },
};

const serviceStop: LabWay = {
  name: 'service-stop',
  sentence: 'root stops the service in which somebody runs a server of his own.',
  server: 'adopted',
  run: async (ground) => {
    const service = ground.name();
    const victim = await inService(ground, service);
    const killer = await ground.strike(`systemctl stop ${service}`);
    return ownServerDies(victim, ['unit-stop'], { killers: [killer] });
  },
};

const scopeStop: LabWay = {
  name: 'scope-stop',
  sentence: 'root stops the scope in which somebody runs a server of his own.',
  server: 'adopted',
  run: async (ground) => {
    const scope = ground.name();
    const victim = await ground.ownServer((tmux) =>
      ground.machine.must(
        `systemd-run --quiet --scope --unit=${scope} --uid=${owners.adopted} ${tmux}`,
      ),
    );
    const killer = await ground.strike(`systemctl stop ${scope}.scope`);
    return ownServerDies(victim, ['unit-stop'], { killers: [killer] });
  },
};

/** How systemd ends a server: asked by somebody, or by a setting. */
export const units: readonly LabWay[] = [
  byCommand('unit-stop', 'root stops the unit of the managed server.', `systemctl stop ${unit}`),
  byCommand('unit-restart', 'root restarts it.', `systemctl restart ${unit}`),
  byCommand(
    'slice-stop',
    'root stops the slice of all sessions.',
    'systemctl stop holdfast-sessions.slice',
  ),
  killByUnit,
  cgroupKill,
  serviceStop,
  scopeStop,
  runtimeMax,
  watchdog,
];

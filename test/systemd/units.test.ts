import t from 'tap';
import { bundleFile, bundles } from '../../bin/bundling/bundles.ts';
import { programFiles } from '../../bin/packaging/program-files.ts';
import { systemFiles } from '../../bin/packaging/system-files.ts';
import { readUnit, valuesOf } from './unit-file.ts';
import { reports, root, services, unitOf, units } from './units.ts';

const built = bundles.map(bundleFile);
const installed = new Set(
  [...programFiles(root, built, 'x64'), ...systemFiles(root)].map(({ path }) => path),
);

const memoryFlags = ['--max-semi-space-size=1', '--no-opt', '--no-maglev', '--no-sparkplug'];

/** What every process of ours has, whatever it may do otherwise. */
const always = {
  NoNewPrivileges: 'yes',
  CapabilityBoundingSet: '',
  AmbientCapabilities: '',
  ProtectSystem: 'strict',
  PrivateDevices: 'yes',
  RestrictNamespaces: 'yes',
  LockPersonality: 'yes',
  RestrictRealtime: 'yes',
  RestrictSUIDSGID: 'yes',
  ProtectHostname: 'yes',
  ProtectClock: 'yes',
  ProtectKernelTunables: 'yes',
  ProtectKernelModules: 'yes',
  ProtectKernelLogs: 'yes',
  KeyringMode: 'private',
  SystemCallArchitectures: 'native',
  RemoveIPC: 'yes',
};

const sandboxed = services.filter((name) => name !== 'holdfast-tmux@.service');

t.test('the reader finds a directive with its comment, and refuses what is none', async (t) => {
  const [directive] = readUnit('[Unit]\n# Why\n# it is.\nDescription=x');
  t.match(directive, { section: 'Unit', name: 'Description', value: 'x', comment: 'Why it is.' });
  t.equal(readUnit('# of the file\n\n[Unit]\nDescription=x')[0]?.comment, '');
  t.throws(() => readUnit('[Unit]\nDescription x'));
});

t.test('every directive of every unit has its reason above it', async (t) => {
  const silent = units.flatMap(({ name, unit }) =>
    unit.filter(({ comment }) => comment.length < 8).map(({ line }) => `${name}:${line}`),
  );
  t.ok(units.length >= 10);
  t.same(silent, []);
});

t.test('units start only what the package installs or depends on', async (t) => {
  const fromDependencies = ['/usr/bin/tmux', '/bin/sh', '/bin/rm'];
  for (const { name, unit } of units) {
    const words = unit
      .filter((directive) => directive.name.startsWith('Exec'))
      .flatMap(({ value }) => value.replace(/^[-+:!@]*/, '').split(' '));
    const programs = words.filter((word) => /^\/(usr\/)?(s?bin|lib)\//.test(word));
    const missing = programs.filter(
      (path) => !installed.has(path) && !fromDependencies.includes(path),
    );
    t.same(missing, [], name);
  }
});

t.test('units name units that are there', async (t) => {
  const names = new Set(units.map(({ name }) => name));
  const missing = units.flatMap(({ unit }) =>
    unit
      .flatMap(({ value }) => value.split(' '))
      .filter((word) => /^holdfast[^/]*\.(service|target|slice)$/.test(word))
      .map((word) => word.replace(/@.*\.(?=\w+$)/, '@.'))
      .filter((word) => !names.has(word)),
  );
  t.same(missing, []);
});

t.test('every Node runs with the memory flags and one heap of malloc', async (t) => {
  for (const { name, unit } of units) {
    for (const start of valuesOf(unit, 'ExecStart').filter((value) =>
      value.includes('/bin/node'),
    )) {
      t.same(start.split(' ').slice(1, 5), memoryFlags, name);
      t.match(valuesOf(unit, 'Environment').join(' '), 'MALLOC_ARENA_MAX=1', name);
    }
  }
});

t.test('what forbids code made at run time starts a Node without a compiler', async (t) => {
  const forbidding = units.filter(({ unit }) =>
    valuesOf(unit, 'MemoryDenyWriteExecute').includes('yes'),
  );
  t.ok(forbidding.length >= 2);
  for (const { name, unit } of forbidding) {
    for (const start of valuesOf(unit, 'ExecStart').filter((value) => /\/bin\/node/.test(value))) {
      t.match(start, / --jitless /, name);
    }
  }
});

t.test('the last resort has what the notifier has, and waits for nothing of ours', async (t) => {
  const unit = unitOf('holdfast-last-resort@.service');
  for (const directive of ['User', 'StateDirectory', 'StateDirectoryMode', 'UMask']) {
    t.same(
      valuesOf(unit, directive),
      valuesOf(unitOf('holdfast-notifier.service'), directive),
      directive,
    );
  }
  t.same(valuesOf(unit, 'RuntimeDirectory'), ['holdfast-last-resort'], 'for when the disk is full');
  t.same(valuesOf(unit, 'RuntimeDirectoryMode'), ['0700']);
  t.same(valuesOf(unit, 'RuntimeDirectoryPreserve'), ['yes']);
  const needs = ['After', 'Requires', 'Wants', 'BindsTo', 'PartOf', 'Requisite'];
  t.same(
    needs.flatMap((directive) => valuesOf(unit, directive)),
    ['network.target'],
  );
});

t.test('every process of ours is sandboxed', async (t) => {
  t.ok(sandboxed.length >= 6);
  for (const name of sandboxed) {
    // A killer lives for a millisecond: who is to see it goes before others, and is killed if it spins.
    const own = name === 'holdfast-witness.service' ? { RestrictRealtime: 'no' } : {};
    for (const [directive, value] of Object.entries({ ...always, ...own })) {
      t.same(valuesOf(unitOf(name), directive), [value], `${name} ${directive}`);
    }
    const calls = ['@system-service', '~@privileged @resources'];
    // setpriv(1) calls it when it starts: without it no client waits on a tmux server.
    if (name === 'holdfast-link@.service') calls.push('capset');
    // A priority of its own, and a limit for whoever has it.
    if (name === 'holdfast-witness.service') calls.push('sched_setscheduler setrlimit prlimit64');
    t.same(valuesOf(unitOf(name), 'SystemCallFilter'), calls, `${name} system calls`);
  }
});

t.test('what has to see is not blinded', async (t) => {
  for (const name of [
    'holdfast-agent.service',
    'holdfast-witness.service',
    'holdfast-link@.service',
  ]) {
    t.same(valuesOf(unitOf(name), 'ProtectProc'), ['default'], name);
    t.same(valuesOf(unitOf(name), 'ProcSubset'), ['all'], name);
    t.same(valuesOf(unitOf(name), 'PrivateUsers'), ['no'], name);
  }
  t.same(valuesOf(unitOf('holdfast-link@.service'), 'PrivateTmp'), ['no']);
});

t.test('the sessions depend on nothing of ours that stops or restarts', async (t) => {
  const unit = unitOf('holdfast-tmux@.service');
  for (const directive of ['PartOf', 'BindsTo', 'Requires', 'Requisite', 'PropagatesStopTo']) {
    t.same(valuesOf(unit, directive), [], directive);
  }
  t.same(valuesOf(unit, 'KillMode'), ['mixed']);
  t.same(valuesOf(unit, 'OOMPolicy'), ['continue']);
  t.same(valuesOf(unit, 'Delegate'), ['yes']);
  t.same(valuesOf(unit, 'DelegateSubgroup'), ['server']);
  t.same(valuesOf(unit, 'Restart'), ['always']);
  t.same(valuesOf(unit, 'StartLimitIntervalSec'), ['0']);
});

t.test('no unit owns the directories of all', async (t) => {
  for (const { name, unit } of units) {
    const owned = ['RuntimeDirectory', 'StateDirectory', 'LogsDirectory', 'ConfigurationDirectory'];
    const directories = owned.flatMap((directive) => valuesOf(unit, directive));
    t.notOk(directories.includes('holdfast'), name);
  }
});

t.test('a failure of each service is reported, and the reports report nothing', async (t) => {
  for (const name of services) {
    const expected = reports.includes(name)
      ? []
      : ['holdfast-onfailure@%n.service holdfast-last-resort@%n.service'];
    t.same(valuesOf(unitOf(name), 'OnFailure'), expected, name);
  }
});

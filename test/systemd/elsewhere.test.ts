import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { operatorsGroup, readersGroup } from '../../agent/app/callers.ts';
import { managedSocket, systemPaths } from '../../agent/paths.ts';
import { valuesOf } from './unit-file.ts';
import { reports, root, services, unitOf, units, wordsOf } from './units.ts';

/** What is said of units outside of systemd/system/: whoever adds one is told here what else it needs. */

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Lines of a file of sysusers.d(5) or tmpfiles.d(5), as words. */
const entriesOf = (path: string): string[][] =>
  textOf(path)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));

const sysusers = entriesOf('systemd/holdfast.sysusers.conf');
const namesOf = (kind: 'u' | 'g'): string[] =>
  sysusers.filter(([type]) => type === kind).map(([, name = '']) => name);
/** systemd's own, whose members read its journal. */
const ofSystemd = 'systemd-journal';
/** A user has a group of the same name. */
const groups = [...namesOf('g'), ...namesOf('u')];

const directories = entriesOf('systemd/holdfast.tmpfiles.conf')
  .filter(([type]) => type === 'd')
  .map(([, path = '']) => path);

/** Those that run as long as the machine, and are not there for one owner. */
const ofTarget = services.filter((name) =>
  valuesOf(unitOf(name), 'WantedBy').includes('holdfast.target'),
);

t.test('holdfast.target has every unit that says it belongs to it', async (t) => {
  const target = unitOf('holdfast.target');
  t.ok(ofTarget.length >= 4);
  t.same(wordsOf(target, 'Wants').sort(), ofTarget);
  t.same(wordsOf(target, 'After').sort(), ofTarget);
  for (const name of ofTarget) t.same(valuesOf(unitOf(name), 'PartOf'), ['holdfast.target'], name);
});

t.test('every service is in the slice, and speaks under its own name', async (t) => {
  for (const name of services) {
    const slice = name === 'holdfast-tmux@.service' ? 'holdfast-sessions.slice' : 'holdfast.slice';
    t.same(valuesOf(unitOf(name), 'Slice'), [slice], name);
    // What is said of a failure is said of Holdfast.
    const own = name === 'holdfast-onfailure@.service' ? 'holdfast' : name.split(/[@.]/)[0];
    t.same(valuesOf(unitOf(name), 'SyslogIdentifier'), [own], name);
  }
});

t.test(
  'holdfast.sysusers.conf makes the users and groups of the units, and no other users',
  async (t) => {
    const users = units
      .flatMap(({ unit }) => valuesOf(unit, 'User'))
      .filter((user) => user !== '%i');
    t.same([...new Set(users)].sort(), namesOf('u').sort());
    const asked = units.flatMap(({ unit }) => [
      ...valuesOf(unit, 'Group'),
      ...wordsOf(unit, 'SupplementaryGroups'),
    ]);
    const members = sysusers.filter(([type]) => type === 'm').map(([, , group = '']) => group);
    for (const group of [...asked, ...members, operatorsGroup, readersGroup]) {
      t.ok(groups.includes(group) || group === ofSystemd, group);
    }
  },
);

t.test(
  'holdfast.tmpfiles.conf makes the directories units write to and the agent expects',
  async (t) => {
    const written = units
      .flatMap(({ unit }) => wordsOf(unit, 'ReadWritePaths'))
      .filter((path) => path.includes('holdfast'));
    const expected = Object.entries(systemPaths).flatMap(([name, path]) => {
      // The package brings it, with its directory.
      if (typeof path !== 'string' || name === 'config') return [];
      return [name.endsWith('Dir') ? path : dirname(path)];
    });
    t.ok(expected.length >= 10);
    const ofUnits = units.flatMap(({ unit }) =>
      wordsOf(unit, 'StateDirectory').map((name) => `/var/lib/${name}`),
    );
    for (const path of [...written, ...expected]) {
      t.ok([...directories, ...ofUnits].includes(path), path);
    }
  },
);

t.test('units pass the paths the agent expects', async (t) => {
  const socket = managedSocket(systemPaths, 'main', '%i') ?? '';
  const known: unknown[] = [...Object.values(systemPaths), socket, dirname(socket)];
  for (const { name, unit } of units) {
    const passed = unit
      .filter((directive) => directive.name.startsWith('Exec'))
      .flatMap(({ value }) => value.split(' ').slice(1))
      .filter((word) => /^\/(run|var)\//.test(word));
    t.same(
      passed.filter((path) => !known.includes(path)),
      [],
      name,
    );
  }
});

t.test('an upgrade restarts what has its program, and a purge leaves no directory', async (t) => {
  const [, ours = ''] = /^ours='(.*)'$/m.exec(textOf('bin/packaging/scripts/postinst')) ?? [];
  t.same(ours.split(' ').sort(), ofTarget);

  const lines = textOf('bin/packaging/scripts/postrm').split('\n');
  const removed = lines.flatMap((line) => /^\s*rm -rf (.*)$/.exec(line)?.[1]?.split(' ') ?? []);
  const own = units.flatMap(({ unit }) => [
    ...wordsOf(unit, 'StateDirectory').map((name) => `/var/lib/${name}`),
    ...wordsOf(unit, 'CacheDirectory').map((name) => `/var/cache/${name}`),
    ...wordsOf(unit, 'LogsDirectory').map((name) => `/var/log/${name}`),
  ]);
  const kept = [...directories, ...own].filter((path) => !path.startsWith('/run/'));
  t.ok(kept.length > 5);
  t.same(
    kept.filter((path) => !removed.some((top) => path === top || path.startsWith(`${top}/`))),
    [],
  );
});

t.test('README.Debian removes every user and group', async (t) => {
  const commands = textOf('bin/packaging/README.Debian').split(/[;\n]/);
  const given = (program: string): string[] =>
    commands.flatMap((line) => new RegExp(`^\\s*${program} (\\S+)$`).exec(line)?.[1] ?? []);
  t.same(given('userdel').sort(), namesOf('u').sort());
  t.same(given('groupdel').sort(), namesOf('g').sort());
});

t.test('docs/SECURITY.md says what every service may do', async (t) => {
  const text = textOf('docs/SECURITY.md');
  for (const name of services) {
    const said = name.replace('.service', '').replace('@', '@(OWNER)?');
    t.ok(new RegExp(`\\*\\*\`${said}\`\\*\\*`).test(text), name);
  }
});

t.test('the runbook says what a restart of every service does', async (t) => {
  const lines = textOf('docs/runbooks/startup-shutdown.md').split('\n');
  const rows = lines.filter((line) => /^\| .*restart of/.test(line)).join('\n');
  for (const name of services.filter((each) => !reports.includes(each))) {
    const said = name.replace('.service', '').replace('@', '@OWNER');
    t.ok(rows.includes(`restart of \`${said}\``), name);
  }
});

t.test('every unit that anything names is there', async (t) => {
  const names = new Set(units.map(({ name }) => name));
  const files = globSync(
    [
      '*.md',
      'docs/**/*.md',
      'ansible/**/*.{yml,j2,md,sh}',
      'bin/packaging/scripts/*',
      'systemd/lib/*',
    ],
    { cwd: root },
  );
  const named = files.flatMap((path) =>
    [
      ...textOf(path).matchAll(
        /(?<![\w/.-])holdfast(-[a-z]+)?(@[\w*%-]*)?\.(service|target|slice)\b/g,
      ),
    ].map(([text]) => ({ path, name: text.replace(/@.*(?=\.)/, '@') })),
  );
  t.ok(named.length > 20);
  t.same(
    named.filter(({ name }) => !names.has(name)),
    [],
  );
});

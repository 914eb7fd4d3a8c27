import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parseAllDocuments } from 'yaml';
import { wrongIn } from './matches.ts';
import {
  ansible,
  defaults,
  type Mapping,
  options,
  own,
  role,
  tasks,
  variablesIn,
  yamlFiles,
} from './role.ts';

const textOf = (path: string): string => readFileSync(join(ansible, path), 'utf8');

t.test('every file of YAML can be read and begins with three dashes', async (t) => {
  t.ok(yamlFiles.length > 20);
  for (const path of yamlFiles) {
    const documents = parseAllDocuments(textOf(path), { merge: false });
    t.same(
      [...documents].flatMap(({ errors, warnings }) => [...errors, ...warnings]),
      [],
      path,
    );
    t.match(textOf(path), /^---\n/, path);
  }
});

t.test('every default has an argument spec, and the other way round', async (t) => {
  t.same(Object.keys(defaults).sort(), Object.keys(options).sort());
  t.same(wrongIn(options, defaults), []);
  for (const [name, value] of Object.entries(defaults)) {
    t.same(options[name]?.default, value, `the default of ${name} is the same in both`);
  }
});

t.test('every option says what it is for', async (t) => {
  const described = (specs: Mapping): string[] =>
    Object.entries(specs as Record<string, { description?: string; options?: Mapping }>).flatMap(
      ([name, spec]) => [
        ...(/\.$/.test(spec.description ?? '') ? [] : [name]),
        ...described(spec.options ?? {}),
      ],
    );
  t.same(described(options as unknown as Mapping), []);
});

t.test('every variable that is used is a default or worked out by the role', async (t) => {
  const files = globSync('{tasks,handlers,templates,vars}/**/*.{yml,j2}', { cwd: role });
  const registered = tasks.flatMap(({ register, vars }) => [
    ...(typeof register === 'string' ? [register] : []),
    ...Object.keys((vars ?? {}) as Mapping),
  ]);
  const known = [...Object.keys(defaults), ...Object.keys(own), ...registered];
  const used = files.flatMap((path) => variablesIn(readFileSync(join(role, path), 'utf8')));
  t.ok(used.length > 30);
  t.same(
    used.filter((name) => !known.includes(name)),
    [],
    'known',
  );
  t.same(
    [...Object.keys(own), ...Object.keys(defaults)].filter((name) => !used.includes(name)),
    [],
    'used',
  );
});

t.test('every answer of the probe that is used is given', async (t) => {
  const given = [...readFileSync(join(role, 'files/probe.sh'), 'utf8').matchAll(/^say (\w+)/gm)];
  const files = globSync('{tasks,handlers,vars}/**/*.yml', { cwd: role });
  const used = files.flatMap((path) =>
    [...readFileSync(join(role, path), 'utf8').matchAll(/__holdfast_probe\.(\w+)/g)].map(
      ([, name]) => name ?? '',
    ),
  );
  t.same([...new Set(used)].sort(), given.map(([, name]) => name ?? '').sort());
});

t.test('what takes a secret writes no log and no diff', async (t) => {
  const secret = /holdfast_credentials\[/;
  const bearing = tasks.filter((task) => secret.test(JSON.stringify(task)));
  t.ok(bearing.length > 0);
  for (const { name, no_log: noLog, diff } of bearing)
    t.same([noLog, diff], [true, false], name ?? '');
  t.equal(options['holdfast_credentials']?.no_log, true);
  const templates = globSync('templates/*', { cwd: role });
  for (const path of templates) t.notMatch(readFileSync(join(role, path), 'utf8'), secret, path);
});

t.test('only modules that come with Ansible are used', async (t) => {
  const keywords =
    /^(name|file|when|loop|loop_control|register|changed_when|failed_when|check_mode|until|retries|delay|notify|tags|vars|no_log|diff)$/;
  const modules = tasks.flatMap((task) => Object.keys(task).filter((key) => !keywords.test(key)));
  t.ok(modules.length >= tasks.length);
  t.same(
    modules.filter((module) => !/^ansible\.builtin\.\w+$/.test(module)),
    [],
  );
});

t.test('who is no operator by the inventory leaves their group', async (t) => {
  const [leaving] = tasks.filter((task) => JSON.stringify(task).includes('gpasswd'));
  t.match(leaving, {
    file: 'tasks/owners.yml',
    loop: /probe\.operators.*difference\(holdfast_operators\)/,
  });
});

t.test('nothing restarts what holds sessions', async (t) => {
  const ends = tasks.filter((task) => {
    const { name, state } = (task['ansible.builtin.systemd_service'] ?? {}) as Mapping;
    return /restarted|reloaded|stopped/.test(String(state)) && /tmux|@|item/.test(String(name));
  });
  t.same(
    ends.map(({ file }) => file),
    ['tasks/remove.yml'],
  );
});

t.test('every handler that is notified is there, and every one there is notified', async (t) => {
  const handlers = tasks.filter(({ file }) => file.startsWith('handlers/')).map(({ name }) => name);
  const notified = tasks.flatMap(({ notify }) => notify ?? []);
  t.same([...new Set(notified)].sort(), [...handlers].sort());
});

t.test('a new secret is asked for with the configuration in force that came with it', async (t) => {
  const handlers = tasks.filter(({ file }) => file.startsWith('handlers/')).map(({ name }) => name);
  const at = (name: string): number => handlers.indexOf(name);
  t.ok(at('Reload systemd') < at('Reload the agent'));
  t.ok(at('Reload the agent') < at('Restart the notifier'));
  const flushing = tasks.filter((task) => task['ansible.builtin.meta'] === 'flush_handlers');
  t.same(
    flushing.map(({ file }) => file),
    ['tasks/run.yml'],
    'not before the configuration is written',
  );
  const files = tasks.flatMap((task) => task['ansible.builtin.import_tasks'] ?? []);
  t.ok(files.indexOf('configure.yml') < files.indexOf('run.yml'));
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commands } from '../../agent/cli/commands.ts';
import { architectureOf } from '../../bin/packaging/architecture.ts';
import { configurationFiles, packageFiles } from '../../bin/packaging/files.ts';

const root = join(import.meta.dirname, '../..');
const arch = process.arch;
const bundles = ['holdfast.js', 'holdfast-agent.js', 'heartbeat/heartbeat.cjs'].map((name) =>
  join('/bundles', name),
);
const files = packageFiles({ root, bundles, arch, version: '1.2.3', date: new Date(0) });
const paths = files.map(({ path }) => path);
const modeOf = (path: string) => files.find((file) => file.path === path)?.mode;

t.test('what has to be there is there', async (t) => {
  for (const path of [
    '/usr/bin/holdfast',
    '/usr/lib/holdfast/bin/node',
    '/usr/lib/holdfast/holdfast-agent.js',
    '/usr/lib/holdfast/heartbeat/heartbeat.cjs',
    '/usr/lib/holdfast/picture/DejaVuSansMono.ttf',
    '/usr/lib/systemd/system/holdfast-agent.service',
    '/usr/lib/systemd/system/holdfast-last-resort@.service',
    '/usr/lib/sysusers.d/holdfast.conf',
    '/usr/lib/tmpfiles.d/holdfast.conf',
    '/usr/share/polkit-1/rules.d/50-holdfast.rules',
    '/usr/share/bash-completion/completions/holdfast',
    '/usr/share/doc/holdfast/copyright',
    '/usr/share/doc/holdfast/changelog.gz',
  ]) {
    t.ok(paths.includes(path), path);
  }
});

t.test('there is a manual page for every command', async (t) => {
  for (const { name } of commands) {
    t.ok(paths.includes(`/usr/share/man/man1/holdfast-${name}.1.gz`), name);
  }
});

t.test('paths are sorted and there once', async (t) => {
  t.same(paths, [...new Set(paths)].sort());
});

t.test('what is copied is there, the native part for this machine alone', async (t) => {
  const sources = files.flatMap(({ content }) =>
    'from' in content ? content.from : 'stripped' in content ? content.stripped : [],
  );
  t.same(
    sources.filter((path) => !bundles.includes(path) && !existsSync(path)),
    [],
  );
  const native = paths.filter((path) => path.endsWith('.node'));
  t.same(native, [
    `/usr/lib/holdfast/node_modules/@koromix/koffi-linux-${arch}/linux_${arch}/koffi.node`,
  ]);
});

t.test('only configuration is asked about, and it is not for everybody', async (t) => {
  t.same(configurationFiles(files), [
    '/etc/holdfast/holdfast.yaml',
    '/etc/holdfast/tmux.conf',
    '/etc/needrestart/conf.d/holdfast.conf',
  ]);
  t.equal(modeOf('/etc/holdfast/holdfast.yaml'), 0o640);
  t.equal(modeOf('/etc/holdfast/tmux.conf'), 0o644);
});

t.test('nobody but root may write to a file, and programs can be run', async (t) => {
  t.same(
    files.filter(({ mode }) => (mode & 0o022) !== 0),
    [],
  );
  t.equal(modeOf('/usr/lib/holdfast/check-owner'), 0o755);
  t.equal(modeOf('/usr/bin/holdfast'), 0o755);
});

t.test('a machine without a Node of its kind gets no package', async (t) => {
  t.equal(architectureOf('arm64').debian, 'arm64');
  t.throws(() => architectureOf('riscv64'), /only for x64 and arm64/);
});

import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../agent/model/version.ts';
import { libraryFolder } from './bundling/library.ts';
import { architectureOf } from './packaging/architecture.ts';
import { writeControlFiles } from './packaging/control-files.ts';
import { packageFiles } from './packaging/files.ts';
import { writeTree } from './packaging/tree.ts';

/**
 * Builds dist/holdfast_VERSION_ARCH.deb for the kind of machine this runs on. The same sources give the same bytes.
 * `--level=1` is quick and gives a larger one; `--output=FILE` puts it elsewhere.
 */

const { values } = parseArgs({
  options: { level: { type: 'string', default: '6' }, output: { type: 'string' } },
});
const root = join(import.meta.dirname, '..');
const architecture = architectureOf(process.arch);
const output =
  values.output ?? join(root, 'dist', `holdfast_${version}_${architecture.debian}.deb`);

/** Seconds since the epoch: of the last commit, so that a build tomorrow is the same. */
const sourceDate = (): number =>
  Number(
    process.env['SOURCE_DATE_EPOCH'] ??
      execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }),
  );

/** What a small server on a slow line puts up with. */
const maxBytes = 45e6;

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** As dpkg-gencontrol counts: each file in whole KiB. */
const installedKib = (tree: string, paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + Math.ceil(statSync(join(tree, path)).size / 1024), 0);

const work = mkdtempSync(join(tmpdir(), 'holdfast-deb-'));
try {
  const epoch = sourceDate();
  const bundles = join(work, 'bundles');
  const tree = join(work, 'tree');
  execFileSync(process.execPath, [join(root, 'bin/bundle.ts'), '--quiet', `--outdir=${bundles}`], {
    stdio: 'inherit',
  });
  const files = packageFiles({
    root,
    bundles: globSync(['*.js', '*.cjs', `${libraryFolder}/*`], { cwd: bundles }).map((name) =>
      join(bundles, name),
    ),
    arch: architecture.node,
    version,
    date: new Date(epoch * 1000),
  });
  process.umask(0o022);
  writeTree(tree, files);
  const kib = installedKib(
    tree,
    files.map(({ path }) => path),
  );
  writeControlFiles(root, tree, files, {
    version,
    architecture: architecture.debian,
    installedKib: kib,
  });
  mkdirSync(join(output, '..'), { recursive: true });
  // Two threads: with one, xz cuts the data into other blocks.
  const packing = ['-Zxz', `-z${values.level}`, '--threads-max=2'];
  execFileSync('dpkg-deb', ['--root-owner-group', ...packing, '--build', tree, output], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
  });
  const { size } = statSync(output);
  if (size > maxBytes) throw new Error(`${output} has ${mib(size)}, and should be small: 45 MB`);
  console.log(`${output}\n  package    ${mib(size)}`);
  console.log(`  installed  ${mib(kib * 1024)} in ${files.length} files`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

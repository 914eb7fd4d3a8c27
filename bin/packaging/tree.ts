import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { codeOf } from '../../agent/model/failure.ts';
import type { PackageFile } from './package-file.ts';

/** binutils' own, or LLVM's where that is what there is. */
const stripTo = (from: string, to: string): void => {
  const args = ['--strip-unneeded', '--remove-section=.comment', '--remove-section=.note', from];
  try {
    execFileSync('strip', [...args, '-o', to]);
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause;
    execFileSync('llvm-strip', [...args, '-o', to]);
  }
};

const writeContent = (content: PackageFile['content'], to: string): void => {
  if ('from' in content) copyFileSync(content.from, to);
  else if ('stripped' in content) stripTo(content.stripped, to);
  else if ('packed' in content) writeFileSync(to, gzipSync(content.packed, { level: 9 }));
  else writeFileSync(to, content.text);
};

/** Lays out what the package installs below `tree`, which is made. */
export const writeTree = (tree: string, files: readonly PackageFile[]): void => {
  for (const { path, mode, content } of files) {
    const to = join(tree, path);
    mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
    writeContent(content, to);
    chmodSync(to, mode);
  }
};

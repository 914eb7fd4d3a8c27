import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assetFile,
  assetFolder,
  assetNames,
  assets,
} from '../../exporters/notifier/picture/assets.ts';
import { otherLicences, shortTexts } from './other-licences.ts';
import { library } from './package-file.ts';

interface Manifest {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

const readManifest = (root: string, name: string): Manifest =>
  JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as Manifest;

/** Every npm package that may be in the bundles, by the name of its directory. */
export const bundledPackages = (root: string): string[] => {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const found = new Set<string>();
  const visit = (names: readonly string[]): void => {
    for (const name of names) {
      if (found.has(name) || !existsSync(join(root, 'node_modules', name))) continue;
      found.add(name);
      visit(Object.keys(readManifest(root, name).dependencies ?? {}));
    }
  };
  visit(Object.keys(own.dependencies ?? {}));
  return [...found].sort();
};

/** @throws Error where a package brings none and none is known: its terms would be unknown */
const licenceText = (directory: string): string => {
  const name = readdirSync(directory).find((file) => /^licen[cs]e/i.test(file));
  if (name === undefined) throw new Error(`${directory} has no file with its licence`);
  return readFileSync(join(directory, name), 'utf8').trim();
};

/** As a field of a copyright file: one blank before each line, a dot for an empty one. */
const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
    .join('\n');

const paragraph = (files: string, copyright: string, licence: string, text: string): string =>
  [`Files: ${files}`, `Copyright: ${copyright}`, `License: ${licence}`, indented(text)].join('\n');

const copyrightLine = (text: string): string =>
  /^\s*copyright.*$/im
    .exec(text)?.[0]
    .trim()
    .replace(/^copyright\s*(\(c\)|©)?\s*/i, '') || 'its authors';

/** Where the terms of Node and of all that is in it are installed: too long for this file. */
export const nodeLicencePath = '/usr/share/doc/holdfast/LICENSE.node.gz';

/** Where what comes from a package is installed: pictures are made with some that are no programs. */
const filesFrom = (name: string): string => {
  const names = assetNames.filter((asset) => assets[asset].startsWith(`${name}/`));
  const folder = join(library, assetFolder).slice(1);
  return ['usr/lib/holdfast/*.js', ...names.map((asset) => `${folder}/${assetFile(asset)}`)].join(
    ' ',
  );
};

const ofPackage = (root: string, directory: string): string => {
  const { name, version, license = 'MIT' } = readManifest(root, directory);
  const other = otherLicences[directory];
  const text = other?.text ?? licenceText(join(root, 'node_modules', directory));
  return paragraph(
    `${filesFrom(directory)} (parts from ${name} ${version})`,
    other?.holder ?? copyrightLine(text),
    `${license.replaceAll(/\s+/g, '-')}-${directory.replaceAll(/[@/]/g, '')}`,
    shortTexts[license] ?? text,
  );
};

/** The terms of the Node binary, as they come with it. */
export const nodeLicence = (root: string, arch: string): string =>
  readFileSync(join(root, `node_modules/node-linux-${arch}/LICENSE`), 'utf8');

/** The copyright file (DEP-5 in form): ours, that of Node and of each package in the bundles. */
export const copyrightFile = (root: string): string => {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const node = `MIT, and the licences of the libraries in it: ${nodeLicencePath}`;
  return `${[
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    paragraph('*', copyrightLine(own), 'MIT', own),
    paragraph('usr/lib/holdfast/bin/node', 'Node.js contributors and others', 'Node', node),
    ...bundledPackages(root).map((name) => ofPackage(root, name)),
  ].join('\n\n')}\n`;
};

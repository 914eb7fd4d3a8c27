import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const importOfAll = /const \{([^}]*)\} = require\('date-fns'\)/;

const importEach = (names: string): string =>
  names
    .split(',')
    .map((name) => `const { ${name.trim()} } = require('date-fns/${name.trim()}')`)
    .join('\n');

/**
 * pino-roll needs five functions of date-fns and loads all of it, for which the agent would pay in
 * memory. Where pino-roll's own text no longer matches, it is bundled as it is.
 */
export const leanPinoRoll: Plugin = {
  name: 'lean-pino-roll',
  setup(build) {
    build.onLoad({ filter: /\/pino-roll\/lib\/utils\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replace(importOfAll, (_, names: string) => importEach(names)) };
    });
  },
};
